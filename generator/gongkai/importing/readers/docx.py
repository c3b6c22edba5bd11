"""Reader of Word files: paragraphs and tables in document order, merged cells explicit, automatic numbers spelled out.

``gridSpan`` and ``vMerge`` are read from the cells themselves; python-docx's ``row.cells`` would repeat the text of
merged cells. Deleted revisions, field codes and the fallback copies of text boxes are not text; headers, footers and
comments are not part of the document and are reported as left out, and so are footnotes, each with its place.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from gongkai.importing.blocks import Block, Cell, Found, LeftOut, Paragraph, Reading, Refusal, Table, texts_of
from gongkai.importing.readers.decoding import damage, folded
from gongkai.importing.readers.docx_notes import Reference, references, texts
from gongkai.importing.readers.docx_numbers import Numbering
from gongkai.importing.readers.text import parse_text
from gongkai.text.blanks import without_digit_spaces
from gongkai.text.characters import lookalikes, unlike
from gongkai.text.patterns import whole

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED: Final = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        f"{_W}delText",
        f"{_W}delInstrText",
        f"{_MC}Fallback",
        f"{_W}pPr",
        f"{_W}rPr",
    }
)
_BREAKS: Final = frozenset({f"{_W}br", f"{_W}cr"})
_DEEPEST = 400
_PAGE_MARK = whole(r"[—–―-]+\s*\d{1,4}\s*[—–―-]+")
_ASIDE = {"header": "页眉", "footer": "页脚", "comments": "批注"}


def read_docx(data: bytes) -> Reading | Refusal:
    """Read a Word file, or say why it cannot be read."""
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        numbering = Numbering(document)
    except (OpcError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError, OSError):
        return Refusal("Word 文件已损坏，打不开", "请用 Word 或 WPS 打开并修复，另存为 .docx 后再导入")
    walk = _Body(numbering)
    blocks, doubts = walk.read(body)
    text = "\n".join(text for block in blocks for text in texts_of(block))
    if changed := folded(sum(lookalikes(element.text or "") for element in body.iter(f"{_W}t"))):
        doubts.append(changed)
    if not text.strip():
        return Refusal(
            "Word 文件里没有文字，可能全部是图片（扫描件）",
            "请找到文字版，或先用文字识别（OCR）软件转成文字并校对后再导入",
        )
    refused = damage(text)
    if refused:
        return refused
    doubts += _doubts(body)
    marks = [block for block in blocks if isinstance(block, Paragraph) and _PAGE_MARK.fullmatch(block.text.strip())]
    left_out = [*(LeftOut(mark.text, "页码", mark.line) for mark in marks), *_aside(document), *_notes(document, walk)]
    kept = [block for block in blocks if block not in marks]
    return Reading("Word 文档", tuple(_pasted(kept)), tuple(left_out), tuple(doubts))


def _doubts(body: Any) -> Iterator[str]:
    """What editors must know of that is not plain text."""
    if any(body.find(f".//{_W}{name}") is not None for name in ("ins", "del", "moveFrom")):
        yield "文件里有没有接受的修订，按接受全部修订以后的文字导入；要修订以前的文字，请加 --changes original"
    drawn = [*body.iter(f"{_W}drawing", f"{_W}pict")]
    boxed = [each for each in drawn if each.find(f".//{_W}txbxContent") is not None]
    if boxed:
        yield "文件里有文本框，里面的文字放在它所在的段落后面，请核对次序"
    if len(boxed) < len(drawn):
        yield "文件里有图片或图形，图片中的文字没有导入，请核对"
    if notes := sum(1 for _ in body.iter(f"{_W}footnoteReference", f"{_W}endnoteReference")):
        yield f"文件里有脚注或尾注 {notes} 处，注文和它的位置写在草稿开头的注释里；要公开的，请写进正文"


def _pasted(blocks: list[Block]) -> Iterator[Found]:
    """A paragraph of several lines may be a table typed without a grid: it is read as text is."""
    for block in blocks:
        if isinstance(block, Paragraph) and ("\n" in block.text):
            yield from parse_text(block.text, source="").blocks
        else:
            yield block


class _Body:
    """Walks the body once; paragraphs are counted so that findings can say where."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.count = 0
        self.doubts: list[str] = []
        self.notes: list[Reference] = []

    def read(self, body: Any) -> tuple[list[Block], list[str]]:
        return list(self._blocks(body, 0)), self.doubts

    def _blocks(self, parent: Any, depth: int) -> Iterator[Block]:
        if depth > _DEEPEST:
            return
        for child in parent:
            if child.tag == f"{_W}p":
                self.count += 1
                self.notes += references(child, self.count)
                boxes = list(_text_boxes(child))
                text = self.numbering.label(child) + paragraph_text(child)
                if text.strip():
                    yield Paragraph(without_digit_spaces(text.strip("\n")), self.count)
                for box in boxes:
                    yield from self._blocks(box, depth + 1)
            elif child.tag == f"{_W}tbl":
                table = self._table(child, depth)
                if _is_layout(table):
                    yield from (
                        Paragraph(cell.text, table.line) for row in table.rows for cell in row if cell.text.strip()
                    )
                else:
                    yield table
            elif child.tag in (
                f"{_W}sdt",
                f"{_W}sdtContent",
                f"{_W}ins",
                f"{_W}moveTo",
                f"{_W}customXml",
                f"{_W}smartTag",
            ):
                yield from self._blocks(child, depth + 1)

    def _table(self, element: Any, depth: int) -> Table:
        self.count += 1
        line = self.count
        rows = [tuple(self._row(row, depth)) for row in _rows(element)]
        return Table(tuple(rows), line)

    def _row(self, row: Any, depth: int) -> Iterator[Cell]:
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        for _ in range(_small(before)):
            yield Cell("")
        for cell in _cells(row):
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            continues = merge is not None and merge.get(f"{_W}val") != "restart"
            text = "\n".join(block.text for block in self._cell_paragraphs(cell, depth))
            links = () if continues else tuple(_links(cell))
            yield Cell("" if continues and not text.strip() else without_digit_spaces(text), continues, links)
            for _ in range(_small(cell.find(f"{_W}tcPr/{_W}gridSpan")) - 1):
                yield Cell("", continues)

    def _cell_paragraphs(self, cell: Any, depth: int) -> Iterator[Paragraph]:
        for block in self._blocks(cell, depth + 1):
            if isinstance(block, Paragraph):
                yield block
            elif isinstance(block, Table):
                self.doubts.append("表格的一格里套着另一张表，已按文字取出，请核对")
                yield from (
                    Paragraph(inner.text, block.line) for row in block.rows for inner in row if inner.text.strip()
                )


