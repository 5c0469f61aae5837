"""The review of evidence by Tim SPBE Diskominfo (SOP steps 4 and 5): one item, or all that is left of an OPD."""

from datetime import datetime

from sop import cycle as rules
from sop import events
from sop import evidence as ev
from sop.actions.cycles import by_permission, change
from sop.actions.evidence import refresh, step_of
from sop.cycle import Cycle, Signed
from sop.definition import Duration
from sop.evidence import Item, ItemState
from sop.outgoing import Choice, Message, ToPerson
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import Incomplete, SameEyes
from sop.telling import tell

REVIEW = "review_evidence"  # in the SOP's table of permissions
_NOTICES = {ItemState.REPAIR: "item_returned", ItemState.REJECTED: "item_rejected"}


def require_reviewer(uow: UnitOfWork, who: Acting) -> Signed:
    """That *who* may review today. Raises NotYours."""
    return by_permission(uow, who, REVIEW)


def judge(
    uow: UnitOfWork,
    who: Acting,
    item_id: str,
    verdict: ItemState,
    reason: str = "",
    *,
    again: bool = False,
    now: datetime,
) -> Item:
    """Accept an item, send it back, or refuse it; the OPD gets the reason, with a button that points at that item.

    An OPD that has handed over gets its task back for a repair; the other OPDs are untouched.

    Raises:
        NotYours: no permission. SameEyes: the reviewer uploaded it. BadInput: a reason is missing.
        AlreadyDecided: somebody has judged it, and *again* was not asked for.
        NotNow: nothing to judge, or the material is past the review. Incomplete: a file is still being stored.
    """
    by = require_reviewer(uow, who)
    before = uow.evidence.get(item_id)
    cycle = uow.cycles.get(before.cycle)
    rules.require_reviewable(cycle, step_of(cycle).key)
    four_eyes = uow.office.office.four_eyes.review
    item = ev.judge(before, verdict, reason, by, four_eyes=four_eyes, again=again, now=now)
    uow.evidence.save(item)
    happened = events.EvidenceJudged(
        cycle=cycle.id,
        opd=item.opd,
        item=item.id,
        code=item.code,
        before=before.state.value,
        after=item.state.value,
        reason=item.verdict_reason,
    )
    tell(uow, by, now, happened)
    if verdict is ItemState.REPAIR:
        _reopen(uow, cycle, item, by, now)
    _tell_opd(uow, item, by, now)
    return item


def accept_rest(
    uow: UnitOfWork, who: Acting, cycle_id: str, opd: str, *, now: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Accept everything of an OPD that waits for a verdict: codes accepted, and codes that another must judge.

    Left out are items that this reviewer uploaded (four eyes) and items whose files are still being stored.

    Raises:
        NotYours: no permission. NotNow: the material is past the review.
    """
    require_reviewer(uow, who)
    accepted, left = [], []
    for item in uow.evidence.of_opd(cycle_id, opd):
        if not item.to_review:
            continue
        try:
            judge(uow, who, item.id, ItemState.ACCEPTED, now=now)
            accepted.append(item.code)
        except (SameEyes, Incomplete):
            left.append(item.code)
    return tuple(accepted), tuple(left)


def _reopen(uow: UnitOfWork, cycle: Cycle, item: Item, by: Signed, now: datetime) -> None:
    due = uow.time.due(now, Duration(working_days=uow.office.office.repair_working_days))
    reason = f"{item.code}: {item.verdict_reason}"
    step = step_of(cycle).key
    change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.reopen_for_repair(c, step, item.opd, reason, by, due, time=uow.time, ids=uow.new_id, now=now),
    )


def _tell_opd(uow: UnitOfWork, item: Item, by: Signed, now: datetime) -> None:
    """The cards show the new state; what needs somebody, or is final, is said."""
    cycle = uow.cycles.get(item.cycle)
    step = step_of(cycle)
    task = cycle.latest(step.key, item.opd)
    assert task is not None  # nothing is judged that was not asked
    refresh(uow, cycle, task, now)
    template = _NOTICES.get(item.state)
    if template is None:
        return
    params = {
        "number": step.number,
        "steps": len(cycle.sop.steps),
        "code": item.code,
        "title": item.title,
        "reason": item.verdict_reason,
        "by": by.title,
        "due_at": task.due_at,
    }
    for holder in uow.people.holders(step.actor, item.opd, now):
        uow.outbox.add(
            Message(
                ToPerson(holder.id),
                template,
                params,
                choices=((Choice("evidence.item", item.id, style="primary", label={"code": item.code}),),),
                key=f"{template}:{item.id}:{now.isoformat()}:{holder.id}",
            )
        )
