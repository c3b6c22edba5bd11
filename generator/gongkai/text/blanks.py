"""Blanks mean nothing in Chinese print: layout, or the break of a line."""

from __future__ import annotations

from gongkai.text.patterns import anywhere

_BLANK = anywhere(r"\s+")
_DIGIT_GAP = anywhere(r"(?<=[\u4e00-\u9fff]) (?=[0-9])|(?<=[0-9]) (?=[\u4e00-\u9fff])")


def squeeze(text: str) -> str:
    """The text without any white space."""
    return _BLANK.sub("", text)


def without_digit_spaces(text: str) -> str:
    """Close the gap that Word and PDF set between Chinese characters and digits: 2022 年 is 2022年."""
    return _DIGIT_GAP.sub("", text)
