"""The office's list of agencies changes while a cycle runs: the cycle keeps the names it began with."""

from tests.journeys.test_step3 import Play

RENAMED = {"name": "Dinas Kesehatan dan Gizi", "short": "Dinkesgizi", "head": "Kepala Dinas Kesehatan dan Gizi"}


def changed(office):
    """One of the asked agencies has a new name, the other is no more."""
    opds = tuple(
        o.model_copy(update=RENAMED) if o.key == "dinas_kesehatan" else o
        for o in office.opd_list.opds
        if o.key != "dlh"
    )
    return office.model_copy(update={"opd_list": office.opd_list.model_copy(update={"opds": opds})})


def test_a_running_cycle_keeps_the_names_of_its_agencies_after_a_restart(city):
    play = Play(city)
    group = city.api.group("Tim SPBE", [play.team], with_bot=False)
    group.adds_bot(play.team)
    play.team.says_in(group, "/hubungkan_grup@monev_spbe_bot tim_diskominfo")
    city.settle()
    greens = city.member("Wulan", "opd", "dlh")
    city.stop()
    city.office = changed(city.office)
    city.start()

    play.sends_letters()
    play.health.sees("Surat untuk Dinas Kesehatan\n", timeout=30)
    greens.sees("Surat untuk Dinas Lingkungan Hidup")
    greens.taps("Diterima")
    city.settle()
    asked = (
        (play.team, "/status"),
        (play.team, "/periksa"),
        (greens, "/tugas"),
        (greens, "/unggah"),
        (greens, "/berkas"),
    )
    for person, words in asked:
        person.says(words)
        city.settle()
    for label in ("Lihat ekspedisi", "Belum diterima (1)", "Dinkes"):
        play.taps(label)
    play.team.taps("Yang belum menyerahkan")
    city.settle()
    greens.taps("Serahkan")
    city.settle()
    greens.taps("Tetap serahkan")
    city.settle()
    group.sees("Terbaru: Dinas Lingkungan Hidup")
    seen = [*group.messages, *(m for person in city.people.values() for m in person.chat)]
    everything = "\n".join(m.text or m.caption or "" for m in seen)
    assert "Dinas Lingkungan Hidup" in everything
    assert "dlh" not in everything
    assert "dan Gizi" not in everything
    assert "Dinkesgizi" not in everything
