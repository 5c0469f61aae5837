"""The office as data: OPDs, letterheads, signatories, hours, numbering, standing sentences; and all of it together."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from string import Formatter
from typing import Literal, get_args

from pydantic import Field

from sop import letter_habits, standing_text
from sop.definition import ADMINISTRATOR, Duration, Frozen, Sop
from sop.disposition import Security, Urgency
from sop.instrument import Instrument
from sop.letter_habits import LetterHabits
from sop.office_calendar import ClockText, OfficeCalendar


class Opd(Frozen):
    """A perangkat daerah."""

    key: str
    name: str
    short: str
    head: str  # title of its head, as addressed in letters


class GeneralItem(Frozen):
    """Something asked of every OPD beside its indicators."""

    code: str
    title: str
    example: str
    formats: str = ""


class OpdList(Frozen):
    """The agencies and what is asked of all of them."""

    opds: tuple[Opd, ...]
    general_items: tuple[GeneralItem, ...]
    evidence_formats: str

    def problems(self) -> list[str]:
        """Keys and codes that stand twice."""
        keys = [o.key for o in self.opds]
        codes = [g.code for g in self.general_items]
        found = [f"opds: the key '{k}' stands twice" for k in sorted({k for k in keys if keys.count(k) > 1})]
        return found + [
            f"general_items: the code '{c}' stands twice" for c in sorted({c for c in codes if codes.count(c) > 1})
        ]


class Letterhead(Frozen):
    """A kop; it follows the signer, not the drafter. *lines*: the government, then what stands above the office."""

    lines: tuple[str, ...]
    office: str
    address: tuple[str, ...]
    logo: str = ""


class Signatory(Frozen):
    """Somebody who signs, for a period; old papers keep the title of their day."""

    key: str
    title: str  # "Kepala Dinas Komunikasi dan Informatika"
    name: str
    rank: str = ""  # elected officials have none
    nip: str = ""
    acting: Literal["", "Plt.", "Plh."] = ""
    on_behalf_of: str = ""  # printed with "a.n."
    through: str = ""  # printed with "u.b."
    letterhead: str
    valid_from: date
    valid_until: date | None = None

    def signs_on(self, day: date) -> bool:
        """Whether this is the signer on *day*."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class FourEyes(Frozen):
    """Who drafted may not dispose, who uploaded may not review."""

    disposition: bool = True
    review: bool = True


# What a number pattern may name (filled in sop/numbering.py).
NUMBER_PARTS = ("klasifikasi", "urut", "unit", "bulan_romawi", "tahun")


class Numbering(Frozen):
    """How the office numbers letters; the serial is given by people.

    *units*: letterhead → its unit, where that is another than *unit*. *hold_minutes* of the clock: how long a suggested
    number is kept for the clerk who was shown it. *memo_numbered*: whether the nota dinas bears a number.
    """

    unit: str
    classification: str
    pattern: str
    units: Mapping[str, str] = {}
    hold_minutes: int = 30
    memo_numbered: bool = True

    def unit_of(self, letterhead: str) -> str:
        """The unit whose register a letter under this letterhead is numbered in."""
        return self.units.get(letterhead, self.unit)

    @property
    def all_units(self) -> tuple[str, ...]:
        """Every unit once, the office's own first."""
        return tuple(dict.fromkeys((self.unit, *self.units.values())))

    def problems(self) -> list[str]:
        """Names in the pattern that no number can fill, a pattern without the serial, units and times of no use."""
        return [*self._pattern_problems(), *self._unit_problems()]

    def _unit_problems(self) -> list[str]:
        units = self.all_units
        found = ["numbering.unit, numbering.units: a unit has no text" for u in units if not u.strip()]
        folded = [u.casefold() for u in units]
        found += [
            f"numbering.units: '{u}' differs from another unit in capitals only"
            for n, u in enumerate(units)
            if u.casefold() in folded[:n]
        ]
        if not 1 <= self.hold_minutes <= 1440:
            found.append("numbering.hold_minutes: must lie between 1 and 1440 minutes")
        return found

    def _pattern_problems(self) -> list[str]:
        try:
            names = {name for _, name, _, _ in Formatter().parse(self.pattern) if name is not None}
        except ValueError as error:
            return [f"numbering.pattern: '{self.pattern}' cannot be read ({error})"]
        known = ", ".join(f"{{{n}}}" for n in NUMBER_PARTS)
        found = [f"numbering.pattern: unknown '{{{n}}}'; known: {known}" for n in sorted(names - set(NUMBER_PARTS))]
        if "urut" not in names:
            found.append("numbering.pattern: {urut} is missing; without the serial all letters have the same number")
        return found


class QuietRange(Frozen):
    """Quiet hours that a person may choose within, and the office's default (HH.MM, WIB)."""

    default_from: ClockText
    default_until: ClockText
    earliest_from: ClockText
    latest_until: ClockText


