"""A built page as rules look at it: one pass over its HTML, everything with its line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.rules.site.markup import Place, read_markup
from gongkai.text.patterns import anywhere

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KEPT = {
    **dict.fromkeys(_HEADINGS, "headings"),
    **dict.fromkeys(("th", "caption", "dd"), "cells"),
    **dict.fromkeys(("input", "select", "textarea"), "fields"),
    **dict.fromkeys(("img", "svg"), "pictures"),
    "a": "links",
    "table": "tables",
}
"""The list of a page in which an element is kept."""
_LOADS = {("link", "href"), ("script", "src"), ("img", "src"), ("img", "srcset"), ("source", "src"), ("iframe", "src"),
          ("object", "data"), ("embed", "src"), ("video", "src"), ("audio", "src"), ("video", "poster"),
          ("form", "action"), ("input", "src"), ("use", "href"), ("base", "href")}  # fmt: skip
_LEADS = {("a", "href"), ("area", "href")}
_HARMLESS_REL = {"canonical", "alternate"}


@dataclass(slots=True)
class Element:
    """An element that some rule asks about: its attributes, its place, and which of the page's words are inside."""

    tag: str
    given: Mapping[str, str]
    place: Place
    inside: tuple[str, ...]  # tags and landmarks around it, outermost first
    words: list[str] = field(repr=False)
    first: int
    after: int | None = None  # None until it is closed

    @property
    def text(self) -> str:
        """The words inside, without spaces at the ends; a picture's words are its alternative text."""
        return " ".join("".join(self.words[self.first : self.after]).split())


@dataclass(slots=True)
class BuiltPage:
    """What rules need to know of one page."""

    name: str
    language: str = ""
    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    leads: list[tuple[str, Place]] = field(default_factory=list)
    loads: list[tuple[str, Place]] = field(default_factory=list)
    inline: list[tuple[str, Place]] = field(default_factory=list)
    headings: list[Element] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)
    pictures: list[Element] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    cells: list[Element] = field(default_factory=list)
    fields: list[Element] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    landmarks: dict[str, Element] = field(default_factory=dict)
    size: int = 0

    def within(self, landmark: str) -> list[Element]:
        """The links inside a landmark, such as ``nav.side`` or ``footer``."""
        return [link for link in self.links if landmark in link.inside]


_TEXTUAL = frozenset({"title", "a", "caption", "td", "th", "dd", "summary", "button", *_HEADINGS})
_LANDMARKS = frozenset({"main", "footer", "nav", "header", "aside", "form", "dl", "table"})
_ASKED = frozenset({"html", "meta", "label", *_KEPT, *_TEXTUAL, *_LANDMARKS})
_INLINE = frozenset({"script", "style"})
_REFERRING = frozenset(tag for tag, _ in (*_LOADS, *_LEADS))


class _PageReader:
    """Fills a BuiltPage; elements that are never closed are closed with their parent."""

    def __init__(self, page: BuiltPage) -> None:
        self.page = page
        self._words: list[str] = []
        self._open: list[tuple[str, Element | None]] = []
        self._around: tuple[str, ...] = ()
        self.words = self._words.append

    def start(self, tag: str, given: Mapping[str, str], place: Place) -> None:
        if given or tag in _INLINE:
            self._references(tag, given, place)
        element = None
        if tag in _ASKED:
            element = Element(tag, given, place, self._around, self._words, len(self._words))
            self._keep(element)
        if tag == "img":
            self._words.append(given.get("alt", ""))
        if tag in ("svg", "span") and given.get("aria-label"):
            self._words.append(given["aria-label"])
        if tag in _VOID:
            self._close(element)
            return
        self._open.append((tag, element))
        if tag in _LANDMARKS:
            self._around += (_named(tag, given),)

    def end(self, tag: str) -> None:
        if not self._open or (self._open[-1][0] != tag and all(name != tag for name, _ in self._open)):
            return
        while self._open:
            name, element = self._open.pop()
            self._close(element)
            if name in _LANDMARKS:
                self._around = self._around[:-1]
            if name == tag:
                break
        if tag == "title" and element and len(self._open) <= 2:  # noqa: PLR2004 - html, head; not an svg's title
            self.page.title += "".join(self._words[element.first : element.after])

    def _close(self, element: Element | None) -> None:
        if element is not None:
            element.after = len(self._words)

    def _references(self, tag: str, given: Mapping[str, str], place: Place) -> None:
        page = self.page
        if given.get("id"):
            page.ids.add(given["id"])
        if tag == "style" or (tag == "script" and "src" not in given) or "style" in given:
            page.inline.append((tag, place))
        page.inline += [(tag, place) for name in given if name.startswith("on")][:1]
        if tag not in _REFERRING:
            return
        harmless = tag == "link" and set(given.get("rel", "").split()) & _HARMLESS_REL
        for name, value in given.items():
            if (tag, name) in _LEADS or (harmless and name == "href"):
                page.leads.append((value, place))
            elif (tag, name) in _LOADS:
                page.loads.append((value, place))

    def _keep(self, element: Element) -> None:
        page, tag, given = self.page, element.tag, element.given
        match tag:
            case "html":
                page.language = given.get("lang", "")
            case "meta" if "name" in given:
                page.metas.setdefault(given["name"], given.get("content", ""))
            case "label":
                page.labels.add(given.get("for", ""))
        if tag in _KEPT:
            getattr(page, _KEPT[tag]).append(element)
        if tag in _LANDMARKS:
            page.landmarks.setdefault(_named(tag, given), element)


def _named(tag: str, given: Mapping[str, str]) -> str:
    """A landmark by tag and first class: nav.side, footer, dl.foot-items."""
    first = given.get("class", "").split()
    return f"{tag}.{first[0]}" if first and tag in ("nav", "dl") else tag


def read_page(name: str, html: str) -> BuiltPage:
    """One page of the built site."""
    page = BuiltPage(name, size=len(html.encode()))
    read_markup(html, _PageReader(page))
    return page


def heading_level(element: Element) -> int:
    """1 for h1 to 6 for h6."""
    return _HEADINGS[element.tag]


HAN = anywhere("[\u4e00-\u9fff]")
