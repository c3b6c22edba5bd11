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
