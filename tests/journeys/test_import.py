"""Hundreds at once: the form, the filled list with a mistake, the repaired one, the slips. Played over HTTP."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from sop.actions.inviting import gaps
from sop.people import ADMINISTRATOR
from tests.city import City


@pytest.fixture
def city(tmp_path):
    made = City(tmp_path)
    yield made
    made.close()


def says(city, person, words):
    person.says(words)
    city.settle()


def taps(city, person, label):
    tap = person.taps(label)
    city.settle()
    return tap


def filled(form: bytes, names: dict[str, str]) -> bytes:
    book = load_workbook(BytesIO(form))
    for row in book["Petugas"].iter_rows(min_row=2):
        row[2].value = names.get(row[0].value)
        if row[0].value == "dlh":
            row[0].value = names.get("dlh code", "dlh")
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def unused(city):
    return city.look(lambda uow: sorted((i.role, i.opd, i.label) for i in uow.people.unanswered()))


def test_the_form_comes_back_filled_and_becomes_invitations_only_when_every_row_is_right(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    says(city, admin, "/opd")
    admin.sees("33 OPD belum punya petugas")
    taps(city, admin, "Impor daftar")
    form = admin.sees_file("daftar-petugas.xlsx").document.data

    admin.sends("daftar.xlsx", filled(form, {"dishub": "Budi Santoso", "dlh": "Siti Aminah", "dlh code": "dlhk"}))
    city.settle()
    taps(city, admin, "Periksa berkas")
    admin.sees("baris 13: kode OPD “dlhk” tidak dikenal")
    assert unused(city) == []

    taps(city, admin, "Kirim perbaikan")
    admin.sends("daftar.xlsx", filled(form, {"dishub": "Budi Santoso", "dlh": "Siti Aminah"}))
    city.settle()
    taps(city, admin, "Periksa berkas")
    summary = admin.sees("Semua baris terbaca: 2 undangan untuk 2 OPD")
    data = summary.markup.rows[0][0].data
    taps(city, admin, "Buat 2 undangan")
    admin.sees("Lembar 2 undangan")
    assert unused(city) == [("opd", "dishub", "Budi Santoso"), ("opd", "dlh", "Siti Aminah")]

    tap = admin.taps_data(data, summary)
    city.settle()
    assert "tidak ditemukan" in tap.answer.text
    assert len(unused(city)) == 2


def test_a_csv_with_semicolons_and_another_order_of_columns_is_read_too(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    says(city, admin, "/opd")
    taps(city, admin, "Impor daftar")
    rows = "Nama Petugas;Kode OPD;Peran\r\nDewi Lestari;;Kabid\r\nBudi Santoso;Dishub;\r\n"
    admin.sends("daftar.csv", rows.encode("cp1252"))
    city.settle()
    taps(city, admin, "Periksa berkas")
    taps(city, admin, "Buat 2 undangan")

    assert [u[0] for u in unused(city)] == ["kabid", "opd"]


def test_a_file_that_is_no_list_is_refused_with_what_to_send_instead(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    says(city, admin, "/opd")
    taps(city, admin, "Impor daftar")
    admin.sends("daftar.pdf", b"%PDF-1.7 x")
    city.settle()
    admin.sees("XLSX atau CSV")
    admin.sends("daftar.xlsx", b"PK\x03\x04 not really")
    city.settle()
    tap = taps(city, admin, "Periksa berkas")

    assert "tidak dapat dibaca" in tap.answer.text
    assert unused(city) == []


def test_an_agency_is_shown_with_its_people_and_invited_from_there(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    city.member("Budi Santoso", "opd", "setwan")
    says(city, admin, "/opd")
    taps(city, admin, "Setwan (1)")
    admin.sees("Budi Santoso · Setwan")
    taps(city, admin, "Undang petugas")
    says(city, admin, "Siti Aminah")

    assert unused(city) == [("opd", "setwan", "Siti Aminah")]


def test_new_agencies_come_with_the_list_and_can_be_invited_and_asked_at_once(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    says(city, admin, "/opd")
    taps(city, admin, "Impor daftar")
    form = admin.sees_file("daftar-petugas.xlsx").document.data
    book = load_workbook(BytesIO(form))
    book["OPD"].append(["uptd_metrologi", "UPTD Metrologi Legal", "Metrologi", "Kepala UPTD Metrologi Legal"])
    book["Petugas"].append(["uptd_metrologi", "", "Budi Santoso", "OPD", ""])
    written = BytesIO()
    book.save(written)

    admin.sends("daftar.xlsx", written.getvalue())
    city.settle()
    taps(city, admin, "Periksa berkas")
    admin.sees("1 OPD baru, 1 undangan untuk 1 OPD")
    assert city.look(lambda uow: uow.agencies.all()) == ()
    taps(city, admin, "Tambah 1 OPD, buat 1 undangan")
    admin.sees("1 OPD ditambahkan ke daftar")
    assert unused(city) == [("opd", "uptd_metrologi", "Budi Santoso")]

    says(city, admin, "/opd")
    admin.sees("(34, halaman 1 dari 5)")
    assert city.look(lambda uow: uow.office.opd("uptd_metrologi").head) == "Kepala UPTD Metrologi Legal"
    assert "uptd_metrologi" in city.look(lambda uow: [w.opd for w in gaps(uow, city.clock.now()).invited])


def test_a_csv_with_agencies_only_adds_them_without_invitations(city):
    admin = city.member("Admin Kota", ADMINISTRATOR)
    says(city, admin, "/opd")
    taps(city, admin, "Impor daftar")
    admin.sends(
        "opd.csv", b"Kode;Nama;Singkatan;Sebutan Kepala\r\nperumda;Perumda Air;Perumda;Direktur Perumda Air\r\n"
    )
    city.settle()
    taps(city, admin, "Periksa berkas")
    taps(city, admin, "Tambah 1 OPD")

    admin.sees("Petugasnya dapat diundang")
    assert unused(city) == []
    taps(city, admin, "Daftar OPD")
