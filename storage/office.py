"""Reads office/*.yaml: all mistakes at once, each with file, place and remedy; never a traceback."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from sop.definition import ACTS, Sop
from sop.instrument import Instrument
from sop.office import Bundle, Office, OpdList
from sop.office_calendar import OfficeCalendar

M = TypeVar("M", bound=BaseModel)


class _Loader(yaml.SafeLoader):
    """Safe YAML in which a name that stands twice is a mistake: YAML itself silently keeps the last one."""


def _unique_names(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode) and names.count(key.value) > 1 and key.value != "<<":
            raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' stands twice", key.start_mark)
    loader.flatten_mapping(node)
    return loader.construct_mapping(node, deep=True)


def _real_date(loader: _Loader, node: yaml.ScalarNode) -> Any:
    """A date; 30 February is a mistake with a line, not a ValueError."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(
            None, None, f"'{node.value}' tidak terbaca sebagai tanggal; tulis seperti 2027-05-20", node.start_mark
        ) from error


_Loader.add_constructor("tag:yaml.org,2002:map", _unique_names)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _real_date)


class OfficeError(Exception):
    """What the office has written cannot be used; *problems* has one sentence for each mistake."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_bundle(folder: Path, *, dialogues: frozenset[str], templates_dir: Path | None = None) -> Bundle:
    """Everything that the office may change, validated and cross-checked.

    *dialogues*: the names that steps may use; *templates_dir*: where the templates of papers must exist.

    Raises:
        OfficeError: something is missing or wrong; carries all of it.
    """
    problems: list[str] = []
    sop = _read(folder / "sop.yaml", Sop, problems)
    office = _read(folder / "office.yaml", Office, problems)
    opd_list = _read(folder / "opd.yaml", OpdList, problems)
    calendar = _read(folder / "calendar.yaml", OfficeCalendar, problems)
    instruments = _instruments(folder / "instruments", problems)
    if sop:
        problems += [f"sop.yaml: {p}" for p in sop.problems(dialogues, ACTS)]
        problems += _missing_templates(sop, templates_dir)
    if office:
        problems += [f"office.yaml: {p}" for p in office.problems()]
    if office and sop:
        problems += [f"office.yaml: {p}" for p in _reasons_without_step(office, sop)]
    if calendar:
        problems += [f"calendar.yaml: {p}" for p in calendar.problems()]
    if opd_list:
        problems += [f"opd.yaml: {p}" for p in opd_list.problems()]
        known = frozenset(o.key for o in opd_list.opds)
        for name, instrument in instruments.items():
            problems += [f"instruments/{name}.yaml: {p}" for p in instrument.problems(known)]
    if problems or not (sop and office and opd_list and calendar):
        raise OfficeError(problems)
    return Bundle(sop=sop, office=office, opd_list=opd_list, calendar=calendar, instruments=instruments)


def _instruments(folder: Path, problems: list[str]) -> dict[str, Instrument]:
    found: dict[str, Instrument] = {}
    for path in sorted(folder.glob("*.yaml")):
        instrument = _read(path, Instrument, problems, name=f"instruments/{path.name}")
        if instrument is None:
            continue
        if instrument.id != path.stem:
            problems.append(f"instruments/{path.name}: id is '{instrument.id}'; it must equal the file's name")
        found[instrument.id] = instrument
    if not found and not problems:
        problems.append("instruments: there must be at least one instrument (*.yaml)")
    return found


def _reasons_without_step(office: Office, sop: Sop) -> list[str]:
    keys = [s.key for s in sop.steps]
    return [
        f"return_reasons: unknown step '{key}'; known: {', '.join(keys)}"
        for key in office.return_reasons
        if key not in keys
    ]


def _missing_templates(sop: Sop, templates_dir: Path | None) -> list[str]:
    if templates_dir is None:
        return []
    return [
        f"sop.yaml: papers ({name}): there is no template documents/{kind.template}.html"
        for name, kind in sop.papers.items()
        if kind.template and not (templates_dir / "documents" / f"{kind.template}.html").exists()
    ]


def _read(path: Path, model: type[M], problems: list[str], name: str = "") -> M | None:
    name = name or path.name
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # a SafeLoader
    except FileNotFoundError:
        problems.append(f"{name}: the file is missing in {path.parent}")
        return None
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{name}: cannot be read ({type(error).__name__})")
        return None
    except yaml.YAMLError as error:
        problems.append(f"{name}: {_where(error)}")
        return None
    if not isinstance(raw, Mapping):
        problems.append(f"{name}: must be a mapping of names to values")
        return None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems += [f"{name}: {sentence}" for sentence in _folded(raw, error.errors(include_url=False))]
        return None


def _folded(raw: Any, details: Sequence[Any]) -> list[str]:
    """A sentence for each mistake; one for all places that repeat it through an anchor of YAML."""
    found: dict[tuple[int, int | str, str], list[str]] = {}
    for detail in details:
        owner, last = _owner(raw, detail["loc"])
        found.setdefault((id(owner), last, str(detail["msg"])), []).append(_sentence(raw, detail))
    return [
        sentences[0] + (f" (juga di {len(sentences) - 1} tempat lain dengan anchor yang sama)" if sentences[1:] else "")
        for sentences in found.values()
    ]


def _owner(raw: Any, location: tuple[int | str, ...]) -> tuple[Any, int | str]:
    """What was written once, whatever refers to it: the mapping or list itself, or the one around a plain value."""
    owner, here, last = raw, raw, location[0] if location else ""
    for part in location:
        owner, last = here, part
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return owner, last
    return (here, "") if isinstance(here, Mapping | list) else (owner, last)


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "no valid YAML"
    return f"line {mark.line + 1}, column {mark.column + 1}: {what}" if mark else str(what)


def _sentence(raw: Any, detail: Any) -> str:
    """One mistake: its place as the file writes it (a list entry with its key), and what is wrong."""
    message = str(detail["msg"]).removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        message = "this name is not known here"
    if detail["type"] == "missing":
        message = "is missing"
    if detail["type"] == "string_type":
        message = f"must be a text, but YAML reads {_as_written(detail['input'])}; put it in quotation marks"
    if str(detail["type"]).startswith("date"):
        message = f"'{detail['input']}' tidak terbaca sebagai tanggal; tulis seperti 2027-05-20"
    if detail["type"] == "tuple_type":
        message = "must be a list"
    return f"{_place(raw, detail['loc'])}: {message}"


def _as_written(value: object) -> str:
    if isinstance(value, bool):
        return "yes/no as true/false"
    return f"the number {value}" if isinstance(value, int | float) else f"a {type(value).__name__}"


def _place(raw: Any, location: tuple[int | str, ...]) -> str:
    words, here = "", raw
    for part in location:
        if isinstance(part, int):
            words += f"[{part}]"
            here = here[part] if isinstance(here, list) and part < len(here) else None
            if isinstance(here, Mapping) and (label := here.get("key") or here.get("code")):
                words += f" ({label})"
        else:
            words += f".{part}" if words else part
            here = here.get(part) if isinstance(here, Mapping) else None
    return words or "file"
