"""Values of rows that are JSON: moments, days and exact numbers keep their type through it.

``{"$at": iso}`` is an instant, ``{"$on": iso}`` a day, ``{"$num": text}`` a Decimal.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def freeze(value: Any) -> Any:
    """The value in JSON terms.

    Raises:
        TypeError: a value that JSON cannot say and that is none of the three above.
        ValueError: a naive datetime.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        return {"$at": value.isoformat()}
    if isinstance(value, date):
        return {"$on": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$num": str(value)}
    if isinstance(value, Mapping):
        return {str(key): freeze(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [freeze(inner) for inner in value]
    raise TypeError(f"not a value for a row: {value!r}")


def thaw(value: Any) -> Any:
    """The value as it was before `freeze`; tuples and sets come back as lists."""
    if isinstance(value, list):
        return [thaw(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (key, inner), *_ = value.items()
        if key == "$at":
            return datetime.fromisoformat(inner)
        if key == "$on":
            return date.fromisoformat(inner)
        if key == "$num":
            return Decimal(inner)
    return {key: thaw(inner) for key, inner in value.items()}
