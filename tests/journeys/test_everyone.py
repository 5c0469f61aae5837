"""A sandbox SOP of two plain steps, and what everybody does beside the steps, over HTTP with the whole application."""

from pathlib import Path

import pytest

from sop.actions import cycles, people
from tests.city import City

SANDBOX = Path(__file__).parents[1] / "data" / "sandbox"


@pytest.fixture
def sandbox(tmp_path):
    made = City(tmp_path / "data", folder=SANDBOX)
    yield made
    made.close()


def opens_cycle(city, telegram_id):
    """By act: how a cycle is opened in chat belongs to the SOP's first step, which this SOP has not."""
    opd = city.office.opd_list.opds[0].key
    asked = {opd: (city.office.opd_list.general_items[0].code,)}
    instrument = next(iter(city.office.instruments))

    def work(uow):
        now = city.clock.now()
        command = cycles.OpenCycle("Permohonan 2026", 2026, instrument, (opd,), asked)
        cycles.open_cycle(uow, uow.people.acting(telegram_id, now), command, now=now)

    city.look(work)
    city.settle()


def does(city, act, *args):
    act(*args)
    city.settle()


def test_a_sop_of_two_plain_steps_runs_from_card_to_card(sandbox):
    yuni = sandbox.member("Yuni Hartati", "pemohon")
    agus = sandbox.member("Agus Setiawan", "pimpinan")
    opens_cycle(sandbox, yuni.id)

    yuni.sees("Langkah 1/2 · Pengajuan")
    does(sandbox, yuni.taps, "Tulis catatan")
    does(sandbox, yuni.says, "Mohon diputuskan minggu ini")
    yuni.sees("Catatan disimpan")
    does(sandbox, yuni.taps, "Serahkan")
    yuni.sees("Serahkan sekarang?")
    does(sandbox, yuni.taps, "Ya, serahkan")
    yuni.sees("Berikutnya: Langkah 2, Persetujuan, oleh Pimpinan")

    agus.sees("Langkah 2/2 · Persetujuan")
    does(sandbox, agus.taps, "Tanya dulu")
    does(sandbox, agus.says, "Sudah dibahas dengan bidang lain?")
    yuni.sees("Sudah dibahas dengan bidang lain?")
    sandbox.passes(minutes=30)
    does(sandbox, yuni.taps, "Jawab pertanyaan")
    does(sandbox, yuni.says, "Sudah, kemarin")
    agus.sees("Sudah, kemarin")

    does(sandbox, agus.taps, "Kembalikan")
    does(sandbox, agus.taps, "Tulis sendiri")
    does(sandbox, agus.says, "Lampiran belum ada")
    agus.sees("Sudah dikembalikan")
    yuni.sees("Dikembalikan oleh Pimpinan: “Lampiran belum ada”")
    does(sandbox, yuni.taps, "Serahkan")
    does(sandbox, yuni.taps, "Ya, serahkan")
    agus.sees("Langkah 2/2 · Persetujuan")
    does(sandbox, agus.says, "/tugas")
    does(sandbox, agus.taps, "2 · Persetujuan")
    does(sandbox, agus.taps, "Serahkan")
    does(sandbox, agus.taps, "Ya, serahkan")
    agus.sees("Siklus ditutup")
    does(sandbox, yuni.says, "/status")
    yuni.sees("Siklus sudah selesai")


def test_an_open_question_survives_a_restart(sandbox):
    yuni = sandbox.member("Yuni Hartati", "pemohon")
    opens_cycle(sandbox, yuni.id)
    does(sandbox, yuni.taps, "Tulis catatan")
    sandbox.stop()
    sandbox.start()
    does(sandbox, yuni.says, "Tetap diingat")
    yuni.sees("Catatan disimpan: “Tetap diingat”")
    does(sandbox, yuni.says, "/batal")
    yuni.sees("Tidak ada pertanyaan yang sedang terbuka")


def test_a_newcomer_comes_in_by_link_and_gets_menu_and_sheet(sandbox):
    yuni = sandbox.member("Yuni Hartati", "pemohon")
    hadi = sandbox.member("Hadi Pranoto", "administrator")
    code = sandbox.look(
        lambda uow: people.invite(
            uow, uow.people.acting(hadi.id, sandbox.clock.now()), "pimpinan", None, "", now=sandbox.clock.now()
        )
    )
    opens_cycle(sandbox, yuni.id)
    agus = sandbox.api.person("Agus Setiawan")
    does(sandbox, agus.says, "/tugas")
    agus.sees("Untuk masuk, buka tautan undangan")
    assert "tugas" not in {c["command"] for c in agus.commands}
    does(sandbox, agus.start, code)
    agus.sees("akan masuk sebagai Pimpinan")
    does(sandbox, agus.taps, "Ya, benar")
    agus.sees("Selamat bergabung")
    assert "tugas" in {c["command"] for c in agus.commands}
    does(sandbox, agus.says, "/sop")
    assert agus.sees_file("SOP").document.data.startswith(b"%PDF")
    budi = sandbox.api.person("Budi Santoso")
    does(sandbox, budi.start, code)
    budi.sees("Tautan ini tidak dapat dipakai")


def test_in_a_group_a_private_command_leads_to_the_private_chat(sandbox):
    agus = sandbox.member("Agus Setiawan", "pimpinan")
    group = sandbox.api.group("Tim", [agus])
    agus.says_in(group, "/tugas@monev_spbe_bot")
    sandbox.settle()
    agus.taps_in(group, "Buka percakapan")
    sandbox.settle()
    agus.sees("ketuk /tugas")
    agus.says_in(group, "/status@monev_spbe_bot")
    sandbox.settle()
    assert group.sees("Belum ada siklus")
