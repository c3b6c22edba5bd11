"""The quick way to read plain HTML says what the library says, of every text that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.rules.site import markup
from gongkai.rules.site.markup import Place, plain_lines, read_markup

BLESSED = Path(__file__).resolve().parents[1] / "miniature" / "expected"
PLAIN = (
    "甲", " ", "\n", "&amp;", "&#x4e2d;", "&amp", "&lt;b&gt;", "1 > 0", ">", '"', "'", "--", "-->",
    "<p>", "</p>", "<P>", "</P>", "<br>", "<br/>", "<br />", "</br>", "<p/>", "<h1>", "</h1>", "<p1>",
    '<a href="x">', '<a href="x?a=1&amp;b=2" class="c d">', "<a  b>", '<a href="<b>">',
    '<a a="1" A="2">', "<a hidden>", "</a>", '<svg viewBox="0 0 1 1">', '<path d="M0 0"/>', "</svg>", "<b a>",
    "<!-- 甲 -->", "<!---->", "<!--a-->", "<!doctype html>", "<!DOCTYPE html>", "<noscript>", "</noscript>",
    "<script>if (a<b) {}</script>", '<script src="x"></script>', "<style>a > b {}</style>", "</title>",
    "<title>甲 &amp; 乙</title>", "</script>",
)  # fmt: skip
ODD = (
    "a < b", "<", "</", "<p", "<p\n>", "<p >", "<!-- <p> -->", "<br / >",
    "</p >", "< p>", "<a href=x>", "<a href='x'>", '<a a="1"b="2">', '<a a = "1">',
    '<a ="x">', "<p\t>", "<my-tag>", "<a:b>", "<1>", "<!-->", "<!--->", "<!-- a--b -->", "<!-- a --!>", "<!--",
    "<!doctype html system>", "<![CDATA[a]]>", "<?xml ?>", "<script>", "<script/>", "</SCRIPT>", "<style>", "</style>",
    '<a\nhref="x"\n title="甲">', "<textarea>\n甲</textarea>", "<!-- 甲\n乙 -->", "<script>\n</script>",
    "<title>", "<title><b>", "<textarea>", "</textarea>", "<iframe>", "</iframe>", "<plaintext>", "\r", "\0",
)  # fmt: skip


class Listener:
    """Writes down what it is told, words that follow each other as one."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def start(self, tag: str, given: Mapping[str, str], place: Place) -> None:
        self.told.append(("start", tag, dict(given), tuple(place)))

    def end(self, tag: str) -> None:
        self.told.append(("end", tag))

    def words(self, text: str) -> None:
        before = self.told.pop()[1] if self.told and self.told[-1][0] == "words" else ""
        self.told.append(("words", f"{before}{text}"))


def told(html: str) -> list[tuple[object, ...]]:
    listener = Listener()
    read_markup(html, listener)
    return listener.told


def told_by_library(html: str) -> list[tuple[object, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "plain_lines", lambda _: None)
        return told(html)


@pytest.mark.parametrize("piece", PLAIN)
def test_what_is_plain(piece: str) -> None:
    assert plain_lines(piece) is not None


@given(st.lists(st.sampled_from(PLAIN), max_size=12) | st.lists(st.sampled_from(PLAIN + ODD), max_size=8))
@example(list("<script><!-- <p></script>"))
def test_both_ways_say_the_same(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert told(html) == told_by_library(html)


def test_pages_of_ours_are_plain() -> None:
    pages = [path.read_text("utf-8") for path in BLESSED.rglob("*.html")]
    assert len(pages) > 50
    for text in pages:
        assert told(text) == told_by_library(text)
    assert sum(plain_lines(text) is None for text in pages) <= 1  # the search, which has JSON in single quotes


def test_no_text_stops_the_program() -> None:
    assert told("<p>甲<![=a]]><p>")[:2] == [("start", "p", {}, (1, 1)), ("words", "甲")]
