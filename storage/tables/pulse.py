"""When the bot was last alive."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class PulseRow(Base):
    """One row, written every half minute while the bot runs."""

    __tablename__ = "pulse"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
