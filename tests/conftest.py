"""Fixtures for journeys."""

import pytest

from tests.city import City


@pytest.fixture
def city(tmp_path):
    made = City(tmp_path / "data")
    yield made
    made.close()
