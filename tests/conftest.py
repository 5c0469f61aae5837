"""Fixtures for journeys, and how generated tests look for their examples."""

import pytest
from hypothesis import settings

# The same examples everywhere: a run that fails is about the change at hand. To look for new ones:
# `pytest --hypothesis-profile=default`.
settings.register_profile("same_everywhere", derandomize=True)
settings.load_profile("same_everywhere")


@pytest.fixture
def city(tmp_path):
    from tests.city import City  # the whole application: not for tests of one part

    made = City(tmp_path / "data")
    yield made
    made.close()