BookPaper = Literal["formulir_terisi", "rekapitulasi", "undangan_rapat", "daftar_hadir", "notula", "berita_acara"]


class PageMargins(Frozen):
    """Of an upright sheet, in millimetres; the code for checking a paper stands in the lower one."""

    top: int = Field(default=20, ge=10, le=40)
    right: int = Field(default=20, ge=10, le=40)
    bottom: int = Field(default=25, ge=25, le=40)
    left: int = Field(default=30, ge=10, le=40)


class Office(Frozen):
    """office/office.yaml."""

    city: str
    name: str
    place: str  # where letters are dated
    paper: Literal["F4", "A4"]
    font: Literal["Arial", "Times New Roman", "Bookman Old Style"]
    font_size: Literal[11, 12] = 12
    margins: PageMargins = PageMargins()
    team: str
    contact: str
    meeting_place: str
    meeting_agenda: str
    ready_sentence: str  # usual words of the team's readiness in the laporan persiapan
    suggestion: str = ""  # what that report suggests, after its conclusion
    letterheads: Mapping[str, Letterhead]
    signatories: tuple[Signatory, ...]
    letter_signatory: str
    report_signatory: str  # laporan persiapan
    disposition_signatory: str  # lembar disposisi
    recap_checker: str = ""  # signs the rekapitulasi beside the team, if anybody does
    meeting_signatory: str = ""  # undangan rapat; the letters' signer where none is given
    statement_signatories: tuple[str, ...] = ()  # berita acara, in the order of the paper; likewise
    statement_copies: int = Field(default=2, ge=1, le=20)  # originals of the berita acara
    book_papers: tuple[BookPaper, ...] = get_args(BookPaper)  # what the Dokumen Evaluasi carries in its annexes
    memo_form: Literal["kepada_di_depan", "nomor_di_judul"] = "kepada_di_depan"
    minutes_title: Literal["Notula", "Notulen"] = "Notula"
    meeting_recipients: str = "Peserta Rapat Koordinasi"  # what its invitation calls them when it lists them apart
    meeting_subject: str = "Rapat koordinasi evaluasi mandiri"  # usual first point of the agenda
    name_style: Literal["biasa", "tebal_bergaris"] = "biasa"
    hal_label: Literal["Hal", "Perihal"] = "Hal"
    subject: str  # "Sistem Pemerintahan Berbasis Elektronik (SPBE)"
    subject_short: str  # "SPBE"
    numbering: Numbering
    dated_with_place: bool = True  # "Pangkalpinang, 24 November 2026"; newer letters leave the place to the kop
    sentences: Mapping[str, standing_text.Sentences] = {}  # kind of paper → its first and last sentence
    letters: Mapping[str, LetterHabits] = {}  # kind of letter → what differs there
    sifat: str
    legal_basis: tuple[str, ...]  # "{instrumen}" stands for the regulation of the cycle's indicators
    tembusan: tuple[str, ...]  # of letters that go out; a nota dinas has its own under *letters*, or none
    instructions: tuple[str, ...]
    usual_instruction: str  # of the standing ones; what a disposition carries when none is chosen
    disposition_urgency: Urgency = "biasa"  # likewise, of the sheet's boxes under Sifat
    disposition_security: Security = "biasa"
    return_reasons: Mapping[str, tuple[str, ...]]
    four_eyes: FourEyes = FourEyes()
    quiet: QuietRange
    invitation_days: int = 14
    repair_working_days: int = 3
    largest_file_mb: int = 20
    checks_per_hour: int = Field(default=20, ge=1, le=1000)  # how often one person may check papers with /cek
    pause_after_minutes: int = 2  # Telegram keeps taps for 150 seconds

    def signatory(self, key: str, day: date) -> Signatory | None:
        """The signer under *key* on a day."""
        return next((s for s in self.signatories if s.key == key and s.signs_on(day)), None)

    def habits(self, kind: str) -> LetterHabits:
        """What the office says of one kind of letter alone."""
        return self.letters.get(kind, LetterHabits())

    def classification_of(self, kind: str) -> str:
        """The class in the number of a kind of letter."""
        return self.habits(kind).classification or self.numbering.classification

    def sifat_of(self, kind: str) -> str:
        """What a kind of letter prints under Sifat."""
        return self.habits(kind).sifat or self.sifat

    def tembusan_of(self, kind: str) -> tuple[str, ...]:
        """Who gets a copy of a kind of letter; of a nota dinas only whom the office names for it."""
        own = self.habits(kind).tembusan
        usual = () if kind == "nota_dinas" else self.tembusan
        return usual if own is None else own

    @property
    def signing_roles(self) -> dict[str, tuple[str, ...]]:
        """Which signers each setting names, by the setting."""
        return {
            "letter_signatory": (self.letter_signatory,),
            "report_signatory": (self.report_signatory,),
            "disposition_signatory": (self.disposition_signatory,),
            "meeting_signatory": tuple(filter(None, (self.meeting_signatory,))),
            "recap_checker": tuple(filter(None, (self.recap_checker,))),
            "statement_signatories": self.statement_signatories,
        }

    def without_signer(self, day: date) -> list[str]:
        """Settings that name a signer whom nobody is on *day*."""
        return [
            f"{setting}: tidak ada penanda tangan '{key}' yang berlaku pada {day:%d-%m-%Y}; tambahkan pada signatories"
            for setting, keys in self.signing_roles.items()
            for key in keys
            if self.signatory(key, day) is None
        ]

    def problems(self) -> list[str]:
        """Names that nobody knows."""
        found = [
            f"signatories ({s.key}): unknown letterhead '{s.letterhead}'; known: {', '.join(self.letterheads)}"
            for s in self.signatories
            if s.letterhead not in self.letterheads
        ]
        found += [
            f"signatories ({s.key}): nip must have 18 digits"
            for s in self.signatories
            if s.nip and not (s.nip.isdigit() and len(s.nip) == 18)
        ]
        found += [
            f"letterheads ({k}): lines must name the government" for k, h in self.letterheads.items() if not h.lines
        ]
        found += self.numbering.problems()
        found += standing_text.problems(self.sentences)
        found += [
            f"legal_basis: {w}" for line in self.legal_basis for w in standing_text.unreadable(line, ("instrumen",))
        ]
        found += letter_habits.problems(self.letters)
        found += [
            f"numbering.units: unknown letterhead '{k}'; known: {', '.join(self.letterheads)}"
            for k in self.numbering.units
            if k not in self.letterheads
        ]
        known = {s.key for s in self.signatories}
        found += [
            f"{setting}: unknown '{key}'; known: {', '.join(sorted(known))}"
            for setting, keys in self.signing_roles.items()
            for key in keys
            if key not in known
        ]
        if self.usual_instruction not in self.instructions:
            found.append(f"usual_instruction: '{self.usual_instruction}' is none of: {', '.join(self.instructions)}")
        return found


