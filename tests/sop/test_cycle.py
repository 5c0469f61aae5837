"""The walk of a cycle: the SOP's own path, its returns, and every path that a generated office could take."""

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sop import cycle as rules
from sop.cycle import CycleState, Signed, Standing, TaskState
from sop.people import Acting, Delegation, Holding, Person
from sop.refusals import AlreadyDecided, Incomplete, NotNow, NotYours, Refused
from tests.offices import calendar, shipped

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OPDS = ("dinas_kesehatan", "dishub", "setda")


def holding(role: str, opd: str | None = None, name: str = "Rina") -> Acting:
    return Acting(Person(f"{role}-{opd or ''}-{name}", 1, name), (Holding("h", role, opd),))


TIM, KABID, SEKRETARIAT, KOTA = (holding(r) for r in ("tim_diskominfo", "kabid", "sekretariat", "tim_kota"))
FOCAL = {opd: holding("opd", opd) for opd in OPDS}
BY_TIM = Signed(TIM.id, "Rina", "tim_diskominfo", "Tim SPBE Diskominfo")


class Office:
    """Calls the rules with the shipped office's time, and keeps the state."""

    def __init__(self):
        self.ids = (f"t{n}" for n in count())
        self.now = NOW
        self.how = {"time": calendar(), "ids": lambda: next(self.ids)}
        self.cycle, self.told = rules.open_cycle(
            shipped().sop,
            id="c",
            name="Evaluasi Mandiri SPBE 2026",
            year=2026,
            definition="d",
            instrument="permenpanrb-8-2026",
            opds=OPDS,
            by=BY_TIM,
            now=NOW,
            **self.how,
        )

    def actor_of(self, task) -> Acting:
        role = self.cycle.step_of(task).actor
        return FOCAL[task.opd] if task.opd else {a.holdings[0].role: a for a in (TIM, KABID, SEKRETARIAT, KOTA)}[role]

    def hand_over(self, task, who=None):
        self.cycle, self.told = rules.hand_over(
            self.cycle, task.id, who or self.actor_of(task), now=self.now, **self.how
        )

    def forward(self, times=1):
        for _ in range(times):
            for task in self.cycle.open_tasks():
                self.work_on(task)
                self.hand_over(task)

    def work_on(self, task):
        """What must come before the hand-over: the meeting begins (step 6), the Kabid takes note (step 7)."""
        step = self.cycle.step_of(task)
        if step.clock == "on_meeting":
            self.cycle, _ = rules.start_clock(self.cycle, task.id, time=calendar(), now=self.now)
        if step.acknowledged_by and task.reported_at is None:
            self.cycle, _ = rules.report(self.cycle, task.id, self.actor_of(task), now=self.now)
        if step.acknowledged_by and task.acknowledged_at is None:
            self.cycle, _ = rules.acknowledge(self.cycle, task.id, KABID, now=self.now)

    def back(self, task, to_step, reason="Tanggal rapat bentrok."):
        self.cycle, self.told = rules.return_task(
            self.cycle, task.id, to_step, reason, self.actor_of(task), now=self.now, **self.how
        )

    @property
    def open_steps(self):
        return [t.step for t in self.cycle.open_tasks()]


def test_the_eight_steps_follow_each_other_and_the_last_completes_the_cycle():
    office = Office()
    seen = []
    while office.cycle.state is CycleState.ACTIVE:
        seen.append(office.open_steps[0])
        office.forward()

    assert seen == [s.key for s in shipped().sop.steps]
    assert office.cycle.state is CycleState.COMPLETED


def test_step_four_is_one_task_for_each_opd_and_ends_when_all_have_handed_over():
    office = Office()
    office.forward(3)
    assert [t.opd for t in office.cycle.open_tasks()] == list(OPDS)

    office.hand_over(office.cycle.open_tasks()[0])
    assert office.open_steps == ["pengumpulan_data"] * 2

    office.forward()
    assert office.open_steps == ["rekapitulasi"]


def test_a_returned_step_is_a_second_pass_with_a_new_deadline_and_the_first_stays_in_the_history():
    office = Office()
    office.forward()
    office.now += timedelta(days=1)
    office.back(office.cycle.open_tasks()[0], "persiapan")

    first, second = (t for t in office.cycle.tasks if t.step == "persiapan")
    assert (first.state, second.pass_no, second.came_back) == (TaskState.DONE, 2, "Tanggal rapat bentrok.")
    assert second.due_at > first.due_at
    assert office.cycle.latest("disposisi").state is TaskState.RETURNED


def test_the_second_to_decide_is_told_who_was_first():
    office = Office()
    office.forward()
    task = office.cycle.open_tasks()[0]
    office.hand_over(task)

    with pytest.raises(AlreadyDecided) as refusal:
        office.hand_over(task, KABID)
    assert refusal.value.by == "Kabid Penyelenggaraan E-Government"
    assert refusal.value.at == NOW


