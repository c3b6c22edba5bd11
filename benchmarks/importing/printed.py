"""Paragraphs and tables set on pages, as PDF and as OFD: the same places in both, of one size of characters."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from benchmarks.importing.pages import LEFT, UP, Block, Box, Table

WIDE, HIGH, MARGIN = 595.0, 842.0, 72.0
SIZE, LEADING = 16.0, 28.0
SMALL, CLOSE = 10.0, 15.0
_MM = 25.4 / 72
_CLOSING = "，。、；：？！）》〕】”"


class Text(NamedTuple):
    """A line of characters: where its upper left corner is, counted from the upper left of the page."""

    x: float
    y: float
    text: str
    size: float = SIZE


class Rule(NamedTuple):
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


Page = list[Text | Rule]


def typeset(blocks: Sequence[Block], *, columns: int = 1) -> list[Page]:
    """Pages of paragraphs and tables; prose may stand in two columns."""
    gap = 24.0
    wide = (WIDE - 2 * MARGIN - gap * (columns - 1)) / columns
    pages: list[Page] = [[]]
    x, y = MARGIN, MARGIN
    for block in blocks:
        rows = [block] if isinstance(block, str) else list(_table(block, WIDE - 2 * MARGIN))
        for row in rows:
            lines = list(_wrapped(row, int(wide // SIZE))) if isinstance(row, str) else [row]
            for line in lines:
                high = LEADING if isinstance(line, str) else line[0]
                if y + high > HIGH - MARGIN:
                    x, y = (x + wide + gap, MARGIN) if x + wide + gap < WIDE - MARGIN else (MARGIN, MARGIN)
                    if x == MARGIN:
                        pages.append([])
                if isinstance(line, str):
                    pages[-1].append(Text(x, y, line))
                else:
                    pages[-1] += [_moved(each, x, y) for each in line[1]]
                y += high
        y += CLOSE if not isinstance(block, str) else 0
    return pages


def _wrapped(text: str, most: int) -> Iterator[str]:
    """Lines of a paragraph, the first one set in by two characters; none begins with a closing sign."""
    rest, indent = text, "　　"
    while rest:
        end = most - len(indent)
        while end < len(rest) and rest[end] in _CLOSING:
            end -= 1
        yield indent + rest[:end]
        rest, indent = rest[end:], ""


def _moved(each: Text | Rule, x: float, y: float) -> Text | Rule:
    if isinstance(each, Text):
        return each._replace(x=each.x + x, y=each.y + y)
    return Rule(each.x0 + x, each.y0 + y, each.x1 + x, each.y1 + y)


def _table(table: Table, wide: float) -> Iterator[tuple[float, Page]]:
    """Each row with its height, its texts and its rules; merged cells have no rule between them."""
    weights = [2 + max(min(len(text), 30) for text in column if text not in (UP, LEFT)) for column in _filled(table)]
    places = [0.0]
    for weight in weights:
        places.append(places[-1] + wide * weight / sum(weights))
    for at, row in enumerate(table.rows):
        cells = [_cell(text, places[here + 1] - places[here] - 6) for here, text in enumerate(row)]
        high = max(len(lines) for lines in cells) * CLOSE + 8
        below = table.rows[at + 1] if at + 1 < len(table.rows) else [""] * len(row)
        drawn: Page = [] if at else [Rule(0, 0, wide, 0)]
        for here, lines in enumerate(cells):
            drawn += [Text(places[here] + 3, 4 + CLOSE * count, line, SMALL) for count, line in enumerate(lines)]
            drawn += [Rule(places[here], high, places[here + 1], high)] if below[here] != UP else []
            drawn += [Rule(places[here], 0, places[here], high)] if row[here] != LEFT else []
        yield high, [*drawn, Rule(wide, 0, wide, high)]


def _filled(table: Table) -> Iterator[list[str]]:
    """The columns of a table, each with a text at least."""
    yield from (["", *column] for column in zip(*table.rows, strict=True))


def _cell(text: str, wide: float) -> list[str]:
    most = max(int(wide // SMALL), 1)
    plain = "" if text in (UP, LEFT) else text
    return [plain[at : at + most] for at in range(0, len(plain), most)]


def pdf(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """A PDF of one column."""
    del box
    return as_pdf(typeset(blocks))


def ofd(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """An OFD file of one column."""
    del box
    return as_ofd(typeset(blocks))


_FONT = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong /FontDescriptor 5 0 R /DW 1000"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
)
_SHAPE = (
    b"<< /Type /FontDescriptor /FontName /STSong /Flags 4 /Ascent 880 /Descent -120 /ItalicAngle 0 /StemV 80"
    b" /CapHeight 880 /FontBBox [0 -120 1000 880] >>"
)


def as_pdf(pages: Sequence[Page], *, sideways: bool = False) -> bytes:
    """Pages as PDF, with a font that readers have; ``sideways``: all is drawn from the bottom to the top."""
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        _FONT,
        _SHAPE,
    ]
    wide, high = (HIGH, WIDE) if sideways else (WIDE, HIGH)
    for at, page in enumerate(pages):
        drawn = "\n".join(_drawn(page))
        turned = f"q 0 1 -1 0 {HIGH} 0 cm\n{drawn}\nQ" if sideways else drawn
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Contents {7 + 2 * at} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        bodies.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(turned), turned.encode()))
    return _numbered(bodies)


def _drawn(page: Iterable[Text | Rule]) -> Iterator[str]:
    for each in page:
        if isinstance(each, Rule):
            yield f"{each.x0:.2f} {HIGH - each.y0:.2f} m {each.x1:.2f} {HIGH - each.y1:.2f} l S"
        else:
            code = each.text.encode("utf-16-be").hex()
            y = HIGH - each.y - each.size * 0.88
            yield f"BT /F1 {each.size:g} Tf 1 0 0 1 {each.x:.2f} {y:.2f} Tm <{code}> Tj ET"


def _numbered(bodies: Sequence[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start))
    return out.getvalue()


_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def as_ofd(pages: Sequence[Page]) -> bytes:
    """Pages as OFD: each line of characters in an object of its own, rules as paths."""
    listed = "".join(f'<ofd:Page ID="{at + 1}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {WIDE * _MM:.2f} {HIGH * _MM:.2f}</ofd:PhysicalBox></ofd:PageArea>"
    parts = {
        "OFD.xml": f'<ofd:OFD {_NAMESPACE} Version="1.1"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_NAMESPACE}><ofd:CommonData>{area}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for at, page in enumerate(pages):
        layer = "".join(_object(each) for each in page)
        parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = (
            f"<ofd:Page {_NAMESPACE}><ofd:Content><ofd:Layer>{layer}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            item = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            archive.writestr(item, f'<?xml version="1.0" encoding="UTF-8"?>{text}', zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _object(each: Text | Rule) -> str:
    if isinstance(each, Rule):
        wide, high = (each.x1 - each.x0) * _MM, (each.y1 - each.y0) * _MM
        return (
            f'<ofd:PathObject Boundary="{each.x0 * _MM:.3f} {each.y0 * _MM:.3f} {wide:.3f} {high:.3f}">'
            f"<ofd:AbbreviatedData>M 0 0 L {wide:.3f} {high:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    size = each.size * _MM
    steps = f' DeltaX="g {len(each.text) - 1} {size:.4f}"' if len(each.text) > 1 else ""
    return (
        f'<ofd:TextObject Boundary="{each.x * _MM:.3f} {each.y * _MM:.3f} {size * len(each.text):.3f} {size:.3f}"'
        f' Font="1" Size="{size:.4f}"><ofd:TextCode X="0" Y="{size * 0.88:.4f}"{steps}>{escape(each.text)}'
        "</ofd:TextCode></ofd:TextObject>"
    )
