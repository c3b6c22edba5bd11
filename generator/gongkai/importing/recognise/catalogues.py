"""Catalogues of what must be public (主动公开事项目录, 基层政务公开标准目录): a table with a column for each element.

Headings seen: 序号/公开事项（一级事项、二级事项）/公开内容（要素）/公开依据/公开时限/公开主体/公开渠道和载体, then
公开对象（全社会、特定群体）/公开方式（主动、依申请）/公开层级（县级、乡级）, often as two columns each, ticked with √.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct, field

from gongkai.importing.blocks import Block, Cell, Paragraph, Table
from gongkai.text.blanks import squeeze
from gongkai.text.numerals import digits
from gongkai.text.patterns import anywhere, whole
from gongkai.text.table_heads import in_chinese

_LEVEL = "(公开)?(事项|目录|类目|类别|指标|分类|栏目|标题)(名称)?"
_LABELS: tuple[tuple[str, str], ...] = (
    ("number", r"序号?|编号"),
    ("area", rf"一级{_LEVEL}|(公开|事项|目录)?(类别|类目|领域|分类|栏目)"),
    ("title", rf"(二级|三级|四级){_LEVEL}|(公开)?(事项|子项|项目|信息)(名称)?|公开事项(名称)?"),
    ("content", r"(公开)?(的)?(主要)?内容((及|和)?(标准|要素|要求|形式))*(（.{1,12}）)?"),
    ("basis", r"(公开)?依据"),
    ("deadline", r"(公开|更新)?(时限|时间|期限|频次)"),
    ("units", r"公开(责任)?(主体|单位|部门|机构)|(责任|承办|负责)(主体|单位|部门|科室|处室|股室|机构)"),
    ("channels", r"(公开)?(渠道|载体|平台|途径|形式)((和|及|与|、)(渠道|载体|平台|途径|形式))?"),
    ("audience", r"公开对象"),
    ("method", r"公开方式"),
    ("level", r"公开层级"),
)
_PATTERNS = tuple((name, whole(pattern)) for name, pattern in _LABELS)
_BELOW = whole(
    r"(一|二|三)级(公开)?事项|全社会|特定(群体|对象)|主动(公开)?|依申请(公开)?|[\u4e00-\u9fff、（）()]{1,7}级"
)
_TICK = whole(r"[√✓✔☑■●]+")
_BRACKETS = anywhere(r"[（(][^（）()]*[）)]$")
_TOLD = {"content", "basis", "deadline"}
_FEWEST, _TOP = 4, 6


class Column(NamedTuple):
    """What a column holds, and the word below its heading (全社会, 乡级), which a tick stands for."""

    field: str | None
    below: str
    head: str = ""


class Item(Struct):
    """One row. ``texts`` by field; ``links`` are addresses with the words they stand behind."""

    number: int
    texts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)


class Catalogue(Struct):
    """A catalogue as drafted; ``rest`` are paragraphs that belong to no item, ``odd`` rows that fit no column."""

    items: list[Item] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    rest: list[Paragraph] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


def is_catalogue(table: Table) -> bool:
    """True for a table whose headings are those of a catalogue."""
    return _header(table) is not None


def read_catalogue(blocks: Sequence[Block]) -> Catalogue | None:
    """Read all tables of a part as one catalogue; None when none of them is."""
    found = Catalogue()
    for block in blocks:
        if isinstance(block, Table) and is_catalogue(block):
            _table(found, block)
        elif isinstance(block, Paragraph):
            found.rest.append(block)
    _renumber(found.items)
    return found if found.items else None


def _field(label: str) -> str | None:
    plain = _BRACKETS.sub("", in_chinese(label))
    return next((name for name, pattern in _PATTERNS if pattern.fullmatch(plain)), None)


def _header(table: Table) -> int | None:
    for at, row in enumerate(table.rows[:_TOP]):
        fields = {_field(cell.text) for cell in row if cell.text.strip()} - {None}
        if not any("公开" in cell.text or "要素" in cell.text for cell in row):
            continue  # other tables have contents and days, too
        if len(fields) >= _FEWEST and fields & {"title", "area"} and fields & _TOLD:
            return at
    return None


def _columns(table: Table, at: int) -> tuple[list[Column], int]:
    """The columns, and the first row below the headings; a blank heading belongs to the one on its left."""
    fields: list[str | None] = []
    heads: list[str] = []
    for cell in table.rows[at]:
        heads.append(squeeze(cell.text) or (heads[-1] if heads else ""))
        fields.append(_field(cell.text) if cell.text.strip() else fields[-1] if fields else None)
    below = table.rows[at + 1] if at + 1 < len(table.rows) else ()
    words = [squeeze(cell.text) for cell in below]
    if not any(words) or not all(_BELOW.fullmatch(_BRACKETS.sub("", word)) for word in words if word):
        return [Column(name, "", head) for name, head in zip(fields, heads, strict=True)], at + 1
    own = [_field(word) if word and "级" in word and "事项" in word else None for word in words]
    names = [given or name for given, name in zip(own, fields, strict=False)]
    shown = ["" if given else _BRACKETS.sub("", word) for given, word in zip(own, words, strict=False)]
    return [Column(name, word, head) for name, word, head in zip(names, shown, heads, strict=True)], at + 2


def _table(found: Catalogue, table: Table) -> None:
    at = _header(table)
    assert at is not None
    columns, first = _columns(table, at)
    found.printed += [cell.text for row in table.rows[:first] for cell in row if cell.text.strip()]
    heading = [squeeze(cell.text) for cell in table.rows[at]]
    above: list[Cell] = []
    area = ""
    for row in table.rows[first:]:
        texts = [cell.text.strip() for cell in row if cell.text.strip()]
        if not texts:
            continue
        if [squeeze(cell.text) for cell in row] == heading or all(squeeze(text) in heading for text in texts):
            found.printed += texts
        elif len(texts) == 1 and row[0].text.strip():
            area = texts[0]
            found.printed += texts
        elif len(row) != len(columns):
            found.odd += texts
        elif found.items and _goes_on(row, columns):
            _append(found.items[-1], row, columns)
        else:
            above = _filled(row, above)
            found.items.append(_item(above, columns, area, found))


def _goes_on(row: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """True for the rest of a row that broke over a page: neither a number nor the name of an item stands in it."""
    named = [cell for cell, column in zip(row, columns, strict=True) if column.field in ("number", "area", "title")]
    return not any(cell.merged or cell.text.strip() for cell in named)


def _append(item: Item, row: Sequence[Cell], columns: Sequence[Column]) -> None:
    for cell, column in zip(row, columns, strict=True):
        if column.field and cell.text.strip():
            item.texts[column.field] = item.texts.get(column.field, "") + cell.text.strip()


def _filled(row: Sequence[Cell], above: Sequence[Cell]) -> list[Cell]:
    """The row with merged cells holding what stands in the cell that covers them."""
    return [above[at] if cell.merged and at < len(above) else cell for at, cell in enumerate(row)]


def _item(row: Sequence[Cell], columns: Sequence[Column], area: str, found: Catalogue) -> Item:
    item = Item(0)
    if area:
        item.texts["area"] = area
    for cell, column in zip(row, columns, strict=True):
        text = cell.text.strip()
        if not text:
            continue
        if column.field is None or (column.field == "units" and "units" in item.texts):
            item.cells[column.head] = text
            continue
        if column.field == "number" and digits(text) != squeeze(text):
            item.cells[column.head] = text
        if _TICK.fullmatch(text) and column.below:
            found.printed.append(text)
            text = column.below
        before = item.texts.get(column.field)
        item.texts[column.field] = ("、" if column.below else "\n").join(filter(None, (before, text)))
        item.links += [(text, link) for link in cell.links]
    return item


def _renumber(items: Sequence[Item]) -> None:
    """Printed numbers where each stands once; otherwise the order, for numbers are addresses."""
    for at, item in enumerate(items, start=1):
        printed = digits(item.texts.pop("number", ""))
        item.number = int(printed) if printed and int(printed) else 0
        if not item.number:
            item.number, item.doubts["number"] = at, "原表没有印序号，按顺序填写"
    if len({item.number for item in items}) != len(items):
        for at, item in enumerate(items, start=1):
            if item.number != at:
                item.doubts["number"] = f"原表序号是{item.number}，有重复，按顺序填写"
                item.number = at
