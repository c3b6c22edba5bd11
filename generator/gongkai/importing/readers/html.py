"""Reader of web pages: the article among everything else on the page, its tables with merged cells, and its addresses.

The article is the smallest element that holds most of the page's text outside links. What stands around it is left out
and listed, but for the catalogue fields (索引号、发布日期 …) that sites print above the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from gongkai.importing.addresses import address_of
from gongkai.importing.blocks import Cell, LeftOut, Line, Lines, PageTable, Paragraph, Reading, Refusal, Table
from gongkai.importing.readers.decoding import damage, decode
from gongkai.importing.readers.furniture import REASON, set_aside
from gongkai.importing.readers.page_boxes import field_of
from gongkai.importing.readers.page_titles import called, from_title, names_of, titled
from gongkai.importing.readers.text import box_fields, box_lines, spread_boxes
from gongkai.text.blanks import squeeze, without_digit_spaces
from gongkai.text.dates import is_date
from gongkai.text.patterns import anywhere
from gongkai.text.phrases import META

_DECLARED = anywhere(r"^\s*<\?xml[^>]*\?>")

_BLOCKS = frozenset([
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article",
    "main", "header", "footer", "center", "blockquote", "pre", "body", "form", "fieldset", "hr", "tr", "td", "th",
    "table", "tbody", "thead", "tfoot", "caption", "figure", "figcaption", "address", "nav", "aside",
])  # fmt: skip
_NO_TEXT = frozenset([
    "script", "style", "noscript", "template", "head", "select", "option", "button", "textarea", "iframe",
    "object", "svg",
])  # fmt: skip
_MOST_OF = 0.7
_NEVER_ALL = frozenset(["table", "p", "tbody", "tr", "span", "dl", "ul", "ol", "blockquote"])
"""What stands in an article and is never all of it."""
_MOST_ELEMENTS = 100_000
"""Portals' pages have some thousand."""
_DEEPEST = 250
_MOST_SPAN = 200
_MOST_FIELDS = 30
"""No portal's box has more rows."""
_FIELD_TAGS = frozenset(["li", "p", "div"])
_HAN = anywhere(r"[\u4e00-\u9fff]")
_BETWEEN_HAN = anywhere(r"(?<=[^\x00-\x7f])[ \t]*[\r\n][ \t\r\n]*(?=[^\x00-\x7f])")
_SPACES = anywhere(r"[ \t\r\n]+")


