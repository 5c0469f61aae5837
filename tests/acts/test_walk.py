"""All people press whatever they like, in any order, on real rows; the cycle always has somebody who can go on."""

from contextlib import suppress

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from sop.actions import cycles
from sop.cycle import CycleState, Standing, TaskState
from sop.overview import waiting_for
from storage.content import ContentStore
from storage.tables.cycles import ReminderRow
from storage.tables.queues import CardRow, OutboxRow
from tests.acts import honest
from tests.acts import presses as acts
from tests.acts.office import OLD, OPDS, Office, member_replaced

pytestmark = pytest.mark.timeout(300)  # some twenty seconds of work, on a machine that may have others to do
NUMBERS = st.integers(0, 11)
ANYBODY = st.sampled_from(["", "", "", "", "", *(role for role, _ in acts.ROLES[:5])])


class RolledBack(Exception):
    """What was tried is undone."""


class Walk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.office: Office | None = None
        self.steps = 0

    @initialize(step=st.integers(1, 8))
    def honest_people_have_come_to_a_step(self, step):
        self.office = honest.come_to(step)

    # --- the steps

    def _open_step(self, n):
        tasks = self.office.cycle().open_tasks() or self.office.cycle().tasks[-1:]
        return tasks[n % len(tasks)]

    @rule(which=st.integers(0, 30), n=NUMBERS, role=ANYBODY)
    def somebody_works_on_the_open_step(self, which, n, role):
        task = self._open_step(n)
        choice = acts.STEPS[task.step]
        self.office.does(choice[which % len(choice)], n, role=role, opd=task.opd)

    @rule(which=st.integers(0, 30), n=NUMBERS)
    def the_right_people_work_on_the_open_step(self, which, n):
        task = self._open_step(n)
        choice = acts.STEPS[task.step]
        self.office.does(choice[which % len(choice)], n, opd=task.opd)

    @rule(act=st.sampled_from(acts.EVERYTHING), n=NUMBERS)
    def somebody_presses_an_old_button(self, act, n):
        self.office.does(act, n, opd=OPDS[n % 3])

    @rule(times=st.integers(1, 3))
    def honest_people_go_on(self, times):
        for _ in range(times):
            honest.goes_on(self.office)

    @rule(act=st.sampled_from([acts.JUDGE, acts.ACCEPT_REST, acts.CLOSE, acts.REOPEN_OPD, acts.UPLOAD]), n=NUMBERS)
    def evidence_is_reviewed(self, act, n):
        self.office.does(act, n, opd=OPDS[n % 3])

    @rule(which=NUMBERS, n=NUMBERS)
    def something_is_returned(self, which, n):
        ways = (acts.RETURN_2, acts.RETURN_3, acts.RETURN_6, acts.RETURN_7, acts.RETURN_7_KABID, acts.RETURN_8)
        key = self._open_step(n).step
        fitting = [act for act in ways if act in acts.STEPS[key]]
        if fitting:
            self.office.does(fitting[which % len(fitting)], n)

    # --- beside the steps

    @rule(act=st.sampled_from([acts.SUSPEND, acts.RESUME, acts.RESUME, acts.CANCEL, acts.REOPEN, acts.REOPEN]))
    def the_kabid_changes_the_whole(self, act):
        self.office.does(act)

    @rule(where=st.sampled_from(acts.ROLES), n=NUMBERS)
    def a_member_is_replaced(self, where, n):
        member_replaced(self.office, *where, n)

    @rule(where=st.sampled_from(acts.ROLES), n=NUMBERS, days=st.integers(1, 3))
    def somebody_acts_for_another(self, where, n, days):
        self.office.does(acts.substitute(*where, days), n)

    @rule(n=NUMBERS)
    def a_substitution_ends(self, n):
        self.office.does(acts.END_SUBSTITUTION, n)

    @rule(fails=st.booleans())
    def the_press_works(self, fails):
        self.office.prints(fails=fails)

    @rule()
    def the_process_starts_anew(self):
        self.office.starts_anew()

    @rule(fails=st.booleans())
    def files_arrive(self, fails):
        self.office.files_arrive(fails=fails)

    @rule(hours=st.sampled_from([1, 3, 24, 24 * 5, 24 * 15]))
    def time_passes(self, hours):
        self.office.passes(hours=hours)

    # --- what holds always

    @invariant()
    def the_office_is_in_order(self):
        self.steps += 1
        if self.office:
            self.office.look(lambda uow: self._in_order(uow, uow.people.members(self.office.now)[self.steps % 3 :: 3]))

    def _in_order(self, uow, members):
        cycle = uow.cycles.get(self.office.cycle_id)
        self._exactly_those_who_are_awaited_have_something_to_do(uow, cycle, members)
        self._only_readers_of_an_open_task_have_a_card_with_buttons(uow, cycle)
        self._a_reminder_points_only_at_what_is_still_owed(uow)
        self._a_halted_cycle_can_be_taken_up_again(uow, cycle)
        self._a_date_stands_only_for_a_meeting_that_is_still_to_come(uow, cycle)

    def _exactly_those_who_are_awaited_have_something_to_do(self, uow, cycle, members):
        assert (cycle.state is CycleState.COMPLETED) == (not cycle.open_tasks())
        awaited = {}
        for task in cycle.open_tasks():
            awaited[task.id] = {h.id for h in uow.people.holders(cycle.awaits(task), task.opd, self.office.now)}
            assert awaited[task.id], task
        going = cycle.state is not CycleState.CANCELLED  # which nobody is asked for anything of
        for member in members:
            found = {w.task.id for w in waiting_for(uow, member, self.office.now) if not w.answer}
            assert found == {task for task, holders in awaited.items() if member.id in holders and going}

    def _only_readers_of_an_open_task_have_a_card_with_buttons(self, uow, cycle):
        for card in uow.session.scalars(select(CardRow).where(CardRow.open.is_(True))):
            task = cycle.task(card.task)
            assert task.open, task
            readers = {h.id for r in cycle.readers(task) for h in uow.people.holders(r, task.opd, self.office.now)}
            assert card.person in readers, task

    def _a_reminder_points_only_at_what_is_still_owed(self, uow):
        for row in uow.session.scalars(select(ReminderRow).where(ReminderRow.done.is_(False))):
            if ":" in row.task:
                continue  # somebody's digest, quiet hours or substitution: looked at again when it is due
            cycle = uow.cycles.of_task(row.task)
            task = cycle.task(row.task)
            assert task.open, row.rung
            assert cycle.state is CycleState.ACTIVE, row.rung
            assert task.question or task.standing is Standing.SIGNATURE or task.paused_at is None, (task, row.rung)

    def _a_halted_cycle_can_be_taken_up_again(self, uow, cycle):
        again = {CycleState.SUSPENDED: "resume", CycleState.CANCELLED: "reopen"}.get(cycle.state)
        if again:
            (who, *_) = uow.people.holders("kabid", None, self.office.now)
            with suppress(RolledBack), uow.savepoint():
                taken_up = cycles.change_whole(uow, who, again, cycle.id, "alasan", now=self.office.now)
                assert taken_up.state is CycleState.ACTIVE
                raise RolledBack

    def _a_date_stands_only_for_a_meeting_that_is_still_to_come(self, uow, cycle):
        for sitting in uow.meetings.of_cycle(cycle.id).sittings:
            task = cycle.task(sitting.task)
            if sitting.began_at is None:
                assert task.state is not TaskState.DONE, sitting
            elif sitting.ended_at is None:
                assert task.open, sitting

    def teardown(self):
        """From wherever the walk has led, honest people come to the publication, and the journal is whole."""
        if self.office is None:
            return
        try:
            honest.finishes(self.office)
            self.office.prints()
            self.office.look(self._published)
        finally:
            self.office.close()

    def _published(self, uow):
        assert uow.cycles.get(self.office.cycle_id).state is CycleState.COMPLETED
        assert uow.journal.verify() is None
        left = select(OutboxRow.template, OutboxRow.kind, OutboxRow.error).where(
            OutboxRow.state.not_in(("sent", "dropped"))
        )
        assert uow.session.execute(left).all() == []
        self._in_order(uow, uow.people.members(self.office.now))


TestWalk = Walk.TestCase
TestWalk.settings = settings(
    max_examples=4, stateful_step_count=7, deadline=None, phases=(Phase.explicit, Phase.generate)
)


def test_honest_people_also_bring_a_cycle_with_the_other_instrument_to_its_publication(tmp_path):
    office = Office(ContentStore(tmp_path), OLD)
    honest.finishes(office)
    office.prints()

    assert office.cycle().state is CycleState.COMPLETED
    assert office.look(lambda uow: uow.journal.verify()) is None
    office.close()
