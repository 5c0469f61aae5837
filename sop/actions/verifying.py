"""What /cek answers to whoever holds a numbered paper: by its code, or by the file itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sop.actions.sent_files import SentFile, require_size
from sop.cycle import CycleState
from sop.outgoing import Choice, Message, Priority, ToChat
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.refusals import TooManyChecks
from sop.verification import (
    HOUR,
    PURPOSE,
    Match,
    Validity,
    Verification,
    read_code,
    show_code,
)

CANCELLED = "CycleCancelled"  # the event, as the journal names it
AGAIN = ((Choice("check.start", label_key="check.again"),),)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody learns of a numbered paper; *since* UTC, None where nobody wrote down when."""

    verification: Verification
    standing: Validity
    since: datetime | None


def check_code(uow: UnitOfWork, telegram_id: int, text: str, *, now: datetime) -> Answer | None:
    """What is known under a code; None when there is no such code. Anybody may ask, members and strangers alike.

    Raises:
        TooManyChecks: this person has asked too often within the hour.
    """
    _count(uow, telegram_id, now)
    code = read_code(text)
    found = uow.verifications.get(code) if code else None
    return _answer(uow, found) if found else None


def _count(uow: UnitOfWork, telegram_id: int, now: datetime) -> None:
    before = uow.verifications.asked_since(telegram_id, now - HOUR)
    most = uow.office.office.checks_per_hour
    if len(before) >= most:
        raise TooManyChecks(until=before[-most] + HOUR)
    uow.verifications.asked(telegram_id, now)


def _answer(uow: UnitOfWork, found: Verification) -> Answer:
    """The state; of a cycle that was cancelled no paper is in force any more, until the cycle is taken up again."""
    cycle = uow.cycles.get(found.cycle)
    if found.ended or cycle.state is not CycleState.CANCELLED:
        return Answer(found, found.standing, found.since)
    lines = uow.journal.page(limit=50, cycle=cycle.id)
    return Answer(found, Validity.VOID, next((line.at for line in lines if line.event == CANCELLED), None))


def facts_of(answer: Answer) -> dict[str, Any]:
    """What the templates may say of it, and no more."""
    found = answer.verification
    return {
        "code": show_code(found.code),
        "title": found.title,
        "number": found.number,
        "dated": found.dated,
        "subject": found.subject,
        "issuer": found.issuer,
        "state": answer.standing.value,
        "since": answer.since,
    }


def expect_file(uow: UnitOfWork, telegram_id: int, code: str, sent: SentFile, *, now: datetime) -> None:
    """Let a file be fetched, whose hash is taken and nothing else: `file_arrived`. *code*: of the paper it should be.

    Raises:
        TooManyChecks: this person has asked too often within the hour.
        BadInput: empty, or larger than Telegram lets a bot fetch.
    """
    require_size(uow, sent, field="check_file")
    _count(uow, telegram_id, now)
    uow.files.expect(sent.expected(uow.new_id(), purpose=PURPOSE, target=code, by_person=""))


def file_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> None:
    """The hash of a file is known, its bytes are gone: say which paper it is, if any. Nothing of it is kept."""
    asked = uow.verifications.get(incoming.target) if incoming.target else None
    expected = asked is not None and _match(uow, asked, stored.sha256) is not None
    found = asked if expected else uow.verifications.of_file(stored.sha256)
    match = _match(uow, found, stored.sha256) if found else None
    shown = found or asked
    params: dict[str, Any] = {
        "filename": incoming.filename,
        "match": (match or Match.OTHER).value,
        "asked": show_code(asked.code) if asked else "",
        "of_another": bool(asked and found and asked.code != found.code),
        "paper": facts_of(_answer(uow, shown)) if shown else None,
    }
    _reply(uow, incoming, "check/file", params)


def _match(uow: UnitOfWork, found: Verification, sha256: str) -> Match | None:
    for id, match in ((found.signed_paper, Match.SIGNED), (found.paper, Match.PRINTED)):
        paper = uow.papers.get(id) if id else None
        if paper is not None and paper.sha256 == sha256:
            return match
    return None


def file_failed(uow: UnitOfWork, incoming: Incoming, reason: str) -> None:
    """The file could not be fetched, so nothing can be said of it."""
    params = {"filename": incoming.filename, "size": incoming.size, "reason": reason}
    _reply(uow, incoming, "check/failed", params)


def _reply(uow: UnitOfWork, incoming: Incoming, template: str, params: dict[str, Any]) -> None:
    uow.files.forget(incoming.id)
    uow.outbox.add(
        Message(
            ToChat(incoming.chat),
            template,
            params,
            choices=AGAIN,
            priority=Priority.ANSWER,
            key=f"arrival:{incoming.id}",
        )
    )