def read_html(data: bytes) -> Reading | Refusal:
    """Read a saved web page, or say why it cannot be read."""
    decoded = decode(data)
    if isinstance(decoded, Refusal):
        return decoded
    text, remark = decoded
    try:
        page = lxml.html.document_fromstring(_DECLARED.sub("", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, RecursionError):
        return Refusal("网页是空的或已损坏", "请在浏览器中打开后重新保存，或把正文复制到 .txt 文件再导入")
    if (count := sum(1 for _ in page.iter())) > _MOST_ELEMENTS:
        words = f"网页里有 {count} 个元素，超过可以导入的 {_MOST_ELEMENTS} 个，不像一份公文"
        return Refusal(words, "请核对是否选错了文件；若确是公文，请把正文复制到 .txt 或 Word 文件再导入")
    _strip(page)
    body = page.find("body")
    body = page if body is None else body
    aside = set_aside(body)
    article = _article(body)
    walk = _Walk()
    inside = walk.found(article)
    above: list[LeftOut] = []
    inside = from_title(inside, names_of(page), above)
    blocks = [*_meta(page, body, article), *_around(body, article), *inside]
    whole = "\n".join(_words(element) for element in (article,))
    refused = damage(whole)
    if refused:
        return refused
    doubts = [remark] if remark else []
    if article.find(".//img") is not None:
        doubts.append("网页里有图片，图片中的文字没有导入，请核对")
    return Reading(
        "网页",
        tuple(blocks),
        (*aside, *_rest(body, article, names_of(page)), *above, *walk.beside),
        tuple(doubts),
        address_of(data),
    )


def _strip(page: Any) -> None:
    """Take away what is never text: scripts, forms' options, comments, hidden elements."""
    for element in list(page.iter()):
        if not isinstance(element.tag, str) or element.tag in _NO_TEXT or _hidden(element):
            parent = element.getparent()
            if parent is not None and element.tag != "head":
                element.drop_tree()


def _hidden(element: Any) -> bool:
    return "display:none" in squeeze(element.get("style") or "").lower()


def _words(element: Any) -> str:
    return str(element.text_content())


def _weight(element: Any) -> int:
    """Chinese characters outside links."""
    links = sum(
        len(_HAN.findall(_words(link)))
        for link in element.iter("a")
        if link.getparent() is not None and link.getparent().tag != "td"
    )
    return len(_HAN.findall(_words(element))) - links


def _article(body: Any) -> Any:
    """Go down while one child still holds most of the text."""
    whole = _weight(body)
    element = body
    for _ in range(_DEEPEST):
        heavy = [child for child in element if isinstance(child.tag, str) and _weight(child) >= whole * _MOST_OF]
        if len(heavy) != 1 or heavy[0].tag in _NEVER_ALL:
            return element
        element = heavy[0]
    return element


def _meta(page: Any, body: Any, article: Any) -> Iterator[Paragraph]:
    """Title and publication date of the page, when the article does not print them."""
    tags = {
        str(tag.get("name")).lower(): str(tag.get("content") or "").strip()
        for tag in page.iter("meta")
        if tag.get("name")
    }
    whole = squeeze(_words(article))
    day = tags.get("pubdate") or next((text for text in _outside(body, article) if is_date(text)), "")
    if day:
        yield Paragraph(f"发布日期：{day.strip('（()）')}", 1)
    title = tags.get("articletitle", "") or titled(_outside(body, article), names_of(page))
    if title and squeeze(title) not in whole:
        yield Paragraph(title, 1)


def _around(body: Any, article: Any) -> Iterator[Paragraph]:
    """Catalogue fields above the article: they belong to the document."""
    for text in _outside(body, article):
        field = META.fullmatch(text)
        if field and not field["value"].endswith(("：", ":")):
            yield Paragraph(text, 1)


def _rest(body: Any, article: Any, names: str) -> Iterator[LeftOut]:
    outside = _outside(body, article)
    start, end = called(outside, names)
    for at, text in enumerate(outside):
        if not META.fullmatch(text) and not start <= at < end:
            yield LeftOut(text, REASON, 0)


def _outside(body: Any, article: Any) -> list[str]:
    if article is body:
        return []
    inside = set(article.iter())
    walk = _Walk(skip=inside)
    lines = [text for each in walk.found(body) for _, text in each.lines]
    beside = [*walk.beside, *(field for each in walk.tables for field in each.beside)]
    return [text for text in (*lines, *(field.text for field in beside)) if text.strip()]


class _Walk:
    """Collects lines and tables in reading order."""

    def __init__(self, skip: set[Any] | None = None, line: int = 0) -> None:
        self.skip = skip or set()
        self.beside: list[LeftOut] = []
        self.parts: list[list[Line] | PageTable] = [[]]
        self.pending = ""
        self.line = line

    @property
    def tables(self) -> list[PageTable]:
        """What may be tables."""
        return [part for part in self.parts if isinstance(part, PageTable)]

    def found(self, element: Any) -> list[Lines | PageTable]:
        """Lines and tables of an element; the fields of boxes one on each line."""
        self._visit(element, 0)
        self._break()
        parts = self.parts
        return [Lines(tuple(spread_boxes(part, self.beside))) if isinstance(part, list) else part for part in parts]

    def _visit(self, element: Any, depth: int) -> None:
        if element in self.skip or depth > _DEEPEST:
            return
        if element.tag == "br":
            self._break()
        elif element.tag == "table" and depth and (rows := _rows(element)):
            self._break()
            inner = _Walk(self.skip, self.line)
            lines = [line for each in inner.found(element) for line in each.lines]
            self.parts += [PageTable(Table(tuple(_spanned(rows)), self.line), tuple(lines), tuple(inner.beside)), []]
            self.line = inner.line
        elif (fields := self._fields(element)) is not None:
            for field in fields:
                self._break()
                self.pending = field
            self._break()
        else:
            block = element.tag in _BLOCKS
            if block:
                self._break()
            self.pending += element.text or ""
            for child in element:
                if isinstance(child.tag, str):
                    self._visit(child, depth + 1)
                self.pending += child.tail or ""
            if block:
                self._break()

    def _fields(self, element: Any) -> list[str] | None:
        """The fields of a portal's box, where an element is one or a row of one; None of others."""
        if element.tag in _FIELD_TAGS and (field := field_of(element, _BLOCKS)):
            return [field]
        fields = _box(element) if element.tag == "tr" else []
        return box_lines(fields, self.line, self.beside) if fields else None

    def _break(self) -> None:
        text = _tidy(self.pending)
        self.pending = ""
        if text:
            self.line += 1
            run = self.parts[-1]
            if isinstance(run, list):
                run.append((self.line, text))


def _box(row: Any) -> list[tuple[str, str]]:
    """The fields of a row of a portal's box (索引号：| … | 发布机构：| …); empty when it is another kind of row."""
    if row.find(".//table") is not None:
        return []  # it only places other tables
    if fields := box_fields(_texts(row)):
        return fields
    texts, table = _texts(row), _owner(row)
    rows = [other for other in table.iter("tr") if other is not row][:_MOST_FIELDS] if table is not None else []
    if len(texts) % 2 or sum(bool(box_fields(_texts(other))) for other in rows) * 2 <= len(rows):
        return []
    return [(label.rstrip("：: "), value) for label, value in zip(texts[0::2], texts[1::2], strict=True) if label]


def _texts(row: Any) -> list[str]:
    return [_cell_text(cell) for cell in row if cell.tag in ("td", "th")]


def _tidy(text: str) -> str:
    """White space as a browser shows it; a line break between Chinese characters is none."""
    return _SPACES.sub(" ", _BETWEEN_HAN.sub("", text.replace("\u200b", "").replace("\ufeff", ""))).strip(" \xa0\u3000")


def _rows(table: Any) -> list[Any]:
    """The rows of a table; none of one that holds others and only places things on the page."""
    if any(True for _ in table.iterdescendants("table")):
        return []
    return [row for row in table.iter("tr") if _owner(row) is table]


def _owner(row: Any) -> Any:
    parent = row.getparent()
    while parent is not None and parent.tag != "table":
        parent = parent.getparent()
    return parent


def _spanned(rows: list[Any]) -> Iterator[tuple[Cell, ...]]:
    """Rows with every column filled: a cell spanned from above is a merged cell, one from the left is blank."""
    above: dict[int, int] = {}
    for row in rows:
        cells: list[Cell] = []
        for element in (child for child in row if child.tag in ("td", "th")):
            while above.get(len(cells), 0) > 0:
                above[len(cells)] -= 1
                cells.append(Cell("", merged=True))
            down, wide = _span(element, "rowspan"), _span(element, "colspan")
            links = tuple(
                str(link.get("href"))
                for link in element.iter("a")
                if (link.get("href") or "").startswith(("http://", "https://"))
            )
            for at in range(wide):
                above[len(cells)] = down - 1
                cells.append(Cell(_cell_text(element), links=links) if at == 0 else Cell(""))
        while above.get(len(cells), 0) > 0:
            above[len(cells)] -= 1
            cells.append(Cell("", merged=True))
        yield tuple(cells)


def _span(element: Any, name: str) -> int:
    value = element.get(name) or "1"
    return min(int(value), _MOST_SPAN) if value.isdigit() and int(value) else 1


def _cell_text(element: Any) -> str:
    walk = _Walk()
    return without_digit_spaces("\n".join(text for each in walk.found(element) for _, text in each.lines))
