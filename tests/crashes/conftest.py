"""The doomed bot, for the tests that kill it."""

import pytest

from tests.crashes.doomed import Doomed


@pytest.fixture
def doomed(tmp_path):
    bot = Doomed(tmp_path / "data")
    yield bot
    bot.close()
