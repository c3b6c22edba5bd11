"""The grammar of responsible-unit cells, on real cells and on everything that can be made of registered names."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.cells import Mention, fold, parse_cell
from gongkai.text.role import Role

pytestmark = pytest.mark.quick

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples/cells.yml").read_text(encoding="utf-8"))
KNOWN = frozenset(EXAMPLES["known"])
LETTERS = {Role.LEAD: "L", Role.SUPPORT: "S", Role.RESPONSIBLE: "R"}


def describe(mention: Mention) -> str:
    marks = ("G" if mention.group else "", f"({mention.detail})" if mention.detail else "",
             "%" if mention.each else "", "+" if mention.open else "")  # fmt: skip
    return " ".join(filter(None, (LETTERS[mention.role], mention.name, *marks)))


@pytest.mark.parametrize("case", [case for case in EXAMPLES["cases"] if case[1]], ids=lambda case: case[0][:24])
def test_real_cells(case: list) -> None:
    text, expected, *deadline = case
    cell = parse_cell(text, KNOWN)
    assert [describe(mention) for mention in cell.mentions] == expected
    assert cell.deadline_text == (deadline[0] if deadline else None)


def test_enough_real_cells() -> None:
    assert len(EXAMPLES["cases"]) >= 50


@pytest.mark.parametrize("case", EXAMPLES["cases"], ids=lambda case: case[0][:24])
def test_offsets_point_at_the_printed_name(case: list) -> None:
    for mention in parse_cell(case[0], KNOWN).mentions:
        printed = case[0][mention.offset : mention.offset + len(mention.printed)]
        assert printed == mention.printed
        assert fold(printed) == mention.name


@given(st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=8), st.sampled_from("、，；,;"))
def test_a_joined_list_comes_apart_again(names: list[str], separator: str) -> None:
    cell = parse_cell(separator.join(names), KNOWN)
    assert [mention.name for mention in cell.mentions] == names


@given(st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=4),
       st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=4))  # fmt: skip
def test_roles_are_given_to_whole_lists(leads: list[str], others: list[str]) -> None:
    cell = parse_cell(f"{'、'.join(leads)}牵头，{'、'.join(others)}配合", KNOWN)
    assert [(mention.name, mention.role) for mention in cell.mentions] == [
        *((name, Role.LEAD) for name in leads),
        *((name, Role.SUPPORT) for name in others),
    ]


@given(st.text(max_size=200))
def test_any_text_is_read_without_complaint(text: str) -> None:
    for mention in parse_cell(text, KNOWN).mentions:
        assert mention.name


@given(st.sampled_from([case[0] for case in EXAMPLES["cases"]]), st.data())
def test_layout_spaces_change_nothing(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    spaced = text[:at] + data.draw(st.sampled_from([" ", "　", "\t"])) + text[at:]
    assert [describe(m) for m in parse_cell(spaced, KNOWN).mentions] == [
        describe(m) for m in parse_cell(text, KNOWN).mentions
    ]


@pytest.mark.parametrize("case", EXAMPLES["cases"], ids=lambda case: case[0][:24])
def test_a_blank_anywhere_in_a_real_cell_changes_nothing(case: list) -> None:
    text = case[0]
    expected = [describe(mention) for mention in parse_cell(text, KNOWN).mentions]
    for at in range(len(text) + 1):
        assert [describe(mention) for mention in parse_cell(f"{text[:at]} {text[at:]}", KNOWN).mentions] == expected


SEVERAL = [
    ("县财政局 县教育局 县民政局", "R 县财政局|R 县教育局|R 县民政局"),
    ("县财政局 县公安分局", "R 县财政局|R 县公安分局"),
    ("县卫生健康局\n县医保局", "R 县卫生健康局|R 县医保局"),
    ("县民政局/县残联", "R 县民政局|R 县残联"),
    ("县民政局／县残联、县财政局", "R 县民政局|R 县残联|R 县财政局"),
    ("牵头单位：县自然资源局 配合单位：县住建局", "L 县自然资源局|S 县住建局"),
    ("牵头单位：县自然资源局配合单位：县住建局、各乡镇", "L 县自然资源局|S 县住建局|S 各乡镇 G"),
    ("主办单位：县司法局；协办单位：县财政局", "L 县司法局|S 县财政局"),
    ("参与部门：县司法局", "S 县司法局"),
    ("县司法局（牵头）；各执法单位", "L 县司法局|S 各执法单位 G"),
    ("县司法局牵头 县财政局配合", "L 县司法局|S 县财政局"),
    ("〔责任单位：县财政局、县教育局", "R 县财政局|R 县教育局"),
    ("（牵头单位：县财政局；配合单位：县教育局", "L 县财政局|S 县教育局"),
    ("县财政局、县教育局）", "R 县财政局|R 县教育局"),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL, ids=[str(at) for at in range(len(SEVERAL))])
def test_names_come_apart_before_anybody_knows_them(text: str, expected: str) -> None:
    assert "|".join(map(describe, parse_cell(text, frozenset()).mentions)) == expected


@pytest.mark.parametrize("label", ["完成时限", "完成时间", "办结时限", "时限", "完成期限", "时间要求"])
def test_a_deadline_inside_a_cell_is_no_unit(label: str) -> None:
    cell = parse_cell(f"（责任单位：县财政局，{label}：2025年6月底前）", frozenset())
    assert [mention.name for mention in cell.mentions] == ["县财政局"]
    assert cell.deadline_text == "2025年6月底前"
