"""Numbers and headings of posts in social media, as documents print them; and what is left as it is."""

from __future__ import annotations

import pytest

from gongkai.importing.blocks import Paragraph
from gongkai.importing.recognise.posts import as_documents

ITEMS = ["加快老旧小区改造。", "建成养老服务中心4个。", "新改建农村公路120公里。"]


def read(lines: list[str]) -> list[str]:
    found = as_documents([Paragraph(line, at) for at, line in enumerate(lines, start=1)])
    return [block.text for block in found if isinstance(block, Paragraph)]


@pytest.mark.parametrize("form", ["{:02} {}", "{:02}　{}", "{} {}", "{:02}\t{}"])
def test_numbers_that_count_through_are_those_of_items(form: str) -> None:
    printed = [form.format(at, item) for at, item in enumerate(ITEMS, start=1)]
    assert read(printed) == [f"{at}.{item}" for at, item in enumerate(ITEMS, start=1)]


def test_a_number_on_a_line_of_its_own_belongs_to_the_next() -> None:
    printed = [line for at, item in enumerate(ITEMS, start=1) for line in (f"{at:02}", item)]
    assert read(printed) == [f"{at}.{item}" for at, item in enumerate(ITEMS, start=1)]


@pytest.mark.parametrize(
    "lines",
    [
        ["3 号公告", "7 项任务", "9 个镇"],
        ["1 总则", "2 附则"],
        ["2025", "1", "正文"],
        ["05 月报", "06 月报", "07 月报"],
    ],
)
def test_other_numbers_stay(lines: list[str]) -> None:
    assert read(lines) == lines


@pytest.mark.parametrize("mark", ["▌", "◆", "●"])
def test_marked_lines_are_headings_of_numbered_items(mark: str) -> None:
    printed = [f"{mark}惠民生", f"01 {ITEMS[0]}", f"{mark} 强产业", f"02 {ITEMS[1]}", f"03 {ITEMS[2]}"]
    assert read(printed) == ["一、惠民生", f"1.{ITEMS[0]}", "二、强产业", f"2.{ITEMS[1]}", f"3.{ITEMS[2]}"]


def test_marks_stay_where_there_are_headings_or_no_items() -> None:
    for lines in (["一、总体要求", "●惠民生", "1.甲", "●强产业"], ["●往期推荐", "●今起有变化", "正文。"]):
        assert read(lines) == lines


@pytest.mark.parametrize(
    "lines",
    [
        ["甲段。", "1", "乙段。", "2", "丙段。", "3", "丁段。"],  # pages
        ["01", "甲段。", "02", "乙段。", "03"],
        ["01", "02", "03", "甲段。"],
    ],
)
def test_numbers_on_lines_of_their_own_are_never_lost(lines: list[str]) -> None:
    assert read(lines) == lines
