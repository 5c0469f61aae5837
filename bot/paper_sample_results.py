"""Sample results of a self-evaluation, made from the two instruments that the office keeps."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from bot.paper_sample_parts import SITTINGS, Flavour
from sop.instrument import Aspect, Domain, Indicator, Instrument
from sop.papers import AspectLine, DifferingOpinion, DomainLine, IndicatorLine, ResultFacts

INSTRUMENTS: Final = Path(__file__).parents[1] / "office" / "instruments"
WHOLE: Final = "permenpanrb-59-2020"
FRACTIONAL: Final = "permenpanrb-8-2026"
ONE: Final = Decimal(1)
GIVEN: Final = SITTINGS[-1].date()  # the day of the meeting
FRACTIONS: Final = {1: "2", 2: "1.5", 3: "1.26", 4: "1.3", 11: "1.5", 12: "1.25", 13: "1.17", 17: "2.5", 20: "1.3"}
"""A real assessor's values above 1 under PermenPANRB 8/2026; their index is 1.2415."""
EVIDENCE: Final = (
    "Keputusan Wali Kota tentang Tim Koordinasi",
    "Undangan, daftar hadir, dan notula pembahasan",
    "Laporan hasil reviu tahunan",
    "Tangkapan layar layanan dan buku petunjuknya",
)
SERVICES: Final = {
    45: "Layanan Pendaftaran Pasien Puskesmas Daring",
    46: "Layanan Penerimaan Murid Baru",
    47: "Layanan Perizinan Usaha Mikro",
}
TASKS: Final = (
    ("Menyusun laporan reviu kebijakan arsitektur.", "Dinas Komunikasi dan Informatika", date(2027, 2, 26)),
    ("Melengkapi bukti pelaksanaan audit keamanan.", "Inspektorat Daerah", date(2027, 3, 31)),
    ("Mengusulkan anggaran integrasi layanan.", "Badan Perencanaan Pembangunan Daerah", None),
)
EXPLANATION: Final = (
    "Kebijakan sudah ditetapkan dan diterapkan pada sebagian besar perangkat daerah. Penerapannya dipantau setiap "
    "triwulan, tetapi reviu tahunan belum terdokumentasi."
)
IMPROVEMENT: Final = (
    "Menyusun laporan reviu tahunan dan menetapkan tindak lanjutnya dengan Keputusan Kepala Dinas.",
    "Memperluas penerapan ke seluruh perangkat daerah, disertai pedoman dan pemantauan berkala.",
    "Mengintegrasikan layanan dengan sistem penghubung layanan dan mendokumentasikan hasil ujinya.",
)


@cache
def _instrument(name: str) -> Instrument:
    return Instrument.model_validate(yaml.safe_load((INSTRUMENTS / f"{name}.yaml").read_text(encoding="utf-8")))


def result(f: Flavour) -> ResultFacts:
    """47 whole levels; 20 fractional values with externals (drafts, hostile); one indicator of one aspect."""
    instrument = _instrument(FRACTIONAL if f.draft or f.opds == 4 or not f.full else WHOLE)
    first = instrument.domains[0].aspects[0]
    if f.full:
        domains = tuple(_domain(number, domain, instrument, f) for number, domain in enumerate(instrument.domains, 1))
    else:
        line = _indicator(first.indicators[0], instrument, f)
        aspect = AspectLine(number=1, name=first.name, weight=line.weight, index=line.value, indicators=(line,))
        domains = (DomainLine(number=1, name=None, weight=line.weight, index=line.value, aspects=(aspect,)),)
    index = _mean([(domain.weight, domain.index) for domain in domains])
    return ResultFacts(
        index_name=instrument.index_name,
        index=index,
        predicate=next(p.name for p in instrument.predicates if index >= p.minimum),
        lowest=instrument.scale.minimum,
        highest=instrument.scale.maximum,
        fractional=instrument.scale.fractional,
        domains=domains,
        dissent=dissent(f),
    )


def dissent(f: Flavour) -> tuple[DifferingOpinion, ...]:
    """What was held otherwise in the meeting: by nobody in the minimal sample, by two in the extreme one."""
    many = (2 if f.opds == 60 else 1) if f.full else 0
    words = "Audit keamanan belum dapat diberi tingkat 3, karena laporannya belum ada."
    who = ("Inspektorat Daerah", "Badan Perencanaan Pembangunan dan Penelitian Pengembangan Daerah")[:many]
    return tuple(DifferingOpinion(by=f.typed(one), words=f.typed(words)) for one in who)


def _mean(parts: list[tuple[Decimal, Decimal]]) -> Decimal:
    return sum((w * v for w, v in parts), Decimal(0)) / sum((w for w, _ in parts), Decimal(0))


def _domain(number: int, domain: Domain, instrument: Instrument, f: Flavour) -> DomainLine:
    aspects = tuple(_aspect(aspect, instrument, f) for aspect in domain.aspects)
    index = _mean([(aspect.weight, aspect.index) for aspect in aspects])
    return DomainLine(number=number, name=domain.name or None, weight=domain.weight, index=index, aspects=aspects)


def _aspect(aspect: Aspect, instrument: Instrument, f: Flavour) -> AspectLine:
    known = [a.code for domain in instrument.domains for a in domain.aspects]
    lines = tuple(_indicator(indicator, instrument, f) for indicator in aspect.indicators)
    return AspectLine(
        number=known.index(aspect.code) + 1,
        name=aspect.name,
        weight=aspect.weight,
        index=_mean([(line.weight, line.value) for line in lines]),
        indicators=lines,
    )


def _indicator(indicator: Indicator, instrument: Instrument, f: Flavour) -> IndicatorLine:
    n, typed = indicator.number, _long(f)
    waiting = bool(indicator.external) and n != 5
    value = Decimal(FRACTIONS.get(n, "1")) if instrument.scale.fractional else Decimal(1 + (n * 7) % 5)
    names = {Decimal(level.level): level.name for level in instrument.levels[indicator.levels]}
    said = f.full and n % 11 != 4
    service = SERVICES.get(n) if len(instrument.indicators) > 40 else None
    return IndicatorLine(
        number=n,
        name=f.typed(indicator.name) if f.typed is not str and n == 2 else indicator.name,
        weight=indicator.weight,
        value=ONE if waiting else value,
        level=names.get(value),
        service=service and f.typed(service),
        external=indicator.external or None,
        waiting=waiting,
        explanation=typed(EXPLANATION) if said and not waiting else None,
        evidence=tuple(f.typed(f"I{n:02}-{k}-{name}.pdf") for k, name in enumerate(EVIDENCE[: 1 + n % 4], 1))
        if said and not waiting
        else (),
        improvement=typed(IMPROVEMENT[n % 3]) if said and not waiting and value < instrument.scale.maximum else None,
        source=None if waiting else indicator.external or "Tim SPBE Kota Pangkalpinang",
        given_on=None if waiting else GIVEN,
    )


def _long(f: Flavour) -> Callable[[str], str]:
    """Notes of the extreme sample are long paragraphs."""
    if f.opds < 60:
        return f.typed
    return lambda text: f.typed(f"{text}\n{text} {text}")