def test_a_substitute_may_act_within_the_dates_and_the_record_says_so():
    office = Office()
    office.forward()
    today = NOW.date()
    lent = Delegation("d", "kabid", None, KABID.id, "Rudi", "x", "Plh.", today, today)
    plh = Acting(Person("x", 2, "Sari"), (), (lent,))

    office.hand_over(office.cycle.open_tasks()[0], plh)

    assert office.cycle.latest("disposisi").decided_by.title == "Plh. Kabid Penyelenggaraan E-Government"
    assert lent.holds_on(today)
    assert not lent.holds_on(today + timedelta(days=1))


def test_somebody_without_the_role_is_refused_whatever_button_they_press():
    office = Office()
    task = office.cycle.open_tasks()[0]

    for stranger in (KABID, SEKRETARIAT, KOTA, FOCAL["dishub"]):
        with pytest.raises(NotYours):
            office.hand_over(task, stranger)


def test_the_clock_of_step_two_starts_at_delivery_and_stands_while_a_question_is_open():
    office = Office()
    office.forward()
    task = office.cycle.open_tasks()[0]
    assert task.due_at is None

    office.cycle, _ = rules.start_clock(office.cycle, task.id, time=calendar(), now=NOW)
    before = office.cycle.task(task.id).due_at
    office.cycle, _ = rules.ask(office.cycle, task.id, "Mengapa Kamis?", TIM.id, KABID, now=NOW)
    with pytest.raises(Incomplete):
        office.hand_over(office.cycle.task(task.id))
    later = NOW + timedelta(minutes=60)
    office.cycle, _ = rules.answer(
        office.cycle, task.id, "Menyesuaikan jadwal.", TIM, "tim_diskominfo", time=calendar(), now=later
    )

    assert office.cycle.task(task.id).due_at == before + timedelta(minutes=60)


def test_a_suspended_cycle_lets_nobody_act_and_gives_the_time_back():
    office = Office()
    before = office.cycle.open_tasks()[0]
    office.cycle, _ = rules.suspend(office.cycle, "Menunggu peraturan baru", now=NOW)
    with pytest.raises(NotNow):
        office.hand_over(before)

    office.cycle, _ = rules.resume(office.cycle, "Lanjut", time=calendar(), now=NOW + timedelta(days=7))

    assert office.cycle.open_tasks()[0].due_at > before.due_at
    office.hand_over(office.cycle.open_tasks()[0])


def test_closing_needs_a_reason_for_each_opd_that_has_not_handed_over():
    office = Office()
    office.forward(3)
    first, second, third = office.cycle.open_tasks()
    office.hand_over(first)
    with pytest.raises(Incomplete) as refusal:
        rules.close_without(office.cycle, {second.id: "Tidak menjawab"}, BY_TIM, first.step, now=NOW, **office.how)
    assert refusal.value.missing == ("setda",)

    reasons = {second.id: "Tidak menjawab", third.id: "Kantor pindah"}
    office.cycle, _ = rules.close_without(office.cycle, reasons, BY_TIM, first.step, now=NOW, **office.how)

    assert office.open_steps == ["rekapitulasi"]


def test_a_repair_concerns_one_opd_and_does_not_open_the_next_step_twice():
    office = Office()
    office.forward(4)
    office.cycle, _ = rules.reopen_for_repair(
        office.cycle, "pengumpulan_data", "dishub", "I12: belum ditandatangani", BY_TIM, NOW, now=NOW, **office.how
    )
    assert office.open_steps == ["rekapitulasi", "pengumpulan_data"]

    office.hand_over(office.cycle.latest("pengumpulan_data", "dishub"))

    assert office.open_steps == ["rekapitulasi"]


def repair(office, opd="dishub"):
    office.cycle, office.told = rules.reopen_for_repair(
        office.cycle,
        "pengumpulan_data",
        opd,
        "I12: belum ditandatangani",
        BY_TIM,
        office.now,
        now=office.now,
        **office.how,
    )


def test_the_recap_waits_for_a_repair_so_that_no_cycle_completes_with_work_still_out():
    office = Office()
    office.forward(4)
    repair(office)

    with pytest.raises(Incomplete) as refusal:
        office.hand_over(office.cycle.latest("rekapitulasi"))
    assert refusal.value.missing == ("dishub",)

    task = office.cycle.latest("pengumpulan_data", "dishub")
    office.cycle, _ = rules.close_without(
        office.cycle, {task.id: "Tidak menjawab"}, BY_TIM, task.step, now=NOW, **office.how
    )
    office.hand_over(office.cycle.latest("rekapitulasi"))
    assert office.open_steps == ["rapat"]


