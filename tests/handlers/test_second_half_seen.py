"""Who finds and who gets the papers, the numbers and the evidence of steps 5 to 8: before the publication and after."""

import pytest

from sop.outgoing import Choice
from tests.second_half import PEOPLE, SecondHalf

TEAM = {"kabid", "tim_diskominfo"}
CITY = TEAM | {"tim_kota"}
LETTERS = CITY | {"sekretariat"}
SEEN = {  # SOP, "Who may see what": kind of paper → who sees every version of it
    "tanda_terima": TEAM | {"opd"},
    "rekapitulasi": CITY,
    "rekapitulasi_lembar": CITY,
    "undangan_rapat": LETTERS,  # the agency: the signed one that was sent to it, below
    "daftar_hadir": CITY,
    "notula": CITY,
    "formulir_terisi": CITY,
    "nota_dinas": CITY,
    "berita_acara": CITY,
}
BOOK = "dokumen_evaluasi"
STAGES = ("sitting", "signed", "publishing", "published")
NUMBERS = CITY  # recap and scores; also after the publication: the agency has the document
EVIDENCE = CITY | {"opd"}
SCREENS = (
    ("recap.show", ""),
    ("recap.opds", "0"),
    ("recap.indicators", "0"),
    *((f"{area}.{screen}", arg) for area in ("score", "fill") for screen, arg in (("all", ""), ("list", "0"))),
    ("score.show", "I01"),
    ("fill.show", "I01"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = SecondHalf(tmp_path_factory.mktemp("seen"))
    made.stood = {stage: made.reached(stage) for stage in STAGES}
    yield made
    made.database.close()


def listed(desk, who: str, cycle: str) -> set[str]:
    """Every paper that /dokumen offers, on all its pages, the replaced versions too."""
    found: set[str] = set()
    for page in ("0", "1", "2", "0.lama", "1.lama", "2.lama"):
        said = desk.presses(desk.who[who], Choice("docs.cycle", cycle, page))
        found |= {c.id for s in said for c in s.choices if c.action == "docs.send"}
    return found


def fetched(desk, who: str, cycle: str) -> set[str]:
    """Every paper of the cycle that a forged button brings."""
    papers = desk.papers(cycle)
    return {p for p in papers if brings(desk, who, Choice("docs.send", p), p)}


def brings(desk, who: str, choice: Choice, paper: str) -> bool:
    return any(s.attachment.get("paper") == paper for s in desk.presses(desk.who[who], choice) if s.attachment)


def expected(desk, who: str, cycle: str) -> set[str]:
    """By the table of the SOP."""
    invitation = desk.look(lambda uow: uow.letters.of_cycle(cycle, ("undangan_rapat",))[-1].signed_paper)
    over = desk.at(cycle).state.value == "selesai"
    books = [p for p, kind in desk.papers(cycle, BOOK).items() if kind == BOOK]
    final = desk.look(lambda uow: {p.id for p in uow.papers.of_cycle(cycle, kind=BOOK)}) if over else set()
    found = {p for p, kind in desk.papers(cycle).items() if kind in SEEN and who in SEEN[kind]}
    found |= {p for p in books if who in CITY} | final
    return found | ({invitation} if who == "opd" else set())


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_finds_and_gets_the_papers_that_the_table_of_the_sop_names_and_no_other(desk, who, stage):
    cycle = desk.stood[stage]
    names = desk.papers(cycle)
    right = expected(desk, who, cycle)
    assert sorted(names[p] for p in fetched(desk, who, cycle) ^ right) == []
    old = {p for p in names if desk.look(lambda uow, p=p: uow.papers.get(p).state) == "replaced"}
    printed = {p for p in old if desk.look(lambda uow, p=p: uow.papers.get(p).sha256)}
    assert sorted(names[p] for p in listed(desk, who, cycle) ^ (right - old | right & printed)) == []


def test_there_is_a_paper_of_every_kind_that_the_steps_5_to_8_leave(desk):
    cycle = desk.at(desk.stood["published"])
    made = set(desk.papers(cycle.id).values())
    assert made >= {kind for step in cycle.sop.steps if step.number >= 5 for kind in step.produces}
    assert made == {*SEEN, BOOK}


@pytest.mark.parametrize("who", PEOPLE)
def test_numbers_are_shown_to_nobody_but_the_teams_and_the_kabid_by_whatever_button(desk, who):
    for stage, cycle in desk.stood.items():
        for action, arg in SCREENS:
            said = desk.presses(desk.who[who], Choice(action, cycle, arg))
            shown = any(s.template.startswith(("recap/", "indicator/")) for s in said)
            too_early = stage == "sitting" and action.startswith("fill.")  # the form comes after the meeting
            assert shown is (who in NUMBERS and not too_early), (action, [s.template for s in said])
            assert shown or {s.template for s in said} <= {"refusals/not_yours", "refusals/not_now"}


@pytest.mark.parametrize("who", PEOPLE)
def test_evidence_comes_to_its_agency_to_the_teams_and_the_kabid_by_whatever_button(desk, who):
    for cycle in desk.stood.values():
        item = desk.look(lambda uow, c=cycle: next(i for i in uow.evidence.of_cycle(c) if i.code == "I12"))
        came = [
            s.attachment["sha256"]
            for choice in (
                Choice("evidence.see", item.files[0].id),
                Choice("review.files", item.id),
                Choice("score.files", cycle, "I12"),
                Choice("fill.files", cycle, "I12"),
            )
            for s in desk.presses(desk.who[who], choice)
            if s.attachment and s.attachment.get("sha256")
        ]
        assert (item.files[0].sha256 in came) is (who in EVIDENCE)
        assert set(came) <= {item.files[0].sha256}
