"""Reader of OFD (GB/T 33190), the fixed layout of Chinese offices: a zip of XML that says where each character stands.

Read are pages in their order, their texts with places, and ruled lines, so that tables are found as in a PDF. What a
reader of pages shows besides (pictures, seals, forms) is not text. LibreOffice knows no OFD, and libraries that do draw
pages with half a dozen others; what is needed of the format is small.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from gongkai.importing.blocks import Reading, Refusal
from gongkai.importing.readers.pages import reading_of
from gongkai.importing.readers.pdf_bounds import Bounds, TooMuchError
from gongkai.importing.readers.printed_page import Object, PrintedPage, Run
from gongkai.text.patterns import anywhere

_POINTS = 72 / 25.4
"""OFD counts in millimetres."""
_MOST_PAGES = 200
_STRAIGHT = 0.5
_PATH = anywhere(r"[A-Za-z]|-?\d+(?:\.\d+)?")
_HINT = "请用 OFD 阅读软件或 WPS 打开，导出为 PDF 或者 .docx 后再导入"
Matrix = tuple[float, float, float, float, float, float]


def read_ofd(data: bytes) -> Reading | Refusal:
    """Read an OFD file, or say why it cannot be read. The archive has been found to be of a sane size."""
    bounds = Bounds("OFD")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = _Package(archive, bounds)
            if (count := package.count()) > _MOST_PAGES:
                return Refusal(f"OFD 有 {count} 页，超过可以导入的 {_MOST_PAGES} 页", "请只导出需要的那几页再导入")
            runs = [_page(parts, number, bounds) for number, parts in enumerate(package.pages(), start=1)]
    except TooMuchError as error:
        return Refusal(str(error), _HINT)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, OSError, NotImplementedError, EOFError):
        return Refusal("OFD 文件已损坏，打不开", f"请重新下载或请发来的人重新导出；{_HINT}")
    if not runs:
        return Refusal("OFD 文件里没有页", _HINT)
    return reading_of(runs, "OFD")


class _Package:
    """The parts of a file, found by the addresses in others: absolute, or relative to the part that names them."""

    def __init__(self, archive: zipfile.ZipFile, bounds: Bounds) -> None:
        self._archive, self._bounds = archive, bounds
        self._names = {name.lstrip("/").lower(): name for name in archive.namelist()}

    def read(self, name: str) -> Any:
        """The root element of a part.

        Raises:
            KeyError: when there is none of this name.
        """
        data = self._archive.read(self._names[name.lower()])
        self._bounds.unpacked(len(data))
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))

    def _documents(self) -> Iterator[tuple[str, Any, list[Any]]]:
        """Each document of the file with its address and its list of pages."""
        for root in _all(self.read("OFD.xml"), "DocRoot"):
            path = _place("OFD.xml", root.text or "")
            document = self.read(path)
            yield path, document, [page for pages in _all(document, "Pages") for page in _all(pages, "Page")]

    def count(self) -> int:
        """How many pages there are."""
        return sum(len(pages) for _, _, pages in self._documents())

    def pages(self) -> Iterator[list[Any]]:
        """For each page the elements that draw it: its template first, if it has one, and itself."""
        for path, document, pages in self._documents():
            templates = {each.get("ID"): each.get("BaseLoc") for each in _all(document, "TemplatePage")}
            size = next(_all(document, "PhysicalBox"), None)
            for page in pages:
                content = self.read(_place(path, page.get("BaseLoc") or ""))
                used = [templates.get(each.get("TemplateID")) for each in _all(content, "Template")]
                below = [self.read(_place(path, template)) for template in used if template]
                own = next(_all(content, "PhysicalBox"), size)
                yield [own, *below, content]


def _place(base: str, path: str) -> str:
    joined = path if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)
    return posixpath.normpath(joined.strip()).lstrip("/")


def _all(element: Any, name: str) -> Iterator[Any]:
    """Elements below by their name, whatever the namespace."""
    yield from element.iter(f"{{*}}{name}", name)


def _page(parts: list[Any], number: int, bounds: Bounds) -> list[Run]:
    size, *layers = parts
    _, _, wide, high = _numbers(size.text if size is not None else "", 4, (0, 0, 210, 297))
    page = PrintedPage(number, [], [], wide * _POINTS, high * _POINTS)
    for layer in layers:
        for text in _all(layer, "TextObject"):
            page.chars += _chars(text)
            bounds.page(number, len(page.chars), len(page.edges))
        for path in _all(layer, "PathObject"):
            page.edges += _edges(path)
            bounds.page(number, len(page.chars), len(page.edges))
    bounds.end_of_page(len(page.chars))
    return page.runs()


def _numbers(text: str | None, count: int, otherwise: tuple[float, ...]) -> tuple[float, ...]:
    found = [float(each) for each in (text or "").split()[:count]]
    return tuple(found) if len(found) == count else otherwise


def _matrix(element: Any) -> tuple[float, float, Matrix]:
    """Where the box of an object begins, and its transformation."""
    left, top, _, _ = _numbers(element.get("Boundary"), 4, (0, 0, 0, 0))
    a, b, c, d, e, f = _numbers(element.get("CTM"), 6, (1, 0, 0, 1, 0, 0))
    return left, top, (a, b, c, d, e, f)


def _at(x: float, y: float, placed: tuple[float, float, Matrix]) -> tuple[float, float]:
    left, top, (a, b, c, d, e, f) = placed
    return (left + a * x + c * y + e) * _POINTS, (top + b * x + d * y + f) * _POINTS


def _chars(element: Any) -> Iterator[Object]:
    """The characters of a text object. ``Size`` is the height of a line, TextCode says where each one begins."""
    placed = _matrix(element)
    size = _numbers(element.get("Size"), 1, (4,))[0]
    _, b, _, d = placed[2][:4]
    sideways = abs(b) > abs(d)
    for code in _all(element, "TextCode"):
        (x,), (y,) = _numbers(code.get("X"), 1, (0,)), _numbers(code.get("Y"), 1, (0,))
        text = code.text or ""
        across, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        if not across and not down:
            across = [size * (0.5 if char.isascii() else 1) for char in text]
        for at, char in enumerate(text):
            step = across[at] if at < len(across) else size
            wide = min(step, size) if step > 0 else size
            one, other = _at(x, y - size * 0.85, placed), _at(x + wide, y + size * 0.15, placed)
            yield _char(char, one, other, None if not sideways else b)
            x += across[at] if at < len(across) else 0
            y += down[at] if at < len(down) else 0


def _char(text: str, one: tuple[float, float], other: tuple[float, float], turn: float | None) -> Object:
    left, right, top, bottom = (
        min(one[0], other[0]),
        max(one[0], other[0]),
        min(one[1], other[1]),
        max(one[1], other[1]),
    )
    # places count from the top here and from the bottom in a PDF, where a matrix has the other sign
    matrix = (1, 0, 0, 1, 0, 0) if turn is None else (0, -turn, turn, 0, 0, 0)
    place = {"x0": left, "x1": right, "top": top, "bottom": bottom, "doctop": top}
    size = {"width": right - left, "height": bottom - top, "size": bottom - top}
    return {"text": text, "upright": turn is None, "matrix": matrix, "object_type": "char", **place, **size}


def _deltas(text: str | None, most: int) -> list[float]:
    """Steps from one character to the next; ``g 3 4.5`` is 4.5 three times."""
    parts = (text or "").split()
    steps: list[float] = []
    at = 0
    while at < len(parts) and len(steps) < most:
        if parts[at] == "g":
            steps += [float(parts[at + 2])] * min(int(float(parts[at + 1])), most) if at + 2 < len(parts) else []
            at += 3
        else:
            steps.append(float(parts[at]))
            at += 1
    return steps


def _edges(element: Any) -> Iterator[Object]:
    """Straight lines of a path, level or upright, as tables are ruled; a thin filled box is a line, too."""
    placed = _matrix(element)
    for data in _all(element, "AbbreviatedData"):
        here = start = (0.0, 0.0)
        for letter, values in _steps(data.text or ""):
            points = [(values[at], values[at + 1]) for at in range(0, len(values) - 1, 2)]
            if letter in "SM" and points:
                here = start = points[0]
                continue
            for point in points if letter == "L" else [start] if letter == "C" else []:
                if edge := _edge(_at(*here, placed), _at(*point, placed)):
                    yield edge
                here = point
            here = points[-1] if points else here


def _steps(text: str) -> Iterator[tuple[str, list[float]]]:
    letter = ""
    values: list[float] = []
    for found in _PATH.finditer(text):
        if found[0].isalpha():
            if letter:
                yield letter.upper(), values
            letter, values = found[0], []
        else:
            values.append(float(found[0]))
    if letter:
        yield letter.upper(), values


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Object | None:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if max(wide, high) < 1 or min(wide, high) > _STRAIGHT:
        return None
    level = wide > high
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right, bottom = (left + wide, top) if level else (left, top + high)
    place = {"x0": left, "x1": right, "top": top, "bottom": bottom, "doctop": top}
    size = {"width": right - left, "height": bottom - top}
    return {"object_type": "line", "orientation": "h" if level else "v", **place, **size}
