"""Fixtures for journeys, and how generated tests look for their examples."""

import os

import pytest
from hypothesis import settings

# The same examples everywhere: a run that fails is about the change at hand. To look for new ones:
# `pytest --hypothesis-profile=default`.
settings.register_profile("same_everywhere", derandomize=True, max_examples=50)
settings.load_profile("same_everywhere")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: some of them always wait, for a process or the press."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def city(tmp_path):
    from tests.city import City  # the whole application: not for tests of one part

    made = City(tmp_path / "data")
    yield made
    made.close()
