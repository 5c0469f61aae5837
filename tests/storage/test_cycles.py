"""A cycle is read as it stands in the rows, also after it was written past the session, undone, or overtaken."""

from contextlib import suppress
from dataclasses import replace

import pytest

from storage.cycles import Outdated
from tests.handlers.keeping import kept
from tests.handlers.test_step3 import Third


def test_a_cycle_that_was_saved_and_undone_is_read_as_it_was():
    desk = kept(Third)

    def work(uow):
        before = uow.cycles.get(desk.cycle)
        with suppress(LookupError), uow.savepoint():
            uow.cycles.save(replace(before, state_reason="menunggu", tasks=before.tasks[:1]))
            saved = uow.cycles.get(desk.cycle)
            assert (saved.state_reason, saved.version) == ("menunggu", before.version + 1)
            raise LookupError
        assert uow.cycles.get(desk.cycle) == before == uow.cycles.all()[0]

    desk.look(work)
    desk.database.close()


def test_whoever_read_it_before_another_wrote_it_does_not_overwrite():
    desk = kept(Third)
    before = desk.look(lambda uow: uow.cycles.get(desk.cycle))
    desk.look(lambda uow: uow.cycles.save(replace(before, state_reason="pertama")))
    with pytest.raises(Outdated):
        desk.look(lambda uow: uow.cycles.save(replace(before, state_reason="kedua")))
    assert desk.look(lambda uow: uow.cycles.get(desk.cycle)).state_reason == "pertama"
    desk.database.close()
