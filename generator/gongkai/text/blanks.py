"""Blanks mean nothing in Chinese print: layout, or the break of a line."""

from __future__ import annotations

from gongkai.text.patterns import anywhere

_BLANK = anywhere(r"\s+")


def squeeze(text: str) -> str:
    """The text without any white space."""
    return _BLANK.sub("", text)
