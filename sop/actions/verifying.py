"""Codes on numbered papers: given when the paper is printed, ended when it holds no more; and what /cek answers."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sop import papers
from sop.actions.evidence import SentFile
from sop.actions.issuing import issue
from sop.cycle import Cycle, CycleState
from sop.letters import Letter
from sop.outgoing import Choice, Message, Priority, ToChat
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.refusals import BadInput, TooManyChecks
from sop.verification import (
    HOUR,
    PURPOSE,
    Match,
    Validity,
    Verification,
    link_of,
    new_code,
    read_code,
    show_code,
)

CANCELLED = "CycleCancelled"  # the event, as the journal names it
Numbered = papers.SuratUndangan | papers.SuratPermohonanData | papers.UndanganRapat | papers.BeritaAcara
AGAIN = ((Choice("check.start", label_key="check.again"),),)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody learns of a numbered paper; *since* UTC, None where nobody wrote down when."""

    verification: Verification
    standing: Validity
    since: datetime | None


# --- on the paper


def issue_verifiable(
    uow: UnitOfWork,
    cycle: Cycle,
    letter: Letter,
    context: papers.Context,
    *,
    bot_name: str,
    made_by: str,
    now: datetime,
) -> str:
    """Print a letter with its number, under a code of its own; the code of an earlier printing is `diganti`.

    A draft, and a paper that still lacks a signer, get no code: nothing can be said of them yet. The paper's id.
    """
    code = new_code()
    marked = _marked(context, code, bot_name)
    paper = issue(
        uow, cycle, letter.kind, context if marked is None else marked, made_by=made_by, owner=letter.id, now=now
    )
    end_codes(uow, letter.id, Validity.REPLACED, now=now)
    if marked is not None and letter.dated is not None:
        found = Verification(
            code=code,
            letter=letter.id,
            cycle=cycle.id,
            title=cycle.sop.papers[letter.kind].title,
            number=letter.number,
            dated=letter.dated,
            subject=marked.cycle.name if isinstance(marked, papers.BeritaAcara) else marked.head.hal,
            issuer=_issuer(marked.sekda if isinstance(marked, papers.BeritaAcara) else marked.signature),
            paper=paper,
            issued_at=now,
        )
        uow.verifications.add(found)
    return paper


def _marked(context: papers.Context, code: str, bot_name: str) -> Numbered | None:
    if not isinstance(context, Numbered) or context.state == papers.RANCANGAN:
        return None
    mark = papers.VerificationMark(code=show_code(code), link=link_of(bot_name, code), bot=f"@{bot_name}")
    return replace(context, verification=mark)


def _issuer(signature: papers.Signature) -> str:
    title = f"{signature.acting} {signature.title}" if signature.acting else signature.title
    return f"a.n. {signature.on_behalf_of}, {title}" if signature.on_behalf_of else title


def end_codes(uow: UnitOfWork, letter: str, standing: Validity, *, now: datetime) -> None:
    """The papers of a letter hold no more."""
    for found in uow.verifications.of_letter(letter):
        if not found.ended:
            uow.verifications.save(found.end(standing, now))


def signed_copy_came(uow: UnitOfWork, letter: str, paper: str, *, now: datetime) -> None:
    """The signed copy of a letter is there: from now on the paper is in force."""
    for found in uow.verifications.of_letter(letter):
        if not found.ended:
            uow.verifications.save(found.signed(paper, now))


# --- /cek


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
    if sent.size > uow.office.office.largest_file_mb * 1024 * 1024:
        raise BadInput(field="check_file", problem="large", value=f"{sent.filename}|{sent.size}")
    if sent.size == 0:
        raise BadInput(field="check_file", problem="empty", value=sent.filename)
    _count(uow, telegram_id, now)
    uow.files.expect(
        Incoming(
            uow.new_id(),
            sent.telegram_file_id,
            sent.filename,
            sent.mime,
            sent.size,
            purpose=PURPOSE,
            target=code,
            by_person="",
            chat=sent.chat,
        )
    )


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
