"""An answer to a question about a policy, as its file gives it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Answered(Struct, frozen=True):
    """An answer as printed, the ids of the records it rests on with their clauses, and the day that it is of."""

    paragraphs: tuple[str, ...]
    basis: tuple[tuple[str, str | None], ...]
    day: date | None
