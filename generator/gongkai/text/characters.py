"""Characters that readers do not see, see as boxes, or take for others: none belongs into a published text.

They come with text copied from PDF files, web pages and word processors. Sources: Unicode 15, chapters 23.2 to 23.8
(format characters, private use, specials), 18.1 (CJK compatibility ideographs) and 18.3 (Kangxi radicals).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from gongkai.text.patterns import anywhere


class Flaw(StrEnum):
    """What is wrong with a character."""

    HIDDEN = "hidden"  # nobody sees it, and a search does not find the word around it
    BROKEN = "broken"  # the text was lost on the way: � and 锟斤拷
    PRIVATE = "private"  # made for one computer or font; elsewhere a box
    LOOKALIKE = "lookalike"  # looks like another character: ⼀ is not 一
    BLANK = "blank"  # a blank that YAML and searches do not take for one


class Flawed(NamedTuple):
    """Characters with one flaw in a row: where they begin, and what to write instead; None where nobody can know."""

    flaw: Flaw
    start: int
    written: str
    instead: str | None


_HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_BLANK = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_KANGXI = "\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_GARBLED = "\ufffd+|锟斤拷|锟斤|斤拷锟|烫烫烫+|屯屯屯+|[\u00c0-\u00ff][\u0080-\u00bf]{2}"
_SUSPECT = anywhere(
    f"(?P<broken>{_GARBLED})|(?P<hidden>[{_HIDDEN}]+)|(?P<blank>[{_BLANK}]+)"
    f"|(?P<private>[{_PRIVATE}]+)|(?P<lookalike>[{_KANGXI}]+)"
)


_QUICK = anywhere(f"[{_HIDDEN}{_BLANK}{_KANGXI}{_PRIVATE}\ufffd\u00c0-\u00ff]")
_LIKE = anywhere(f"[{_KANGXI}]")
_LOST = ("锟斤", "斤拷", "烫烫烫", "屯屯屯")
"""Most texts have none of these, and to see that is quick."""


def flawed(text: str) -> Iterator[Flawed]:
    """Every flaw in a text, in its order. A line break and a tab are none, and no space that people type."""
    if not _QUICK.search(text) and not any(word in text for word in _LOST):
        return
    for match in _SUSPECT.finditer(text):
        flaw, written = Flaw(str(match.lastgroup)), match.group()
        instead = _instead(flaw, written)
        if instead != written:
            yield Flawed(flaw, match.start(), written, instead)


def sound(text: str) -> str:
    """A text with its flaws put right, as far as anybody knows what was meant: not for control characters."""
    at, parts = 0, []
    for found in flawed(text):
        control = any(unicodedata.category(char) == "Cc" for char in found.written)
        if found.instead is not None and not control:
            parts += [text[at : found.start], found.instead]
            at = found.start + len(found.written)
    return "".join([*parts, text[at:]])


def _instead(flaw: Flaw, written: str) -> str | None:
    match flaw:
        case Flaw.HIDDEN:
            return ""
        case Flaw.BLANK:
            return " " * len(written)
        case Flaw.LOOKALIKE:
            return "".join(_RADICALS.get(char) or unicodedata.normalize("NFKC", char) for char in written)
    return None


def unlike(text: str) -> str:
    """A text with the characters that its lookalikes stand for: ⼀ becomes 一."""
    return _LIKE.sub(lambda match: _instead(Flaw.LOOKALIKE, match.group()) or "", text)


def lookalikes(text: str) -> int:
    """How many characters of a text only look like another."""
    return sum(unlike(char) != char for char in _LIKE.findall(text))


_RADICALS = dict(
    zip(
        "⻅⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻤⻣⻄⺠⺒⺟⻁⻆",
        "见贝车长门青页风飞食马鱼鸟麦黄齐齿龙鬼骨西民巳母虎角",
        strict=True,
    )
)
"""CJK radicals supplement: Unicode maps only two of them to the character that they look like."""


def named(char: str) -> str:
    """A character by its number: U+200B."""
    return f"U+{ord(char):04X}"
