"""What a build costs, counted in calls of functions: nobody makes it dearer without seeing it."""

from __future__ import annotations

import pytest

from benchmarks.build.calls import counted, kept

_MORE = 0.1
_FEW = 100
"""Thousands of calls that a room may always add."""


def test_no_room_calls_much_more_than_was_kept() -> None:
    before = kept()
    if not before:
        pytest.skip("no calls were kept with this Python: python -m benchmarks.build.calls --keep")
    now = counted()
    more = {room: (before[room], now[room]) for room in now if now[room] > before[room] * (1 + _MORE) + _FEW}
    assert not more, "thousands of calls before and now; say why and keep them: python -m benchmarks.build.calls --keep"