def test_a_meeting_that_was_sent_back_lets_material_be_repaired_again_even_after_an_earlier_sitting():
    office = Office()
    office.forward(6)
    with pytest.raises(NotNow):
        repair(office)

    office.back(office.cycle.latest("formulir"), "rapat")
    office.back(office.cycle.latest("rapat"), "rekapitulasi")
    repair(office)

    assert office.open_steps == ["rekapitulasi", "pengumpulan_data"]


def test_a_card_delivered_while_the_cycle_is_suspended_loses_none_of_its_thirty_minutes():
    office = Office()
    office.forward()
    task = office.cycle.open_tasks()[0]
    office.cycle, _ = rules.suspend(office.cycle, "Menunggu peraturan baru", now=NOW)
    office.cycle, _ = rules.start_clock(office.cycle, task.id, time=calendar(), now=NOW + timedelta(minutes=5))
    resumed = NOW + timedelta(days=7)
    office.cycle, _ = rules.resume(office.cycle, "Lanjut", time=calendar(), now=resumed)

    assert office.cycle.task(task.id).due_at == resumed + timedelta(minutes=30)


def test_a_question_asked_before_the_card_was_delivered_gives_no_extra_time():
    office = Office()
    office.forward()
    task = office.cycle.open_tasks()[0]
    office.cycle, _ = rules.ask(office.cycle, task.id, "Mengapa Kamis?", TIM.id, KABID, now=NOW)
    office.cycle, _ = rules.start_clock(office.cycle, task.id, time=calendar(), now=NOW + timedelta(minutes=40))
    answered = NOW + timedelta(minutes=60)
    office.cycle, _ = rules.answer(
        office.cycle, task.id, "Menyesuaikan.", TIM, "tim_diskominfo", time=calendar(), now=answered
    )

    assert office.cycle.task(task.id).due_at == answered + timedelta(minutes=30)


