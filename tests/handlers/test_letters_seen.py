"""Which papers of the letters an OPD sees, and when: nothing before the sending, nothing of a cycle that is not its."""

import pytest

from handlers import documents
from handlers.registry import Registry
from sop.outgoing import Choice
from sop.ports import StoredFile
from tests.handlers.letters_desk import answer
from tests.handlers.test_step3 import Third


class Stages(Third):
    """A cycle that is taken from step to step, with a blank formulir; *outside* speaks for an OPD that is not asked."""

    def __init__(self) -> None:
        super().__init__()
        self.registry = Registry([*self.registry.dialogues, documents.DIALOGUE])
        self.outside = self.member("Wati", "opd", "dispar")
        self.form = self.look(self._upload)

    def _goes_on_to_step_3(self, cycle_id):
        """Not yet: see `goes_on`."""
        self.stages = [self._submit, self._dispose]

    def _upload(self, uow):
        form = StoredFile("f" * 64, 10, "application/pdf", 1)
        facts = {"title": "Formulir", "filename": "formulir.pdf", "audience": "letters", "cycle": self.cycle}
        return uow.papers.register_upload("formulir_evaluasi", form, now=self.now, **facts)

    def goes_on(self):
        stage = self.stages.pop(0)
        self.look(lambda uow: stage(uow, self.cycle))

    def listed(self, who) -> set[str]:
        """The ids of the papers that /dokumen offers, the replaced ones too."""
        said = self.commands(who, "dokumen")[-1]
        old = self.presses(who, Choice("docs.cycle", self.cycle, "0.lama"))
        return {c.id for s in (said, *old) for c in s.choices if c.action == "docs.send"}

    def may_open(self, who) -> set[str]:
        """The ids of the papers of the letters that a forged button brings."""
        papers = self.look(lambda u: [p for c in (True, False) for p in u.papers.of_cycle(self.cycle, current=c)])
        found = {p.id for p in papers if p.audience == "letters"}
        return {p for p in found if any(s.template == "paper" for s in self.presses(who, Choice("docs.send", p)))}


@pytest.fixture
def desk():
    made = Stages()
    yield made
    made.database.close()


def sees_nothing(desk, who):
    return desk.listed(who) == set() == desk.may_open(who)


def test_no_opd_sees_a_letter_before_it_is_sent(desk):
    assert desk.may_open(desk.team) >= {desk.form, desk.letter().draft_paper}
    for step in ("persiapan", "disposisi", "surat"):
        assert desk.look(lambda u: [t.step for t in u.cycles.get(desk.cycle).open_tasks()]) == [step]
        assert sees_nothing(desk, desk.health)
        assert sees_nothing(desk, desk.outside)
        if step != "surat":
            desk.goes_on()
    desk.all_signed()
    assert sees_nothing(desk, desk.health)
    assert desk.may_open(desk.clerk) >= {desk.letter().signed_paper}


def test_after_the_sending_an_opd_sees_the_signed_letters_and_what_went_along(desk):
    desk.goes_on()
    desk.goes_on()
    desk.sends_letters()
    sent = {desk.letter(kind).signed_paper for kind in ("surat_undangan", "surat_permohonan_data")}
    assert desk.listed(desk.health) == sent | {desk.form}
    assert desk.may_open(desk.health) == sent | {desk.form}


def test_an_opd_that_the_cycle_does_not_ask_sees_none_of_its_letters(desk):
    desk.goes_on()
    desk.goes_on()
    desk.sends_letters()
    assert sees_nothing(desk, desk.outside)
    refused = desk.presses(desk.outside, Choice("docs.send", desk.letter().signed_paper))
    assert answer(refused, "refusals/nothing_there")
