"""The SOP as data: the shipped one says what the SOP says, and the models refuse what cannot be meant."""

import pytest
from pydantic import ValidationError

from sop.definition import ACTS, Duration, Rung, Sop, Step
from tests.offices import DIALOGUES, shipped

SOP = shipped().sop

# sop.md, "How we read it" and its tables, written down once more.
ROWS = [
    ("persiapan", "tim_diskominfo", "prepare", "on_opening", {"working_days": 3}, ()),
    ("disposisi", "kabid", "dispose", "on_delivery", {"office_minutes": 30}, ("persiapan",)),
    ("surat", "sekretariat", "letters", "on_opening", {"working_days": 2}, ("disposisi", "persiapan")),
    ("pengumpulan_data", "opd", "evidence", "on_sending", {"weeks": 2}, ()),
    ("rekapitulasi", "tim_diskominfo", "recap", "on_opening", {"weeks": 1}, ()),
    ("rapat", "tim_kota", "meeting", "on_meeting", {"office_minutes": 180}, ("rekapitulasi",)),
    ("formulir", "tim_diskominfo", "form", "on_opening", {"office_minutes": 180}, ("rapat", "formulir")),
    ("publikasi", "tim_diskominfo", "publish", "on_opening", {"office_minutes": 60}, ("formulir",)),
]
COLUMNS = ("opd", "kabid", "tim_diskominfo", "sekretariat", "tim_kota", "administrator")
VISIBLE = {
    "own_evidence": ("own", "yes", "yes", "no", "no", "no"),
    "others_evidence": ("no", "yes", "yes", "no", "from rekapitulasi", "no"),
    "letters": ("own", "yes", "yes", "yes", "yes", "no"),
    "internal": ("no", "yes", "yes", "yes", "no", "no"),
    "recap": ("no", "yes", "yes", "no", "yes", "no"),
    "final": ("yes", "yes", "yes", "yes", "yes", "yes"),
}


@pytest.mark.parametrize(("number", "row"), list(enumerate(ROWS, start=1)))
def test_a_step_has_the_actor_clock_time_and_way_back_of_the_sop(number, row):
    step = SOP.steps[number - 1]

    found = (step.key, step.actor, step.dialogue, step.clock, step.limit.model_dump(exclude_none=True), step.returns_to)
    assert found == row
    assert ("return" in step.acts) == bool(step.returns_to)
    assert [r.key for r in step.remind] == ["half", "before_1", "due", "each_after"]


def test_only_the_collection_is_one_task_for_each_opd_and_has_a_target_before_its_limit():
    assert [s.key for s in SOP.steps if s.each] == ["pengumpulan_data"]
    assert [(s.key, s.target) for s in SOP.steps if s.target] == [("pengumpulan_data", Duration(weeks=1))]


def test_only_the_kabid_may_ask_first():
    assert [s.key for s in SOP.steps if "ask" in s.acts] == ["disposisi"]


@pytest.mark.parametrize("audience", VISIBLE)
def test_who_may_see_what_is_the_table_of_the_sop(audience):
    row = SOP.visibility[audience]

    assert tuple(row.get(role, "no") for role in COLUMNS) == VISIBLE[audience]


def test_every_step_leaves_a_paper_and_every_other_paper_is_an_upload_or_belongs_to_no_step():
    produced = [kind for step in SOP.steps for kind in step.produces]

    assert all(step.produces for step in SOP.steps)
    assert set(SOP.papers) - set(produced) == {"formulir_evaluasi", "surat_edaran", "sop", "register_surat"}
    assert len(produced) == len(set(produced))


def test_every_act_has_its_roles():
    assert set(SOP.permissions) == ACTS
    assert SOP.may("record_delivery") == ("sekretariat",)


def with_step(place: int, **change) -> list[str]:
    steps = list(SOP.steps)
    steps[place - 1] = Step.model_validate(steps[place - 1].model_dump() | change)
    return SOP.model_copy(update={"steps": tuple(steps)}).problems(DIALOGUES, ACTS)


@pytest.mark.parametrize(
    ("number", "change", "sentence"),
    [
        (2, {"number": 5}, "steps[1] (disposisi): number is 5, but it stands at place 2"),
        (2, {"returns_to": ("rapat",)}, "steps[1] (disposisi): returns_to 'rapat' is not an earlier step"),
        (2, {"returns_to": ()}, "steps[1] (disposisi): acts has 'return', but returns_to names no step"),
        (1, {"each": "opd"}, "steps[0] (persiapan): 'each: opd' needs an actor with 'one_of: opd'"),
        (
            4,
            {"target": {"weeks": 3}},
            "steps[3] (pengumpulan_data): target is longer than limit; the target is the first of the two dates",
        ),
        (
            1,
            {"dialogue": "prepair"},
            "steps[0] (persiapan): unknown dialogue 'prepair'; known: "
            "dispose, evidence, form, letters, meeting, plain, prepare, publish, recap",
        ),
    ],
)
def test_a_step_that_does_not_fit_is_named_with_its_place(number, change, sentence):
    assert with_step(number, **change) == [sentence]


def test_tables_name_only_roles_acts_audiences_and_steps_that_exist():
    broken = SOP.model_copy(
        update={
            "permissions": {**SOP.permissions, "open_cycle": ("bupati",), "fly": ()},
            "visibility": {**SOP.visibility, "final": {"opd": "from rapar", "bupati": "yes"}},
        }
    )

    found = broken.problems(DIALOGUES, ACTS)

    assert "permissions (open_cycle): unknown role 'bupati'" in found
    assert any(p.startswith("permissions: unknown act 'fly'; known: ") for p in found)
    assert "visibility (final, opd): 'from rapar'; give yes, own, no or 'from <step>'" in found
    assert "visibility (final): unknown role 'bupati'" in found


@pytest.mark.parametrize("given", [{}, {"weeks": 1, "working_days": 1}, {"weeks": 0}, {"office_minutes": -5}])
def test_a_duration_is_one_positive_number_in_one_unit(given):
    with pytest.raises(ValidationError):
        Duration.model_validate(given)


@pytest.mark.parametrize("text", ["0 working days before", "31 working days before", "1 days before", "", "HALF"])
def test_a_rung_is_one_of_the_four_kinds(text):
    with pytest.raises(ValueError, match="unknown reminder"):
        Rung.parse(text)


def test_the_sop_reads_back_from_its_own_json():
    assert Sop.model_validate_json(SOP.model_dump_json()) == SOP
