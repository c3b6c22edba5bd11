"""Two texts side by side: nothing of either is lost, and what is the same is not marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.column.revisions import Mark, compare

pytestmark = pytest.mark.quick

_paragraphs = st.lists(st.text("甲乙丙丁，。", min_size=1, max_size=12), max_size=6)


@given(_paragraphs, _paragraphs)
def test_each_side_gives_back_its_text(before: list[str], after: list[str]) -> None:
    lines = compare(before, after)
    assert ["".join(piece.text for piece in line.before) for line in lines if line.before] == before
    assert ["".join(piece.text for piece in line.after) for line in lines if line.after] == after
    for line in lines:
        kept = ["".join(piece.text for piece in side if piece.mark is Mark.SAME) for side in (line.before, line.after)]
        assert kept[0] == kept[1] or not (line.before and line.after)


@given(_paragraphs)
def test_the_same_text_has_no_marks(text: list[str]) -> None:
    assert not any(line.changed for line in compare(text, text))


def test_a_changed_number_is_all_that_is_marked() -> None:
    (line,) = compare(["每人每月补贴100元。"], ["每人每月补贴200元。"])
    assert [piece.text for piece in line.before if piece.mark is Mark.REMOVED] == ["1"]
    assert [piece.text for piece in line.after if piece.mark is Mark.ADDED] == ["2"]


def test_a_new_paragraph_stands_where_it_was_put() -> None:
    lines = compare(
        ["第一条 总则。", "第三条 附则。"], ["第一条 总则。", "第二条 申请补贴须提交材料。", "第三条 附则。"]
    )
    assert [bool(line.before) for line in lines] == [True, False, True]
