"""What the office may change: the shipped files are sound, and every mistake is named with its place and remedy."""

import shutil
from decimal import Decimal

import pytest
import yaml

from sop import events
from sop.notices import heard
from sop.office import Bundle
from storage.office import OfficeError, load_bundle
from tests.offices import DIALOGUES, ROOT, SANDBOX, shipped


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "office", tmp_path / "office")
    return tmp_path / "office"


def problems(folder):
    with pytest.raises(OfficeError) as error:
        load_bundle(folder, dialogues=DIALOGUES, templates_dir=ROOT / "templates")
    return error.value.problems


def edit(path, change):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_the_shipped_office_has_eight_steps_and_both_instruments():
    bundle = shipped()

    assert [s.number for s in bundle.sop.steps] == list(range(1, 9))
    assert {k: len(i.indicators) for k, i in bundle.instruments.items()} == {
        "permenpanrb-59-2020": 47,
        "permenpanrb-8-2026": 20,
    }


@pytest.mark.parametrize("name", ["permenpanrb-59-2020", "permenpanrb-8-2026"])
def test_the_weights_of_an_instrument_sum_to_exactly_one_hundred(name):
    assert sum((i.weight for i in shipped().instruments[name].indicators), Decimal(0)) == 100


def test_four_indicators_of_2026_are_given_by_ministries_and_asked_of_nobody():
    instrument = shipped().instruments["permenpanrb-8-2026"]

    assert [i.number for i in instrument.indicators if i.external] == [5, 6, 7, 18]
    assert all(i.owners for i in instrument.indicators if not i.external)


def test_every_opd_is_asked_something_under_both_instruments():
    for opd in shipped().opd_list.opds:
        for instrument in shipped().instruments:
            assert shipped().asked_of(opd.key, instrument)


def test_a_bundle_reads_back_as_the_same_version():
    again = Bundle.model_validate_json(shipped().model_dump_json())

    assert again.hash == shipped().hash
    assert again.with_collection_time(None, None).hash == shipped().hash


def test_a_sandbox_of_two_plain_steps_is_an_office_too():
    assert len(load_bundle(SANDBOX, dialogues=DIALOGUES).sop.steps) == 2


def test_an_unknown_actor_is_named_with_its_step_and_the_known_ones(folder):
    edit(folder / "sop.yaml", lambda sop: sop["steps"][1].update(actor="kabit"))

    assert problems(folder) == [
        "sop.yaml: steps[1] (disposisi): unknown actor 'kabit'; "
        "known: tim_diskominfo, kabid, sekretariat, tim_kota, opd"
    ]


def test_a_duration_must_be_given_in_exactly_one_way(folder):
    edit(folder / "sop.yaml", lambda sop: sop["steps"][1].update(limit={"weeks": 1, "working_days": 2}))

    assert problems(folder) == [
        "sop.yaml: steps[1] (disposisi).limit: give exactly one of office_minutes, working_days, weeks"
    ]


def test_all_mistakes_of_all_files_are_told_at_once(folder):
    edit(folder / "sop.yaml", lambda sop: sop["steps"][0].update(remind=["sometimes"], dialogue="x"))
    edit(folder / "office.yaml", lambda office: office.update(papir="F4"))
    edit(folder / "opd.yaml", lambda opd: opd["opds"].append(opd["opds"][0]))
    edit(
        folder / "instruments" / "permenpanrb-8-2026.yaml",
        lambda i: i["domains"][0]["aspects"][0].update(weight=11),
    )

    found = problems(folder)

    assert any("unknown reminder 'sometimes'" in p for p in found)
    assert "office.yaml: papir: this name is not known here" in found
    assert "opd.yaml: opds: the key 'setda' stands twice" in found
    assert any("A1: weight 11, but its indicators sum to 10" in p for p in found)


def test_a_file_that_is_no_yaml_names_the_line(folder):
    (folder / "office.yaml").write_text("city: [Pangkalpinang\nname: x\n", encoding="utf-8")

    assert problems(folder)[0].startswith("office.yaml: line 2")


def test_a_missing_file_is_named(folder):
    (folder / "calendar.yaml").unlink()

    assert problems(folder)[0].startswith("calendar.yaml: the file is missing")


