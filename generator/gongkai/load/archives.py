"""Inside the archives of office programs (.docx, .xlsx, .pptx, .ofd): every part, and the archives that lie in it.

Parts are XML in any encoding that XML knows; they are parsed as a stream, with entities resolved, attributes included
(alternative texts of pictures are attributes). Office Open XML: ECMA-376; OFD: GB/T 33190.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers import expat

from gongkai.column.attachment import OLE
from gongkai.load.inside import MAX_UNPACKED_BYTES, Inside, together
from gongkai.load.legacy import read_legacy
from gongkai.load.photos import PHOTOS, read_photo
from gongkai.text.patterns import whole

_DEPTH = 4
_ENCODING = whole(rb"<\?xml [^>]{0,200}encoding=[\"']([\w.-]{1,40})")
_ARCHIVE = b"PK\x03\x04"
_BLOCKS = frozenset({"p", "tr", "tc", "si", "c", "row", "v", "TextCode"})
_AUTHORS = frozenset({"creator", "lastModifiedBy", "Author"})
"""Properties that name persons; Creator is the program that wrote an .ofd, Company and Manager are no authors."""
_AUTHOR_ATTRIBUTES = frozenset({"author", "userId", "displayName"})
_COMMENTS = frozenset({"comment", "threadedComment", "cm"})
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo", "rcc", "rrc"})
_MACROS = ("vbaproject", "macrosheet", "macroenabled", "activex", "vbadata")
_COMMANDS = ("DDEAUTO", "DDE ")


def read_archive(content: bytes) -> Inside:
    """What an archive holds, archives and pictures inside it included.

    Raises:
        one of ``BROKEN``: when it cannot be read, or is larger unpacked than anyone would publish.
    """
    return together(_parts(content, _Budget(), 0))


class _Budget:
    """Bytes that may still be unpacked, of an archive and everything in it."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED_BYTES

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise ValueError


def _parts(content: bytes, budget: _Budget, depth: int) -> Iterator[Inside]:
    if depth >= _DEPTH:
        raise ValueError
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for item in archive.infolist():
            if item.is_dir():
                continue
            budget.take(item.file_size)
            yield Inside(item.filename, active=_by_name(item.filename))
            yield from _part(item.filename, archive.read(item), budget, depth)


def _by_name(name: str) -> tuple[str, ...]:
    return ("宏",) if any(word in name.casefold() for word in _MACROS) else ()


def _part(name: str, content: bytes, budget: _Budget, depth: int) -> Iterator[Inside]:
    """One part, by what it is, whatever it is called."""
    if content.startswith(_ARCHIVE):
        yield from _parts(content, budget, depth + 1)
    elif content.startswith(OLE):
        yield read_legacy(content)
    elif PurePosixPath(name).suffix.lower() in PHOTOS:
        yield read_photo(content)
    elif found := _Xml(name).read(content):
        yield found


class _EntitiesError(ValueError):
    """Entities can grow without end, and hide what stands in them."""


class _Xml:
    """A part in XML, read as a stream."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._words: list[str] = []
        self._attributes: list[str] = []
        self._authors: dict[str, None] = {}
        self._seen: Counter[str] = Counter()
        self._active: dict[str, None] = {}
        self._within: list[str] = []

    def read(self, content: bytes) -> Inside | None:
        """None when it is no XML.

        Raises:
            ValueError: when it defines entities of its own, which no office program writes.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(content, True)
        except _EntitiesError:
            raise
        except (expat.ExpatError, LookupError, ValueError):
            if not self._within and not content.lstrip().startswith(b"<?xml"):
                return None
            self._words.append(_decoded(content))  # an encoding that expat does not know, or XML that breaks off
        words = "\n".join(["".join(self._words), *self._attributes])
        active = [*self._active, *(["外部命令（DDE）"] if any(word in words for word in _COMMANDS) else [])]
        hidden = [f"{label}{self._seen[label]}处" for label in ("批注", "修订记录") if self._seen[label]]
        return Inside(words, tuple(self._authors), tuple(hidden), tuple(active))

    def _begin(self, name: str, given: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._within.append(local)
        for key, value in given.items():
            attribute = key.rpartition(":")[2]
            self._attributes.append(value)
            if attribute in _AUTHOR_ATTRIBUTES and value.strip():
                self._authors[value.strip()] = None
            if attribute == "ContentType" and any(word in value.casefold() for word in _MACROS):
                self._active["宏"] = None
        if local in _COMMENTS and "comment" in self._name.casefold():
            self._seen["批注"] += 1
        if local in _CHANGES and given:
            self._seen["修订记录"] += 1
        if given.get("TargetMode") == "External" and not given.get("Type", "").endswith("/hyperlink"):
            self._active["从别处取内容"] = None

    def _end(self, name: str) -> None:
        self._within.pop()
        if name.rpartition(":")[2] in _BLOCKS:
            self._words.append("\n")

    def _text(self, text: str) -> None:
        self._words.append(text)
        if self._within and self._within[-1] in _AUTHORS and text.strip():
            self._authors[text.strip()] = None


def _decoded(content: bytes) -> str:
    """A part as text, in the encoding that it declares where there is such a one."""
    declared = _ENCODING.match(content)
    try:
        return content.decode(declared.group(1).decode() if declared else "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _refuse(_name: str, _system: str | None, _public: str | None, inside: bool) -> None:
    if inside:
        raise _EntitiesError