class Walk(RuleBasedStateMachine):
    """All actors press whatever they like, in any order; the cycle always has somebody who can go on."""

    def __init__(self):
        super().__init__()
        self.office = Office()

    def _try(self, act):
        # A refusal leaves everything as it was; anything else fails the walk.
        with contextlib.suppress(Refused):
            self.office.cycle, _ = act()
        self.office.now += timedelta(minutes=97)

    def _task(self, index):
        return self.office.cycle.tasks[index % len(self.office.cycle.tasks)]

    @rule(index=st.integers(0, 40))
    def hands_over(self, index):
        o, task = self.office, self._task(index)
        self._try(lambda: rules.hand_over(o.cycle, task.id, o.actor_of(task), now=o.now, **o.how))

    @rule(steps=st.integers(1, 4))
    def goes_on(self, steps):
        """Everybody hands over for some steps, so that walks also reach the end of the SOP."""
        o = self.office
        for _ in range(steps):
            for task in o.cycle.open_tasks():
                with contextlib.suppress(Refused):
                    o.work_on(task)
                self._try(lambda task=task: rules.hand_over(o.cycle, task.id, o.actor_of(task), now=o.now, **o.how))

    @rule(index=st.integers(0, 40), back=st.integers(0, 7))
    def returns(self, index, back):
        o, task, to = self.office, self._task(index), shipped().sop.steps[back].key
        self._try(lambda: rules.return_task(o.cycle, task.id, to, "alasan", o.actor_of(task), now=o.now, **o.how))

    @rule(index=st.integers(0, 40))
    def asks(self, index):
        o, task = self.office, self._task(index)
        self._try(lambda: rules.ask(o.cycle, task.id, "Mengapa?", TIM.id, o.actor_of(task), now=o.now))

    @rule(index=st.integers(0, 40))
    def answers(self, index):
        o, task = self.office, self._task(index)
        self._try(lambda: rules.answer(o.cycle, task.id, "Karena.", TIM, "tim_diskominfo", time=calendar(), now=o.now))

    @rule(index=st.integers(0, 40))
    def is_delivered(self, index):
        o, task = self.office, self._task(index)
        self._try(lambda: rules.start_clock(o.cycle, task.id, time=calendar(), now=o.now))

    @rule(index=st.integers(0, 40), days=st.integers(1, 9))
    def schedules_the_meeting(self, index, days):
        o, task = self.office, self._task(index)
        self._try(lambda: rules.must_begin_by(o.cycle, task.id, o.now + timedelta(days=days), o.actor_of(task)))

    @rule(index=st.integers(0, 40), why=st.sampled_from([Standing.BREAK, Standing.ADJOURNED, Standing.SIGNATURE]))
    def lets_the_clock_stand(self, index, why):
        o, task = self.office, self._task(index)
        self._try(lambda: rules.stand_still(o.cycle, task.id, why, o.actor_of(task), now=o.now))

    @rule(index=st.integers(0, 40))
    def lets_the_clock_run(self, index):
        o, task = self.office, self._task(index)
        self._try(lambda: rules.run_again(o.cycle, task.id, o.actor_of(task), time=calendar(), now=o.now))

    @rule(index=st.integers(0, 40))
    def reports(self, index):
        o, task = self.office, self._task(index)
        self._try(lambda: rules.report(o.cycle, task.id, o.actor_of(task), now=o.now))

    @rule(index=st.integers(0, 40))
    def acknowledges(self, index):
        o, task = self.office, self._task(index)
        self._try(lambda: rules.acknowledge(o.cycle, task.id, KABID, now=o.now))

    @rule(index=st.integers(0, 40), back=st.integers(0, 7))
    def the_kabid_returns_a_report(self, index, back):
        o, task, to = self.office, self._task(index), shipped().sop.steps[back].key
        self._try(lambda: rules.return_task(o.cycle, task.id, to, "alasan", KABID, now=o.now, **o.how))

    @rule()
    def closes_the_collection(self):
        o = self.office
        reasons = {t.id: "alasan" for t in o.cycle.open_tasks("pengumpulan_data")}
        self._try(lambda: rules.close_without(o.cycle, reasons, BY_TIM, "pengumpulan_data", now=o.now, **o.how))

    @rule(opd=st.sampled_from(OPDS))
    def asks_for_repair(self, opd):
        o = self.office
        self._try(
            lambda: rules.reopen_for_repair(
                o.cycle, "pengumpulan_data", opd, "alasan", BY_TIM, o.now, now=o.now, **o.how
            )
        )

    @rule(act=st.sampled_from(["suspend", "resume", "cancel", "reopen"]))
    def changes_the_whole(self, act):
        o = self.office
        if act in ("suspend", "cancel"):
            self._try(lambda: getattr(rules, act)(o.cycle, "alasan", now=o.now))
        else:
            self._try(lambda: getattr(rules, act)(o.cycle, "alasan", time=calendar(), now=o.now))

    @invariant()
    def a_step_is_open_once(self):
        waiting = [(t.step, t.opd) for t in self.office.cycle.open_tasks()]
        assert len(waiting) == len(set(waiting))

    @invariant()
    def an_active_cycle_waits_for_somebody_who_can_act(self):
        cycle = self.office.cycle
        if cycle.state is CycleState.COMPLETED:
            assert not cycle.open_tasks()
            return
        assert cycle.open_tasks()
        if cycle.state is CycleState.ACTIVE:
            for task in cycle.open_tasks():
                rules.authorise(cycle, task.id, self.office.actor_of(task))

    @invariant()
    def every_deadline_lies_after_its_beginning(self):
        for task in self.office.cycle.tasks:
            if task.due_at:
                assert task.due_at > (task.clock_started_at or task.opened_at) or task.came_back
            if task.target_at:
                assert task.target_at <= task.due_at

    @invariant()
    def a_clock_stands_exactly_while_something_holds_it(self):
        cycle = self.office.cycle
        for task in cycle.open_tasks():
            if task.held:
                assert task.paused_at
            elif cycle.state is CycleState.ACTIVE:
                assert task.paused_at is None

    def teardown(self):
        """Wherever a walk has led, honest people come to the end from there: published, with everybody's consent."""
        o = self.office
        for _ in range(60):
            if o.cycle.state is CycleState.COMPLETED:
                return
            self._goes_on_honestly()
        raise AssertionError(f"nobody can go on: {o.cycle.state}, {o.open_steps}")

    def _goes_on_honestly(self):
        o = self.office
        again = {CycleState.SUSPENDED: rules.resume, CycleState.CANCELLED: rules.reopen}.get(o.cycle.state)
        if again:
            o.cycle, _ = again(o.cycle, "alasan", time=calendar(), now=o.now)
        # Whoever has material for repair comes first: the later steps wait for it.
        task = min(o.cycle.open_tasks(), key=lambda t: o.cycle.step_of(t).number)
        if task.question:
            answer = rules.answer(o.cycle, task.id, "Karena.", TIM, "tim_diskominfo", time=calendar(), now=o.now)
            o.cycle, _ = answer
        task = o.cycle.task(task.id)
        if task.standing is not Standing.NO:
            o.cycle, _ = rules.run_again(o.cycle, task.id, o.actor_of(task), time=calendar(), now=o.now)
        o.work_on(o.cycle.task(task.id))
        o.hand_over(o.cycle.task(task.id))
        o.now += timedelta(minutes=97)


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_an_untouched_state_is_returned_by_a_refusal():
    office = Office()
    before = replace(office.cycle)
    with pytest.raises(Refused):
        office.back(office.cycle.open_tasks()[0], "rapat")
    assert office.cycle == before
