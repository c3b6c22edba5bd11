"""A catalogue of what must be public as an Excel workbook, laid out as printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.column.cell import cell_heads, cell_texts
from gongkai.column.sheets import Book, Fill, Sheet, workbook
from gongkai.kinds.catalogue.model import Catalogue, CatalogueItem

_CATALOGUE_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("number", "序号", 6),
    ("area", "一级事项", 14),
    ("title", "公开事项", 26),
    ("content", "公开内容（要素）", 40),
    ("basis", "公开依据", 34),
    ("deadline", "公开时限", 22),
    ("units_text", "公开主体", 20),
    ("channels", "公开渠道和载体", 24),
    ("audience", "公开对象", 12),
    ("method", "公开方式", 12),
    ("level", "公开层级", 12),
)


def catalogue_workbook(catalogue: Catalogue, flat: Fill) -> bytes:
    """The catalogue as printed: the columns that it has, and neighbours under one 一级事项 in one cell."""
    items = catalogue.items
    shown = [column for column in _CATALOGUE_COLUMNS if any(getattr(item, column[0]) for item in items)]

    def fill(book: Book) -> None:
        beside = cell_heads(items)
        heads = [*(label for _, label, _ in shown), *beside]
        widths = [*(width for _, _, width in shown), *(20 for _ in beside)]
        sheet = book.sheet("主动公开事项目录", catalogue.title, heads, widths)
        for at, item in enumerate(items):
            for position, (field, _, _) in enumerate(shown):
                if field == "area":
                    _area(sheet, items, at, position)
                else:
                    form = "centre" if field == "number" else "text"
                    sheet.put(at + 2, position, str(getattr(item, field) or ""), form)
            cells = cell_texts(item)
            for position, head in enumerate(beside, len(shown)):
                sheet.put(at + 2, position, cells.get(head, ""), "text")

    document = catalogue.document
    created = document.date_signed or date(catalogue.year, 1, 1)
    return workbook(catalogue.title, document.issuer_name, created, fill, flat)


def _area(sheet: Sheet, items: Sequence[CatalogueItem], at: int, column: int) -> None:
    area = items[at].area
    if at and area and items[at - 1].area == area:
        return
    below = 0
    while area and at + below + 1 < len(items) and items[at + below + 1].area == area:
        below += 1
    sheet.put(at + 2, column, area or "", "centre", below=below)
