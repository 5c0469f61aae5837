"""One shelf of prints for all workers of a run."""

import os

import pytest

from tests.words.prints import Shelf


@pytest.fixture(scope="session", autouse=True)
def shelf(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.getbasetemp()
    Shelf.folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "prints"
    Shelf.folder.mkdir(exist_ok=True)
