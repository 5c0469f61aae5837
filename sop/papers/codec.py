"""Contexts to JSON and back: kept with an issued paper, so that it can be printed again and audited."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeAlias

from pydantic import TypeAdapter

from sop.papers.document import DokumenEvaluasi
from sop.papers.form import FormulirTerisi
from sop.papers.handover import Ekspedisi, TandaTerima, UndanganAkun
from sop.papers.internal import LaporanPersiapan, LembarDisposisi
from sop.papers.letters import SuratPermohonanData, SuratUndangan
from sop.papers.meeting import DaftarHadir, Notula, UndanganRapat
from sop.papers.recap import Rekapitulasi
from sop.papers.register import RegisterSurat
from sop.papers.report import BeritaAcara, NotaDinas
from sop.papers.sheet import SopSheet

Context: TypeAlias = (
    LaporanPersiapan
    | SuratUndangan
    | SuratPermohonanData
    | LembarDisposisi
    | TandaTerima
    | Ekspedisi
    | UndanganAkun
    | Rekapitulasi
    | UndanganRapat
    | DaftarHadir
    | Notula
    | SopSheet
    | FormulirTerisi
    | NotaDinas
    | BeritaAcara
    | DokumenEvaluasi
    | RegisterSurat
)

KINDS: Final[dict[str, type[Context]]] = {
    "laporan_persiapan": LaporanPersiapan,
    "surat_undangan": SuratUndangan,
    "surat_permohonan_data": SuratPermohonanData,
    "lembar_disposisi": LembarDisposisi,
    "ekspedisi": Ekspedisi,
    "tanda_terima": TandaTerima,
    "undangan_akun": UndanganAkun,
    "rekapitulasi": Rekapitulasi,
    "undangan_rapat": UndanganRapat,
    "daftar_hadir": DaftarHadir,
    "notula": Notula,
    "sop": SopSheet,
    "formulir_terisi": FormulirTerisi,
    "nota_dinas": NotaDinas,
    "berita_acara": BeritaAcara,
    "dokumen_evaluasi": DokumenEvaluasi,
    "register_surat": RegisterSurat,
}
"""Every kind of paper, by the name of its template and of its entry in the office's sop.yaml."""

SECRET_KINDS: Final = frozenset({"undangan_akun"})
"""Papers that carry codes: once printed, their context is not kept."""


_GONE: Final[dict[str, tuple[str, ...]]] = {
    "laporan_persiapan": ("number", "number_gap"),  # a titled report has none
    "surat_undangan": ("extra",),
    "surat_permohonan_data": ("extra",),
    "undangan_rapat": ("extra", "enclosures"),
    "tanda_terima": ("note",),
}
"""Fields that kept contexts may still have, and that nothing ever filled."""


def _sheet_with_security(kept: dict[str, Any]) -> dict[str, Any]:
    """The Lembar Disposisi knew secret or not once; security has four classes."""
    if "secret" not in kept:
        return kept
    rest = {name: value for name, value in kept.items() if name != "secret"}
    return rest | {"security": "rahasia" if kept["secret"] else "biasa"}


def _result_without_dissent(kept: dict[str, Any]) -> dict[str, Any]:
    """The result of the meeting had an empty place for dissent; the notula itself has it now."""
    result = kept.get("result") or {}
    return kept | {"result": {name: value for name, value in result.items() if name != "dissent"} or None}


_FORMER: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "lembar_disposisi": _sheet_with_security,
    "notula": _result_without_dissent,
}
"""Contexts that were kept under an earlier form, as what they are today."""


@cache
def _adapter(kind: str) -> TypeAdapter[Context]:
    return TypeAdapter(KINDS[kind])


def kind_of(context: Context) -> str:
    """The kind of paper that a context is for."""
    return next(kind for kind, known in KINDS.items() if known is type(context))


def to_json(context: Context) -> dict[str, Any]:
    """Plain JSON values of a context; moments as ISO 8601 with their offset."""
    values: dict[str, Any] = _adapter(kind_of(context)).dump_python(context, mode="json")
    return values


def from_json(kind: str, values: dict[str, Any]) -> Context:
    """Read a context back, strictly; one that was kept under an earlier form as what it is today.

    Raises:
        KeyError: no such kind of paper.
        pydantic.ValidationError: a field is missing, unknown, blank or of the wrong type (a ValueError).
    """
    kept = {name: value for name, value in values.items() if name not in _GONE.get(kind, ())}
    as_today = _FORMER[kind](kept) if kind in _FORMER else kept
    return _adapter(kind).validate_json(json.dumps(as_today))
