"""An answer to a public consultation, linked."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.page import Crumb

RESPONSES = Crumb("意见采纳情况", "responses/")


class Treatment(StrEnum):
    """What became of an opinion."""

    ADOPTED = "采纳"
    PARTLY = "部分采纳"
    NOT_ADOPTED = "未采纳"
    EXPLAINED = "解释说明"


class Opinion(Struct, frozen=True, kw_only=True):
    """One opinion as the answer prints it; ``count`` is how many people gave it, where printed."""

    number: int
    text: str
    treatment: Treatment
    reason: str | None
    count: int | None
    origin: Origin


class Response(Struct, frozen=True, kw_only=True):
    """One answer. ``about`` is the id of the occasion, decision or document it answers for; numbers are as printed."""

    id: str
    organ: str
    year: int
    title: str
    document: Document
    about: str | None
    received: int | None
    adopted: int | None
    unadopted_reasons: str | None
    opinions: tuple[Opinion, ...]
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin

    @property
    def url(self) -> str:
        """Its page."""
        return f"{RESPONSES.url}{self.id}/"
