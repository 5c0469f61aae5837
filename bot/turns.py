"""Turns: one open update per person, people side by side; each in one transaction; and what happens when one fails."""

import asyncio
import logging
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.clock import Clock
from bot.failures import set_aside
from handlers.claims import Claim, perform, refuse
from handlers.conversation import LoadOnly, OpenQuestions, handlers_of
from handlers.registry import STAY, Next, Registry
from handlers.turn import Turn
from sop.outgoing import Message, Priority, ToChat
from sop.refusals import DialogueClosed, Refused
from storage.database import Database, is_passing
from storage.inbox import Waiting
from storage.unit_of_work import SqlUnitOfWork

PEOPLE_AT_ONCE = 32
PAUSES = (0.2, 1.0)  # seconds before the second and the third attempt, for errors that may pass
RESCUE_PAUSE = 5.0  # seconds to wait when not even the failure could be written down
LATE_SECONDS = 10.0  # after this the answer to a tap may no longer be shown (Bot API)

log = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Turns:
    """Takes updates from the inbox and lets the application handle them.

    Use: `Turns(...)`, build the application with `.persistence(turns.persistence())`, `turns.attach(application)`,
    `await application.initialize()`, then `run()` as a task; `wake()` after storing updates.
    """

    def __init__(self, database: Database, registry: Registry, clock: Clock) -> None:
        self._database = database
        self._registry = registry
        self._clock = clock
        self._application: AnyApplication | None = None
        self._wake = asyncio.Event()
        self._finished = asyncio.Event()
        self._running: dict[int, asyncio.Task[None]] = {}  # by person
        self._errors: dict[int, Exception] = {}  # by update; PTB hands them to its error handler, not to us
        self._ended: set[int] = set()  # updates of running turns whose transaction is committed

    # --- wiring

    def persistence(self) -> LoadOnly:
        """What the application is to be built with, so that open questions survive a restart."""
        return LoadOnly(self._open_questions)

    def attach(self, application: AnyApplication) -> None:
        """Register every handler of the table. Call it before the application is initialised."""
        application.add_handlers(handlers_of(self._registry, self.take))
        application.add_error_handler(self._note_error)
        self._application = application

    # --- the loop

    def wake(self) -> None:
        """Something may be waiting."""
        self._wake.set()

    async def run(self) -> None:
        """Serve until cancelled; running turns are finished before this returns."""
        try:
            while True:
                self._wake.clear()
                await self._begin_turns()
                await self._wake.wait()
        finally:
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def idle(self) -> None:
        """Return when no update waits and no turn runs."""
        while True:
            self._finished.clear()
            waiting = await self._database.run(lambda uow: uow.inbox.anything_waiting())
            if not waiting and not self._running:
                return
            await self._finished.wait()

    async def _begin_turns(self) -> None:
        room, busy = PEOPLE_AT_ONCE - len(self._running), tuple(self._running)
        if room <= 0:
            return
        try:
            found = await self._database.run(lambda uow: uow.inbox.next_turns(busy, room))
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("the inbox cannot be read for now: %s", error)
            await self._clock.sleep(RESCUE_PAUSE)
            self.wake()
            return
        for waiting in found:
            self._running[waiting.person] = asyncio.create_task(self._serve(waiting), name=f"turn {waiting.update_id}")

    async def _serve(self, waiting: Waiting) -> None:
        try:
            await self._try(waiting)
        except Exception:  # the failure itself could not be written (disk full, database gone): the row still waits
            log.exception("update %s: its failure could not be recorded, it is tried again", waiting.update_id)
            await self._clock.sleep(RESCUE_PAUSE)
        finally:
            self._running.pop(waiting.person, None)
            self._ended.discard(waiting.update_id)
            self._finished.set()
            self.wake()

    async def _try(self, waiting: Waiting) -> None:
        for attempt in range(waiting.attempts, len(PAUSES) + 1):
            error = await self._handle(waiting)
            if error is None:
                return
            if not is_passing(error) or attempt == len(PAUSES):
                await set_aside(self._database, waiting, error, self._clock.now(), self._bot)
                return
            reason = f"{type(error).__name__}: {error}"
            log.warning("update %s: attempt %s failed: %s", waiting.update_id, attempt + 1, reason)
            await self._database.run(lambda uow, r=reason: uow.inbox.postpone(waiting.update_id, r))  # type: ignore[misc]  # the default binds it
            await self._clock.sleep(PAUSES[attempt])

    # --- one update

    @property
    def _bot(self) -> Any:
        if self._application is None:
            raise RuntimeError("attach an application first")
        return self._application.bot

    async def _handle(self, waiting: Waiting) -> Exception | None:
        """Let the application handle an update; None when its row is ended, else what went wrong."""
        if self._application is None:
            raise RuntimeError("attach an application first")
        try:
            await self._application.process_update(Update.de_json(waiting.payload, self._bot))
        except Exception as unreadable:
            return unreadable
        error = self._errors.pop(waiting.update_id, None)
        if error is None and waiting.update_id not in self._ended:  # nobody claimed it: service messages and the like
            now = self._clock.now()
            await self._database.run(lambda uow: uow.inbox.done(waiting.update_id, now))
        return error

    async def take(self, update: Update, claim: Claim) -> Next:
        """The one hop of a turn: act, write the open question, the draft, the outbox and "done", commit.

        An update that is done already changes nothing. Raises what the callback raised, after the rollback, so that
        the ConversationHandler keeps its state; a Refused is told instead, and keeps it too.
        """
        found = await self._database.run(lambda uow: self._transact(uow, update, claim))
        self._ended.add(update.update_id)
        return found

    def _transact(self, uow: SqlUnitOfWork, update: Update, claim: Claim) -> Next:
        now = self._clock.now()
        received_at = uow.inbox.waits_since(update.update_id)
        if received_at is None:
            return STAY
        try:
            with uow.savepoint():
                found = perform(Turn(uow, update, now), claim, self._registry)
        except Refused as refusal:
            late = (now - received_at).total_seconds() > LATE_SECONDS
            found = refuse(Turn(uow, update, now), refusal, late=late)
        uow.inbox.done(update.update_id, now)
        return found

    async def _note_error(self, update: object, context: Any) -> None:
        if isinstance(update, Update):
            self._errors[update.update_id] = context.error

    # --- start

    async def _open_questions(self) -> OpenQuestions:
        return await self._database.run(self._load)

    def _load(self, uow: SqlUnitOfWork) -> OpenQuestions:
        """Open questions by (chat, user); one that this version does not ask any more is closed with a sentence."""
        now = self._clock.now()
        found: OpenQuestions = {}
        for question in uow.dialogues.all():
            if question.state in self._registry.states():
                found[question.chat, question.telegram_id] = question.state
                continue
            uow.dialogues.move(question.telegram_id, question.chat, None, "", now)
            refusal = DialogueClosed()
            uow.outbox.add(
                Message(
                    ToChat(question.chat), f"refusals/{refusal.template}", refusal.facts(), priority=Priority.ANSWER
                )
            )
        return found
