"""The shell: the theme's page rendered once with marks in it, cut into pieces, and filled for every record.

Rendering the theme costs about a millisecond a page however thin the page is; joining eleven pieces costs microseconds.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct

from gongkai.text.patterns import anywhere

_INDENT = anywhere(r"\n\s+")


SLOTS = ("title", "meta", "crumbs", "follow", "body", "actions")
"""What differs from page to page. Everything else in the theme's page is the same for all pages of a shell."""

_MARK = anywhere(r"SLOT-([a-z]+)-SLOT")


class ShellError(Exception):
    """The theme's page does not carry the marks it should; the theme has changed or an override is broken."""


def mark(slot: str) -> Markup:
    """The text that stands for a slot while the theme renders."""
    return Markup(f"SLOT-{slot}-SLOT")  # noqa: S704 - letters and hyphens only


class Layout(Struct, frozen=True):
    """A rendered theme page as alternating text and slot names, starting and ending with text."""

    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> Layout:
        """Cut a rendered page at its marks.

        Raises:
            ShellError: when a slot is missing, or stands where it should not.
        """
        pieces = tuple(_MARK.split(minify(html)))
        found = sorted(pieces[1::2])
        if found != sorted((*SLOTS, "title")):  # the title stands in <title> and as the heading of the page
            raise ShellError(f"theme page carries the slots {found}, expected {sorted((*SLOTS, 'title'))}")
        return cls(pieces)

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The finished page. Values are HTML; the caller escaped them."""
        parts = list(self.pieces)
        for at in range(1, len(parts), 2):
            parts[at] = values[parts[at]]
        return "".join(parts).encode()


def minify(html: str) -> str:
    """Drop blank lines and indentation, which is a fifth of a rendered page; text inside lines stays as it is."""
    return _INDENT.sub("\n", html)


class LayoutKey(Struct, frozen=True):
    """What a shell depends on: how deep the page lies, and which entry of the navigation is current."""

    depth: int
    active: str


ACTIVE = {
    "home": "home",
    "years": "years",
    "year": "years",
    "organs": "organs",
    "organ": "organs",
    "organ_year": "organs",
    "organ_theme": "organs",
    "year_theme": "years",
    "themes": "themes",
    "theme": "themes",
    "units": "units",
    "unit": "units",
    "data": "data",
    "search": "search",
}
"""Navigation entry by kind of page; every other kind belongs to 法定主动公开内容."""


def key_of(kind: str, url: str) -> LayoutKey:
    """The shell that a page is filled into."""
    return LayoutKey(url.count("/"), ACTIVE.get(kind, "disclosure"))


_DEEPEST = 6  # organs/x/themes/y/page/2/


def all_keys() -> list[LayoutKey]:
    """Every layout that pages can ask for."""
    keys = [LayoutKey(0, "home"), LayoutKey(1, "data"), LayoutKey(1, "search")]
    doors = ("years", "organs", "themes", "units", "disclosure")
    return keys + [LayoutKey(depth, active) for active in doors for depth in range(1, _DEEPEST + 1)]
