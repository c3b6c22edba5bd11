"""Corrections (更正): what of a published record was changed afterwards, on which day and why. Readers see them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gongkai.column.origin import Origin


class Correction(Struct, frozen=True):
    """One correction of the record ``record``, whose page is at ``url``.

    ``field`` is the name that editors write, ``label`` what they call it, ``number`` counts those of a record from 1.
    """

    record: str
    number: int
    url: str
    day: date
    field: str
    label: str
    reason: str
    origin: Origin

    @property
    def id(self) -> str:
        """Its own id in the open data."""
        return f"{self.record}/corrections/{self.number}"

    def covers(self, field: str) -> bool:
        """Whether it speaks of a field, or of what that lies in: ``stages`` covers ``stages.result``."""
        return field == self.field or field.startswith(f"{self.field}.")
