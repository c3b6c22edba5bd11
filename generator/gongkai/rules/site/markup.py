"""The tags and words of an HTML text, in their order and with their places.

``html.parser`` reads every text, and takes 3 ms for a page of ours. What programs write is plainer than what it can
read: every tag closed on its line, every value in double quotes. Where every line of a text is plain, each is read with
one pattern, and once, however many pages have it; any other text is read by the library. Both say the same (a test).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from typing import NamedTuple, Protocol

from gongkai.text.patterns import anywhere, whole

_TAG = whole(
    r"<(?:/[A-Za-z][A-Za-z0-9]*"
    r'|[A-Za-z][A-Za-z0-9]*(?: +[A-Za-z_:][A-Za-z0-9_:.-]*(?:="[^"]*")?)*(?: ?/)?'
    r"|!(?:doctype html|DOCTYPE html|--(?:[^>-]|-[^>-])*--))>"
)
"""A plain tag, the type of a document, or a comment."""
_NAME = whole(r"</?([A-Za-z][A-Za-z0-9]*)")
_ATTRIBUTE = anywhere(r' ([A-Za-z_:][A-Za-z0-9_:.-]*)(?:="([^"]*)")?')
_RAW = frozenset({"script", "style"})
"""Elements whose content is no markup."""
_TEXT = frozenset({"title", "textarea"})
"""Elements in which tags are words, to newer versions of the library."""
_ODD = frozenset({"iframe", "noembed", "noframes", "plaintext", "xmp"})
"""Elements that versions of the library read differently."""
_LINES_KEPT, _LONG, _TAGS_KEPT = 4096, 2000, 8192
"""Lines and tags that are known, and characters of a line that is not remembered: a page may be one line."""
_VERBATIM = _RAW | _TEXT | _ODD

Token = tuple[str, Mapping[str, str] | None, int]
"""A tag that opens, with its attributes and the column where it stands; one that closes, without and with -1; words,
with -2."""
_END, _WORDS = -1, -2


class Place(NamedTuple):
    """1-based line and column."""

    line: int
    column: int


class Reader(Protocol):
    """Who is told what stands in a text."""

    def start(self, tag: str, given: Mapping[str, str], place: Place) -> None:
        """A tag that opens an element, with its attributes; names in small letters."""

    def end(self, tag: str) -> None:
        """A tag that closes an element; one that closes itself (``<path/>``) is told as both."""

    def words(self, text: str) -> None:
        """What stands between tags, references to characters resolved; the content of scripts and styles, too."""


def read_markup(html: str, reader: Reader) -> None:
    """Tell a reader what stands in an HTML text."""
    lines = plain_lines(html)
    if lines is None:
        _read_any(html, reader)
        return
    for number, tokens in enumerate(lines, 1):
        for text, given, column in tokens:
            if given is not None:
                reader.start(text, given, Place(number, column))
            elif column == _END:
                reader.end(text)
            else:
                reader.words(text)


def _read_any(html: str, reader: Reader) -> None:
    """As the library reads it; what follows a marked section without a name (``<![=``) may be told to nobody."""
    parser = _AnyMarkup(reader)
    with suppress(AssertionError):  # as versions of the library say that they cannot go on
        parser.feed(html)
        parser.close()


def plain_lines(html: str) -> list[Sequence[Token]] | None:
    """What stands on each line of a plain text; None for one that is not plain."""
    found: list[Sequence[Token]] = []
    for line in StringIO(html, newline="\n"):
        tokens = _known_line(line) if len(line) < _LONG else _plain_tokens(line)
        if tokens is None:
            return None
        found.append(tokens)
    return found


def _plain_tokens(line: str) -> Sequence[Token] | None:
    found: list[Token] = []
    at, markup = 0, line.find("<")
    while markup >= 0:
        if markup > at:
            found.append((unescape(line[at:markup]), None, _WORDS))
        match = _TAG.match(line, markup)
        if match is None:
            return None
        at = match.end()
        tag, given, closed = _read_tag(match[0])
        if given is not None:
            found.append((tag, given, markup + 1))
        if tag and (given is None or closed):
            found.append((tag, None, _END))
        if given is not None and tag in _VERBATIM:
            end = _verbatim_end(line, tag, at)
            if end is None or closed:
                return None
            if tag in _RAW and end > at:
                found.append((line[at:end], None, _WORDS))
                at = end
        markup = line.find("<", at)
    if at < len(line):
        found.append((unescape(line[at:]), None, _WORDS))
    return found


_known_line = lru_cache(_LINES_KEPT)(_plain_tokens)


def _verbatim_end(html: str, tag: str, at: int) -> int | None:
    """Where the content of a script, a title or their like ends; None where versions of the library disagree."""
    end = html.find("</" if tag in _RAW else "<", at)
    plain = html.startswith(f"</{tag}>", end) and html.find("<!--", at, end) < 0
    return end if end >= 0 and plain and tag not in _ODD else None


@lru_cache(_TAGS_KEPT)
def _read_tag(text: str) -> tuple[str, Mapping[str, str] | None, bool]:
    """The name of a plain tag, its attributes (None where it closes), whether it closes itself; no name: no tag."""
    name = _NAME.match(text)
    if name is None:
        return "", None, False
    tag = name[1].lower()
    if text[1] == "/":
        return tag, None, False
    attributes = _ATTRIBUTE.findall(text, name.end())
    return tag, {key.lower(): unescape(value) for key, value in attributes}, text.endswith("/>")


class _AnyMarkup(HTMLParser):
    """Any text, as the library reads it."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(convert_charrefs=True)
        self._reader = reader

    def handle_data(self, data: str) -> None:
        self._reader.words(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        self._reader.start(tag, {name: value or "" for name, value in attrs}, Place(line, column + 1))

    def handle_endtag(self, tag: str) -> None:
        self._reader.end(tag)