def test_a_paper_without_a_template_on_disk_is_named(folder):
    edit(folder / "sop.yaml", lambda sop: sop["papers"]["ekspedisi"].update(template="expedisi"))

    assert problems(folder) == ["sop.yaml: papers (ekspedisi): there is no template documents/expedisi.html"]


def test_every_event_has_somebody_who_hears_of_it_or_is_silent_on_purpose():
    kinds = {k for k in vars(events).values() if isinstance(k, type) and issubclass(k, events.Event)}

    assert kinds - {events.Event} == heard()


@pytest.mark.parametrize(
    ("file", "before", "after", "sentence"),
    [
        (
            "calendar.yaml",
            "2027-02-08",
            "2027-02-30",
            "calendar.yaml: line 13, column 17: '2027-02-30' tidak terbaca sebagai tanggal; tulis seperti 2027-05-20",
        ),
        ("office.yaml", "sifat: Penting", "sifat: Penting\nsifat: Biasa", "'sifat' stands twice"),
        ("office.yaml", '"20.00"', '"20:00"', None),
        ("calendar.yaml", '"07:30"', '"07.30"', None),
        (
            "office.yaml",
            '"20.00"',
            "20.00",
            """office.yaml: quiet.default_from: '20.0' tidak terbaca sebagai jam; tulis "07.30" dengan tanda kutip""",
        ),
        (
            "calendar.yaml",
            'pause_from: "12:00"',
            "pause_from: 12:00",  # 720 to YAML
            """pause_from: '720' tidak terbaca sebagai jam; tulis "07.30" dengan tanda kutip""",
        ),
        (
            "calendar.yaml",
            "valid_from: 2027-03-10",
            "valid_from: 10 Maret 2027",
            "valid_from: '10 Maret 2027' tidak terbaca sebagai tanggal; tulis seperti 2027-05-20",
        ),
        (
            "office.yaml",
            "{urut}/",
            "",
            "office.yaml: numbering.pattern: {urut} is missing; without the serial all letters have the same number",
        ),
        (
            "office.yaml",
            "{bulan_romawi}",
            "{bulan}",
            "office.yaml: numbering.pattern: unknown '{bulan}'; "
            "known: {klasifikasi}, {urut}, {unit}, {bulan_romawi}, {tahun}",
        ),
        ("office.yaml", "  disposisi:\n", "  disposisie:\n", "office.yaml: return_reasons: unknown step 'disposisie'"),
        (
            "sop.yaml",
            'kabid: "yes"',
            "kabid: yes",
            "sop.yaml: visibility.own_evidence.kabid: must be a text, but YAML reads yes/no as true/false; "
            "put it in quotation marks",
        ),
        ("sop.yaml", "[half,", "[7,", "sop.yaml: steps[0] (persiapan).remind: unknown reminder '7'; known: half, due"),
        (
            "calendar.yaml",
            "valid_until: 2027-03-09",
            "valid_until: 2026-03-09",
            "valid_until 2026-03-09 lies before valid_from 2027-02-08",
        ),
        (
            "calendar.yaml",
            "    days: *usual",
            "    valid_until: 2027-12-31\n    days: *usual",
            None,  # the period of 2020 still runs on
        ),
        ("calendar.yaml", "4: {opens", "9: {opens", "unknown weekday 9; known: 0 (Senin) to 6 (Minggu)"),
        (
            "instruments/permenpanrb-8-2026.yaml",
            "code: I02",
            "code: I01",
            "instruments/permenpanrb-8-2026.yaml: the code 'I01' stands twice",
        ),
    ],
)
def test_a_planted_mistake_is_told_in_a_sentence(folder, file, before, after, sentence):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")

    if sentence is None:
        load_bundle(folder, dialogues=DIALOGUES, templates_dir=ROOT / "templates")
    else:
        assert any(sentence in p for p in problems(folder))


def test_a_mistake_behind_an_anchor_is_told_once(folder):
    path = folder / "calendar.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('opens: "07:30"', 'opens: "pagi"', 1), encoding="utf-8")

    (found,) = problems(folder)
    assert found.startswith("calendar.yaml: periods[0].days[0].opens: 'pagi' tidak terbaca sebagai jam")
    assert "juga di 7 tempat lain dengan anchor yang sama" in found