def _small(element: Any) -> int:
    """A count such as gridSpan; absurd values count as one."""
    if element is None:
        return 0
    value = element.get(f"{_W}val") or "0"
    return int(value) if value.isdigit() and int(value) < 100 else 1  # noqa: PLR2004  no table has that many columns


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _cells(child)


def _is_layout(table: Table) -> bool:
    """A table of one column or one row only places text on the page."""
    return len(table.rows) <= 1 or max((len(row) for row in table.rows), default=0) <= 1


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors()):
            yield box


def paragraph_text(element: Any) -> str:
    """The text of a paragraph as Word shows it: tabs, line breaks, no-break hyphens, inserted revisions."""
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED or tag == f"{_W}txbxContent":
            continue
        if tag == f"{_W}t":
            parts.append(unlike(child.text or ""))
        elif tag == f"{_W}tab":
            parts.append("\t")
        elif tag in _BREAKS:
            parts.append("" if child.get(f"{_W}type") in ("page", "column") else "\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{_W}sym":
            parts.append(_symbol(child))
        else:
            parts.append(paragraph_text(child))
    return "".join(parts)


def _symbol(element: Any) -> str:
    """Symbols of the private fonts that offices use for check marks; others are shown as a box."""
    code = (element.get(f"{_W}char") or "").upper()
    return {"F0FC": "√", "F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□", "F0FB": "×"}.get(code, "□")


def _links(cell: Any) -> Iterator[str]:
    """Addresses of hyperlinks in a cell, by the relationships of its part."""
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    part = getattr(cell, "part", None)
    for link in cell.iter(f"{_W}hyperlink"):
        key = link.get(relation)
        target = part.rels[key].target_ref if part is not None and key in part.rels else None
        if target and target.startswith(("http://", "https://")):
            yield target


def _notes(document: Any, walk: _Body) -> Iterator[LeftOut]:
    """Footnotes and endnotes, numbered as Word numbers them, each with the words that it explains."""
    said = texts(document)
    numbers: Counter[str] = Counter()
    for note in walk.notes:
        numbers[note.kind] += 1
        if text := said.pop((note.kind, note.id), ""):
            place = f"注在“{note.before}”之后" if note.before else "注在一段的开头"
            yield LeftOut(text, f"{note.kind}{numbers[note.kind]}，{place}", note.line, beside=True)
    yield from (LeftOut(text, kind, 0, beside=True) for (kind, _), text in said.items())


def _aside(document: Any) -> Iterator[LeftOut]:
    """Headers, footers and comments: outside the document's text, so left out with their name."""
    seen: set[tuple[str, str]] = set()
    for part in document.part.package.iter_parts():
        name = str(part.partname).rsplit("/", 1)[-1]
        kind = next((label for key, label in _ASIDE.items() if name.startswith(key) and "notes" not in name), None)
        if kind is None or not part.blob:
            continue
        try:
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            continue
        for paragraph in root.iter(f"{_W}p"):
            text = paragraph_text(paragraph).strip()
            if text and (kind, text) not in seen:
                seen.add((kind, text))
                yield LeftOut(text, kind if not text.strip("—- ").isdigit() else "页码", 0)
