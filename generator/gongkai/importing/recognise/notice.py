"""The elements of one official document (公文), as they are printed."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from gongkai.importing.blocks import Block, LeftOut, Paragraph


class Notice(Struct):
    """The elements of one document as printed. ``printed`` keeps the wording of values that change their form.

    ``title_above`` and ``issuer_above`` are what a portal prints in its box above the text.
    """

    title: str | None = None
    header: str | None = None
    doc_number: str | None = None
    addressees: str | None = None
    body: list[Paragraph] = field(default_factory=list)
    annexes: list[str] = field(default_factory=list)
    signature: str | None = None
    date_signed: date | None = None
    note: str | None = None
    copies: str | None = None
    printed_by: str | None = None
    date_printed: date | None = None
    printed_line: str | None = None
    date_published: date | None = None
    index_number: str | None = None
    validity: str | None = None
    openness: str | None = None
    registered: str | None = None
    title_above: str | None = None
    issuer_above: str | None = None
    printed: list[str] = field(default_factory=list)
    payload: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
