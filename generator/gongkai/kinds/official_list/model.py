"""Official lists (清单): a document, columns with a meaning, and rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.cell import Cell, cell_texts
from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.page import Crumb

LISTS = Crumb("清单", "lists/")
_SUMS = ("合计", "总计", "小计", "共计")
_RATE = frozenset("/／每准")
"""Characters by which a head or unit says that its amounts are rates: 元/件, 每人, 标准."""


class ListMeaning(StrEnum):
    """What stands in a column; the values are what editors write."""

    NUMBER = "序号"
    NAME = "名称"
    AMOUNT = "金额"
    TEXT = "文字"


class ListColumn(Struct, frozen=True, kw_only=True):
    """A column: its head as printed, what stands in it, and for amounts their unit as printed."""

    head: str
    meaning: ListMeaning
    unit: str | None


class ListRow(Struct, frozen=True, kw_only=True):
    """A row: its number is its address, ``group`` the heading above it, ``cells`` its other texts by head."""

    number: int
    name: str
    group: str | None
    cells: tuple[Cell, ...]
    editor_note: str | None
    origin: Origin


class Persons(Struct, frozen=True, kw_only=True):
    """The rows of a list of persons, with the text that orders them on the web and the last day on which they are."""

    ordered_by: str
    clause: str
    last_day: date
    rows: tuple[ListRow, ...]


class OfficialList(Struct, frozen=True, kw_only=True):
    """A list as published with a document. ``earlier`` is the id of the version that it takes the place of.

    A list of persons has its rows in ``persons`` and no others.
    """

    id: str
    organ: str
    year: int
    title: str
    document: Document
    columns: tuple[ListColumn, ...]
    rows: tuple[ListRow, ...]
    earlier: str | None
    persons: Persons | None
    themes: tuple[str, ...]
    related: tuple[str, ...]
    editor_note: str | None
    origin: Origin

    @property
    def url(self) -> str:
        """Its page."""
        return f"{LISTS.url}{self.id}/"

    def url_of(self, number: int) -> str:
        """The page of one row."""
        return f"{self.url}{number}/"

    @property
    def persons_url(self) -> str:
        """The page of the persons, while it is there."""
        return f"{self.url}{urls.PERSONS}"

    @property
    def versions_url(self) -> str:
        """The page that compares it with the version before."""
        return f"{self.url}versions/"

    def line(self, row: ListRow) -> list[str]:
        """What a row says in each column; empty where the table is blank."""
        own = {ListMeaning.NUMBER: str(row.number), ListMeaning.NAME: row.name}
        texts = cell_texts(row)
        return [texts.get(column.head) or own.get(column.meaning, "") for column in self.columns]

    def totals(self) -> list[tuple[ListColumn, Decimal]]:
        """The sums of columns of amounts in which each row says a number or nothing.

        Rates (元/件) have no sum, and a list that prints sums among its rows (合计) has them already.
        """
        found: list[tuple[ListColumn, Decimal]] = []
        if any(row.name.startswith(_SUMS) for row in self.rows):
            return found
        for column in self.columns:
            if column.meaning is ListMeaning.AMOUNT and not _RATE & set(f"{column.head}{column.unit or ''}"):
                amounts = [amount_of(text) for row in self.rows if (text := cell_texts(row).get(column.head))]
                known = [amount for amount in amounts if amount is not None]
                if known and len(known) == len(amounts):
                    found.append((column, sum(known, Decimal())))
        return found


def amount_of(text: str) -> Decimal | None:
    """A printed amount (1,200.50) as a number; None for anything that is not one number alone."""
    plain = text.replace(",", "").replace("，", "").strip()
    digits = plain.removeprefix("-").replace(".", "", 1)
    return Decimal(plain) if digits.isascii() and digits.isdigit() else None
