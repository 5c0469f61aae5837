"""How a sending ended, written down: sent, later, unreachable, uncertain, set aside. Inside transactions."""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.courier import Sent
from bot.preparing import MARKUP, MENU, TOAST, Hooks, Job, receiver_of
from bot.trouble import report
from bot.verdict import Meaning, Verdict
from sop.outgoing import Message, Priority, ToChat, ToPerson
from storage.dispatch import SEND, LivingCard, Outgoing
from storage.unit_of_work import SqlUnitOfWork

log = logging.getLogger(__name__)

_MINOR = (TOAST, MENU, MARKUP)  # calls on which nothing depends
_NOTHING_LEFT = (Meaning.STALE, Meaning.GONE, Meaning.SAME)


class Outcomes:
    """Writes the ends of jobs."""

    def __init__(self, hooks: Hooks, bot_id: int) -> None:
        self._hooks = hooks
        self._bot_id = bot_id

    def recover(self, uow: SqlUnitOfWork, now: datetime) -> None:
        """At start: what was in the air is repeated with a mark, or reported."""
        for row in uow.outbox.recover(now):
            self._uncertain(uow, row, now)

    def sent(self, uow: SqlUnitOfWork, job: Job, sent: Sent, now: datetime) -> None:
        """It has arrived."""
        uow.outbox.sent(job.row.id, job.chat, sent.message_id, sent.words, now)
        if job.file is not None and sent.file_id:
            uow.files.remember_copy(self._bot_id, job.file.sha256, job.file.filename, sent.file_id)
        if job.row.kind == "card" and sent.message_id is not None:
            self._card_arrived(uow, job, sent.message_id, sent.anew, now)

    def _card_arrived(self, uow: SqlUnitOfWork, job: Job, message_id: int, anew: bool, now: datetime) -> None:
        task, person, living = job.row.task, job.row.person, job.living
        uow.outbox.keep_card(task, person, LivingCard(job.chat, message_id, open=not job.closing))
        if job.call == SEND and living is not None and living.open:  # else it is gone, which is why a new one went
            uow.outbox.strip(living.chat, living.message_id)
        if anew and (living is None or not living.open):
            self._call(uow, lambda: self._hooks.on_card_delivered(uow, task, person, now), job.row, now)

    def passes(self, job: Job, verdict: Verdict, attempts: int, patience: int) -> bool:
        """Whether it is tried again after a while: refused for a passing reason, or in doubt but harmless."""
        harmless = verdict.meaning is Meaning.DOUBT and job.call != SEND
        return (verdict.meaning is Meaning.LATER or harmless) and attempts < patience and job.call != TOAST

    def undelivered(
        self, uow: SqlUnitOfWork, job: Job, verdict: Verdict, attempts: int, patience: int, now: datetime
    ) -> None:
        """It has not arrived, or nobody knows."""
        row, reason = job.row, verdict.reason
        again = verdict.meaning in (Meaning.WAIT, Meaning.OUTAGE) or self.passes(job, verdict, attempts, patience)
        if again:
            uow.outbox.postpone(row.id, reason or verdict.meaning)
        elif verdict.meaning in _NOTHING_LEFT or job.call in _MINOR:
            uow.outbox.end(row.id, "dropped", reason or verdict.meaning, now)
            self._forget_closed_card(uow, job)
        elif verdict.meaning is Meaning.MOVED and attempts < patience:
            self._moved(uow, job, verdict.chat, now)
        elif verdict.meaning is Meaning.UNREACHABLE:
            uow.outbox.end(row.id, "unreachable", reason, now)
            self._call(uow, lambda: self._hooks.on_unreachable(uow, receiver_of(row), reason, now), row, now)
        elif verdict.meaning is Meaning.DOUBT:
            if not uow.outbox.doubt(row.id, reason, now):
                self._uncertain(uow, row, now)
        elif verdict.meaning is Meaning.BAD_FILE and job.file is not None and job.file.file_id is not None:
            uow.files.forget_copy(self._bot_id, job.file.sha256, job.file.filename)
            uow.outbox.postpone(row.id, reason)
        else:
            self.set_aside(uow, row, RuntimeError(reason), now)

    def set_aside(self, uow: SqlUnitOfWork, row: Outgoing, error: BaseException, now: datetime) -> None:
        """It cannot be sent as it is: logged, told to the administrators and, where it helps, to the receiver."""
        detail = f"{row.template or row.kind}: {error}"
        uow.outbox.end(row.id, "failed", detail, now)
        if row.template.startswith("errors/"):  # the apology itself: telling of it would fail the same way
            log.error("%s", detail, exc_info=error)
            return
        code = report(
            uow, "message", detail, now, receiver=_name(uow, row, now), about=row.template or row.kind, error=error
        )
        if row.kind == TOAST and row.template:
            uow.outbox.toast(row.callback_id, "", {})
        to = receiver_of(row)
        private = isinstance(to, ToPerson) or (isinstance(to, ToChat) and to.chat > 0)
        if row.kind in ("message", "card") and private:
            uow.outbox.add(Message(to, "errors/unexpected", {"code": code}, priority=Priority.ANSWER))

    def _moved(self, uow: SqlUnitOfWork, job: Job, new: int, now: datetime) -> None:
        self._call(uow, lambda: self._hooks.on_migrated(uow, job.chat, new, now), job.row, now)
        uow.outbox.postpone(job.row.id, f"the group is {new} now")
        uow.outbox.move_chat(job.chat, new)

    def _forget_closed_card(self, uow: SqlUnitOfWork, job: Job) -> None:
        """The card that was to be closed is not there any more: then it has no buttons either."""
        if job.row.kind == "card" and job.living is not None and job.closing:
            living = job.living
            uow.outbox.keep_card(job.row.task, job.row.person, LivingCard(living.chat, living.message_id, open=False))

    def _uncertain(self, uow: SqlUnitOfWork, row: Outgoing, now: datetime) -> None:
        detail = f"{row.template or row.kind}: nobody knows whether it arrived"
        report(uow, "uncertain", detail, now, receiver=_name(uow, row, now))

    def _call(self, uow: SqlUnitOfWork, hook: Callable[[], None], row: Outgoing, now: datetime) -> None:
        """What follows from a sending must not undo the record of it."""
        try:
            with uow.savepoint():
                hook()
        except Exception as error:
            report(uow, "message", f"after sending {row.template or row.kind}: {error}", now, error=error)


def _name(uow: SqlUnitOfWork, row: Outgoing, now: datetime) -> str:
    who = uow.people.get(row.person, now) if row.person else None
    return who.name if who else row.purpose
