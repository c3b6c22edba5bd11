"""Line breaks inside Chinese text: YAML makes a blank of them, which no Chinese text has there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gongkai.text.patterns import whole

_CHINESE = whole("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—·\U00020000-\U0003ffff]")


def joined(written: str, style: str, value: str) -> str:
    """The value of a text on several lines, put together as Chinese is: without a blank beside a Chinese character.

    Args:
        written: the text as it stands in the file, quotes and indentation included.
        style: how it is quoted: nothing, ``'``, ``"`` or ``>``.
        value: what YAML makes of it. It stays where there is more to it than lines put together, as escapes.
    """
    lines = written.splitlines()
    if style == ">":
        lines = lines[1:]
    elif style:
        lines[0], lines[-1] = lines[0][1:], lines[-1][:-1]
    if style == "'":
        lines = [line.replace("''", "'") for line in lines]
    lines = [line.strip(" \t") for line in lines]
    text, end = value.rstrip("\n"), value[len(value.rstrip("\n")) :]
    if _folded(lines, lambda _left, _right: " ") != text:
        return value
    return _folded(lines, _between) + end


def _folded(lines: Sequence[str], between: Callable[[str, str], str]) -> str:
    """Lines put together; blank lines between them are line breaks."""
    text, blank = "", 0
    for line in lines:
        if not line:
            blank += 1
            continue
        text += "\n" * blank if blank else between(text, line) if text else ""
        text, blank = text + line, 0
    return text


def _between(left: str, right: str) -> str:
    return "" if _CHINESE.match(left[-1]) or _CHINESE.match(right[0]) else " "