class Bundle(Frozen):
    """Everything that the office may change, as loaded at start. A cycle keeps the bundle it began with."""

    sop: Sop
    office: Office
    opd_list: OpdList
    calendar: OfficeCalendar
    instruments: Mapping[str, Instrument]

    @property
    def hash(self) -> str:
        """Content hash: the version a cycle refers to."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def opd(self, key: str) -> Opd:
        """An agency by key; one that has left the list is shown by its key, so that old cycles stay readable."""
        found = next((o for o in self.opd_list.opds if o.key == key), None)
        return found or Opd(key=key, name=key, short=key, head=key)

    @property
    def names(self) -> Mapping[str, str]:
        """Keys that refusals carry, in words: roles, kinds of paper, agencies (the later wins where two are alike)."""
        return {
            ADMINISTRATOR: "Administrator",
            **{o.key: o.name for o in self.opd_list.opds},
            **{key: kind.title for key, kind in self.sop.papers.items()},
            **{key: actor.name for key, actor in self.sop.actors.items()},
        }

    def askable(self, instrument: str) -> dict[str, tuple[str, str, str]]:
        """Everything that can be asked under an instrument: code → (title, example, formats)."""
        found = {g.code: (g.title, g.example, g.formats) for g in self.opd_list.general_items}
        for i in self.instruments[instrument].indicators:
            if not i.external:
                found[i.code] = (i.name, "; ".join(i.evidence), self.opd_list.evidence_formats)
        return found

    def asked_of(self, opd: str, instrument: str) -> tuple[str, ...]:
        """Codes of what is asked of an agency under an instrument, unless the team decides otherwise."""
        owned = {i.code for i in self.instruments[instrument].indicators if opd in i.owners}
        general = {g.code for g in self.opd_list.general_items}
        return tuple(code for code in self.askable(instrument) if code in owned | general)

    def with_agencies(self, further: Iterable[Opd]) -> "Bundle":
        """The bundle with further agencies; where a key is in the list already, the list counts."""
        known = {o.key for o in self.opd_list.opds}
        added = tuple(o for o in further if o.key not in known)
        if not added:
            return self
        opd_list = self.opd_list.model_copy(update={"opds": (*self.opd_list.opds, *added)})
        return self.model_copy(update={"opd_list": opd_list})

    def with_collection_time(self, target: Duration | None, limit: Duration | None) -> "Bundle":
        """The bundle with other times for the steps per OPD: what the team chose at the opening of a cycle."""
        steps = tuple(
            s.model_copy(update={"target": target or s.target, "limit": limit or s.limit}) if s.each else s
            for s in self.sop.steps
        )
        return self.model_copy(update={"sop": self.sop.model_copy(update={"steps": steps})})
