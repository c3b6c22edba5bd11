"""Numbers that tasks order: what is counted, and that nobody is said to have done what nobody reported."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest

from gongkai.column.origin import Origin
from gongkai.column.targets import Count, Measured, Scope, Target, amounts, ordered, reported

pytestmark = pytest.mark.quick
_TARGET = Target("培训", 2, None, "次", Scope.EACH, Origin("plans/x.yml"))


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("培训不少于1次", "次", [(1, None)]),
        ("列席不得少于３次。", "次", [(3, None)]),
        ("优先选取２-３个镇", "个", [(2, 3)]),
        ("两至三场，十二次", "场", [(2, 3)]),
        ("两至三场，十二次", "次", [(12, None)]),
        ("2021年3次", "次", [(3, None)]),
        ("13次", "次", [(13, None)]),
        ("分类方式至少包括发布机构", "次", []),
        ("第三次会议", "次", [(3, None)]),
    ],
)
def test_amounts_are_read_as_printed(text: str, unit: str, found: list[tuple[int, int | None]]) -> None:
    assert list(amounts(normalize("NFKC", text), unit)) == found


def test_only_a_number_with_a_unit_is_an_order() -> None:
    assert ordered("培训不少于1次，列席不得少于三次") == ["不少于1次", "不得少于三次"]
    assert not ordered("征求意见不少于30日，方式至少包括三种")


def test_the_newest_number_of_each_unit_counts() -> None:
    counts = [
        (date(2024, 3, 1), Count("培训", "a", 1)),
        (date(2024, 6, 1), Count("培训", "b", 1)),
        (date(2024, 9, 1), Count("培训", "a", 2)),
        (date(2024, 9, 1), Count("列席", "b", 9)),
    ]
    found = Measured(_TARGET, ("a", "b", "c"), True, reported(counts, _TARGET))
    assert [(unit, known and known.number) for unit, known in found.lines] == [("a", 2), ("b", 1), ("c", None)]
    assert (found.reached, found.total, found.day) == (1, 3, date(2024, 9, 1))
    assert [known.by for known in found.short] == ["b"], "a unit without a number is not said to have done less"


def test_nothing_reported_is_no_zero() -> None:
    found = Measured(_TARGET, ("a",), True, ())
    assert (found.total, found.reached, found.short, found.day) == (None, 0, (), None)
    whole = Target("样板", 2, 3, "个", Scope.ALL, Origin("plans/x.yml"))
    assert Measured(whole, (), False, ()).short == ()
