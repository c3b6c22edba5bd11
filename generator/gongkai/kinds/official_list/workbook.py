"""A list as an Excel workbook, laid out as printed."""

from __future__ import annotations

from datetime import date

from gongkai.column.sheets import Book, workbook
from gongkai.kinds.official_list.model import ListMeaning, OfficialList

_WIDTHS = {ListMeaning.NUMBER: 8, ListMeaning.NAME: 44, ListMeaning.AMOUNT: 16, ListMeaning.TEXT: 30}


def list_workbook(listed: OfficialList) -> bytes:
    """The heads and rows of the list, with the headings of its groups across the sheet."""

    def fill(book: Book) -> None:
        heads = [column.head for column in listed.columns]
        sheet = book.sheet("清单", listed.title, heads, [_WIDTHS[column.meaning] for column in listed.columns])
        at, group = 2, None
        for row in listed.rows:
            if row.group != group and row.group and len(heads) > 1:
                sheet.put(at, 0, row.group, "head", right=len(heads) - 1)
                at += 1
            group = row.group
            for position, (column, text) in enumerate(zip(listed.columns, listed.line(row), strict=True)):
                form = "text" if column.meaning in (ListMeaning.NAME, ListMeaning.TEXT) else "centre"
                sheet.put(at, position, text, form)
            at += 1

    document = listed.document
    return workbook(listed.title, document.issuer_name, document.date_signed or date(listed.year, 1, 1), fill)
