"""A cycle: one run of the eight steps, and what may happen to its tasks.

`definition.Step` says what may happen, `Task` what did: a returned step is a second task (pass 2) of the same step.
Every decision is a pure function: state in, state and events out, or a typed refusal. Times are UTC.
"""

from sop.cycle.clock import Floor, go_on_counting, pause, planned, start_clock
from sop.cycle.collection import close_without, reopen_for_repair, require_reviewable
from sop.cycle.deciding import authorise, authorise_return, authorise_superior, go_on, hand_over, return_task
from sop.cycle.model import (
    LONGEST_TEXT,
    Cycle,
    CycleState,
    Events,
    NewId,
    OfficeTime,
    Question,
    Signed,
    Standing,
    Task,
    TaskState,
    put,
    require_active,
    require_not_over,
    require_text,
    signed,
    with_sheet,
)
from sop.cycle.opening import open_cycle, open_step, open_task
from sop.cycle.questions import answer, ask, open_question
from sop.cycle.reporting import acknowledge, authorise_acknowledgement, report
from sop.cycle.standing import must_begin_by, run_again, stand_still, still_begins_at, waited_for
from sop.cycle.whole import cancel, reopen, resume, suspend

__all__ = [
    "LONGEST_TEXT",
    "Cycle",
    "CycleState",
    "Events",
    "Floor",
    "NewId",
    "OfficeTime",
    "Question",
    "Signed",
    "Standing",
    "Task",
    "TaskState",
    "acknowledge",
    "answer",
    "ask",
    "authorise",
    "authorise_acknowledgement",
    "authorise_return",
    "authorise_superior",
    "cancel",
    "close_without",
    "go_on",
    "go_on_counting",
    "hand_over",
    "must_begin_by",
    "open_cycle",
    "open_question",
    "open_step",
    "open_task",
    "pause",
    "planned",
    "put",
    "reopen",
    "reopen_for_repair",
    "report",
    "require_active",
    "require_not_over",
    "require_reviewable",
    "require_text",
    "resume",
    "return_task",
    "run_again",
    "signed",
    "stand_still",
    "start_clock",
    "still_begins_at",
    "suspend",
    "waited_for",
    "with_sheet",
]
