"""Fixtures for journeys."""

import pytest


@pytest.fixture
def city(tmp_path):
    from tests.city import City  # the whole application: not for tests of one part

    made = City(tmp_path / "data")
    yield made
    made.close()
