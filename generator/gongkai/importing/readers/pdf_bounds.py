"""Bounds of a PDF: what it unpacks to and what its pages draw is counted while it is read.

pdfminer has no bounds of its own: 0.8 MB unfold to gigabytes, and a page of a million characters takes a kilobyte of
memory for each. What is beyond the bounds of any paper of a government ends in a sentence.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pdfminer import pdftypes
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

_MOST_UNPACKED = 200_000_000
"""Bytes, of all streams together; as much as an archive may unpack to."""
_MOST_UNPACKED_ONCE = 40_000_000
_MOST_DECODED = 4_000_000
"""Bytes of the old compressions that pdfminer undoes one byte at a time."""
_MOST_INSTRUCTIONS = 10_000_000
"""Bytes of what draws the pages, each time it is gone through: some seconds for a megabyte."""
_MOST_CHARACTERS = 30_000
"""Of one page. A page of a newspaper has a third."""
_MOST_CHARACTERS_IN_ALL = 1_000_000
_MOST_LINES = 10_000
"""Lines and boxes of one page: each cell of a table may have four."""


class TooMuchError(Exception):
    """A PDF is beyond the bounds; the message is the Chinese sentence that refuses it."""


class Bounds:
    """What one file has used so far, and what it may not go beyond."""

    def __init__(self, kind: str = "PDF") -> None:
        self.exceeded = ""
        self._kind = kind
        self._unpacked = self._decoded = self._instructions = self._characters = 0

    def _refuse(self, words: str) -> None:
        self.exceeded = words  # the library takes most exceptions for a broken file
        raise TooMuchError(words)

    def unpacked(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self._unpacked += size
        if self._unpacked > _MOST_UNPACKED or size > _MOST_UNPACKED_ONCE:
            self._refuse(f"{self._kind} 展开后大得不正常，不像一份公文，没有读完")

    def decoded(self, size: int) -> None:
        """Count bytes that are undone one at a time."""
        self._decoded += size
        if self._decoded > _MOST_DECODED:
            self._refuse(f"{self._kind} 用老式的方法压缩，又太大，没有读完")

    def instructions(self, size: int) -> None:
        """Count bytes of instructions, each time they are gone through."""
        self._instructions += size
        if self._instructions > _MOST_INSTRUCTIONS:
            self._refuse(f"{self._kind} 里画线、排字的指令多得不正常，不像一份公文，没有读完")

    def page(self, number: int, characters: int, lines: int) -> None:
        """Look at what a page has drawn so far."""
        if characters > _MOST_CHARACTERS:
            self._refuse(f"{self._kind} 第 {number} 页有 {_MOST_CHARACTERS} 个以上的字，不像公文的一页，没有读完")
        if lines > _MOST_LINES:
            self._refuse(
                f"{self._kind} 第 {number} 页有 {_MOST_LINES} 条以上的线和框，像图纸、不像公文的一页，没有读完"
            )

    def end_of_page(self, characters: int) -> None:
        """Count the characters of a page that has been read."""
        self._characters += characters
        if self._characters > _MOST_CHARACTERS_IN_ALL:
            self._refuse(f"{self._kind} 有 {_MOST_CHARACTERS_IN_ALL // 10_000} 万个以上的字，不像一份公文，没有读完")


@contextmanager
def bounded() -> Iterator[Bounds]:
    """Unpack within bounds as long as this is open."""
    bounds = Bounds()
    names = ("zlib", "lzwdecode", "rldecode", "asciihexdecode")
    before = {name: getattr(pdftypes, name) for name in names}
    changed = {name: _counted(before[name], bounds) for name in names[1:]} | {"zlib": _Zlib(bounds)}
    for name, value in changed.items():
        setattr(pdftypes, name, value)
    try:
        yield bounds
    finally:
        for name, value in before.items():
            setattr(pdftypes, name, value)


def _counted(decode: Callable[[bytes], bytes], bounds: Bounds) -> Callable[[bytes], bytes]:
    def counted(data: bytes) -> bytes:
        bounds.decoded(len(data))
        made = decode(data)
        bounds.unpacked(len(made))
        return made

    return counted


class _Zlib:
    """As much of the module ``zlib`` as pdfminer uses, within bounds."""

    error = zlib.error

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds

    def decompress(self, data: bytes) -> bytes:
        unpack = zlib.decompressobj()
        made = unpack.decompress(data, _MOST_UNPACKED_ONCE + 1)
        self._bounds.unpacked(len(made))
        if not unpack.eof:
            raise zlib.error("incomplete")
        return made

    def decompressobj(self) -> _Broken:
        return _Broken(self._bounds)


class _Broken:
    """Undoes damaged data byte by byte."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds, self._unpack, self._size = bounds, zlib.decompressobj(), 0

    def decompress(self, data: bytes) -> bytes:
        made = self._unpack.decompress(data)
        self._bounds.decoded(len(data))
        self._size += len(made)
        self._bounds.unpacked(0 if self._size <= _MOST_UNPACKED_ONCE else self._size)
        return made


class _Device(PDFPageAggregatorWithMarkedContent):
    """Keeps what a page draws, up to the bounds."""

    def __init__(self, manager: Any, number: int, laparams: Any, bounds: Bounds) -> None:
        super().__init__(manager, pageno=number, laparams=laparams)
        self.bounds, self.characters, self.lines = bounds, 0, 0

    def render_char(self, *args: Any, **named: Any) -> Any:
        self.characters += 1
        self.bounds.page(self.pageno, self.characters, self.lines)
        return super().render_char(*args, **named)

    def paint_path(self, *args: Any, **named: Any) -> None:
        self.lines += 1
        self.bounds.page(self.pageno, self.characters, self.lines)
        super().paint_path(*args, **named)


class _Interpreter(PDFPageInterpreter):
    """Goes through the instructions of a page and of the forms in it, each time counted."""

    def execute(self, streams: Sequence[object]) -> None:
        size = sum(len(pdftypes.stream_value(stream).get_data()) for stream in streams)
        assert isinstance(self.device, _Device)
        self.device.bounds.instructions(size + 1_000)  # a form that is called a million times may be empty
        super().execute(streams)


def draw(page: Any, bounds: Bounds) -> None:
    """Read what a page draws, where pdfplumber keeps it.

    Raises:
        TooMuchError: when it is too much.
    """
    device = _Device(page.pdf.rsrcmgr, page.page_number, page.pdf.laparams, bounds)
    _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    bounds.end_of_page(device.characters)
    page._layout = device.get_result()  # noqa: SLF001
