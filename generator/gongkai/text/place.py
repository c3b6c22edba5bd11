"""Where something stands in a text."""

from __future__ import annotations


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """The 1-based line and column of the character at an index; lines end with LF."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
