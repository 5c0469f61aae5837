"""What a Lembar Disposisi says beside its instruction (SOP step 2): how urgent, how secret, which number of the agenda.

Urgency and security are axes of their own (document-formats.md, 2.5). The number belongs to the Sekretariat's buku
agenda, never to us: a person gives it, and until then the sheet has a gap for the pen.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sop.refusals import BadInput

Urgency = Literal["sangat_segera", "segera", "biasa"]
Security = Literal["biasa", "terbatas", "rahasia", "sangat_rahasia"]
URGENCIES: Final[tuple[Urgency, ...]] = get_args(Urgency)
SECURITIES: Final[tuple[Security, ...]] = get_args(Security)
LONGEST_AGENDA_NUMBER: Final = 30  # letters for which the sheet has room
_AGENDA_NUMBER: Final = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z./\- ]*")


@dataclass(frozen=True, slots=True)
class Marks:
    """Urgency and security of one disposition."""

    urgency: Urgency
    security: Security


def read_agenda_number(text: str) -> str:
    """The number of the agenda as it is kept, without superfluous blanks.

    Raises:
        BadInput: empty, longer than the sheet has room for, or not the form of a number.
    """
    number = re.sub(r"\s*/\s*", "/", " ".join(text.split()))
    if not number:
        raise BadInput(field="agenda_number", problem="empty")
    if len(number) > LONGEST_AGENDA_NUMBER:
        raise BadInput(field="agenda_number", problem="long", value=str(LONGEST_AGENDA_NUMBER))
    if not _AGENDA_NUMBER.fullmatch(number):
        raise BadInput(field="agenda_number", problem="form", value=number)
    return number
