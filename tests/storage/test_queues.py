"""What rows keep: values through JSON, bytes by hash, messages by key."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.outgoing import Attachment, Choice, Message, ToPerson
from sop.ports import StoredFile
from storage.content import ContentStore
from storage.database import Database
from storage.frozen import freeze, thaw
from storage.tables.base import Base

NOW = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(alphabet="abc", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_values_come_back_as_they_went(value: Any) -> None:
    assert thaw(freeze(value)) == value


@pytest.mark.parametrize("value", [object(), datetime(2026, 1, 1), b"bytes"])  # noqa: DTZ001
def test_what_a_row_cannot_keep_is_refused_at_once(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        freeze({"x": [value]})


@pytest.fixture
def database(tmp_path: Path) -> Any:
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


def test_a_message_comes_out_as_it_went_in(database: Database) -> None:
    choice = Choice("dispose.approve", "t1", style="success", label={"on": date(2026, 12, 4)})
    message = Message(ToPerson("p"), "card/x", {"at": NOW}, ((choice,),), Attachment("a.pdf", "0" * 64), loud=False)
    database.call(lambda uow: uow.outbox.add(message))
    (row,) = database.call(lambda uow: uow.outbox.candidates(NOW))
    assert (row.params, row.choices, row.attachment) == ({"at": NOW}, ((choice,),), message.attachment)
    assert (row.person, row.loud) == ("p", False)


def test_a_message_cannot_wait_for_a_paper_that_nobody_has_requested(database: Database) -> None:
    with pytest.raises(LookupError):
        database.call(lambda uow: uow.outbox.add(Message(ToPerson("p"), "x", after=("absent",))))
    assert database.call(lambda uow: uow.outbox.candidates(NOW)) == ()


def test_papers_are_listed_in_their_order_without_the_replaced_ones(database: Database) -> None:
    def request(kind: str, opd: str | None) -> str:
        return database.call(
            lambda uow: uow.papers.request(
                kind, {}, title=kind, filename="a.pdf", audience="all", cycle="c", opd=opd, now=NOW
            )
        )

    first, second, third = request("surat", "dinkes"), request("surat", "disdik"), request("data", None)
    database.call(lambda uow: uow.papers.replace(first))

    def listed(**only: Any) -> list[str]:
        return database.call(lambda uow: [p.id for p in uow.papers.of_cycle("c", **only)])

    assert listed() == [second, third]
    assert listed(current=False) == [first, second, third]
    assert listed(kind="surat") == [second]
    assert listed(opd="dinkes", current=False) == [first]


def test_bytes_are_kept_once_under_their_hash_and_half_files_are_cleared(tmp_path: Path) -> None:
    store = ContentStore(tmp_path)
    sha256, size = store.put(b"isi")
    assert store.put(b"isi") == (sha256, size)
    assert (store.read(sha256), size, store.has(sha256), store.has("0" * 64)) == (b"isi", 3, True, False)
    with store.receive() as arriving:
        arriving.write(b"setengah")
    assert list((tmp_path / "arriving").iterdir()) == []
    (tmp_path / "arriving" / "left").write_bytes(b"x")
    assert ContentStore(tmp_path).clear_arriving() == 1


def test_a_paper_that_failed_and_was_replaced_is_tried_anew_for_those_who_wait_for_it(database: Database) -> None:
    def fail(uow: Any) -> str:
        paper = uow.papers.request("surat", {}, title="s", filename="a.pdf", audience="all", cycle="c", now=NOW)
        uow.outbox.add(Message(ToPerson("p"), "paper", attachment=Attachment("a.pdf", paper=paper)))
        uow.papers.failed(paper, "kertas habis")
        uow.papers.replace(paper)
        return str(paper)

    paper = database.call(fail)
    assert database.call(lambda uow: uow.papers.claim(NOW)) is None

    assert database.call(lambda uow: uow.papers.retry()) == 1

    claimed = database.call(lambda uow: uow.papers.claim(NOW))
    assert (claimed.id, claimed.state) == (paper, "replaced")
    database.call(lambda uow: uow.papers.printed(paper, StoredFile("0" * 64, 1, "application/pdf")))
    assert len(database.call(lambda uow: uow.outbox.candidates(NOW))) == 1
    assert database.call(lambda uow: uow.papers.get(paper)).state == "replaced"
