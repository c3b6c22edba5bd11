"""demo/ is a made-up column full of life: whatever a column can show is in it, and nothing in it is real."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import pytest

from gongkai import pipeline
from gongkai.column.coverage import CatalogueState
from gongkai.column.document import Validity
from gongkai.column.progress import ProgressStatus, TaskStatus
from gongkai.findings.finding import Severity
from gongkai.kinds.decision_directory.model import StageStatus
from gongkai.kinds.participation.model import ParticipationState
from gongkai.kinds.registry import KINDS
from gongkai.settings import load_settings
from gongkai.site.occasions import open_now
from tests.conftest import DEMO, DEMO_DAY, ROOT

pytestmark = pytest.mark.quick

PROVINCES_OF_CHINA = range(11, 83)
"""The first two digits of every division of GB/T 2260."""


@pytest.fixture(scope="module")
def demo() -> pipeline.Checked:
    return pipeline.check(DEMO, DEMO_DAY)


def all_of(states: type[StrEnum], found: Iterable[object]) -> None:
    assert set(found) >= set(states), f"{states.__name__} that do not occur: {set(states) - set(found)}"


def test_it_has_no_error_and_says_on_every_page_that_it_is_made_up(demo: pipeline.Checked) -> None:
    assert not demo.counts.get(Severity.ERROR), demo.report()
    assert load_settings(DEMO).fictional


def test_it_has_a_file_of_every_kind(demo: pipeline.Checked) -> None:
    assert {kind.name for kind in KINDS if not demo.column.files[kind.name]} == set()


def test_it_shows_every_state(demo: pipeline.Checked) -> None:
    column, index = demo.column, demo.column.index
    all_of(TaskStatus, index.statuses.values())
    all_of(CatalogueState, (found.state for found in index.coverage.values()))
    all_of(Validity, (document.validity for document in index.documents.values()))
    written = "".join(path.read_text("utf-8") for path in DEMO.glob("plans/*.yml"))
    all_of(StageStatus, re.findall(r"\w+: ?\n? *{?status: (\w+)", written))
    all_of(ProgressStatus, re.findall(r"status: (\S+?),?\n? ", written))
    lists = column.files["participation"].values()
    all_of(ParticipationState, (item.state(DEMO_DAY) for found in lists for item in found.items))


def test_it_has_what_happens_after_publication(
    demo: pipeline.Checked,
) -> None:
    column = demo.column
    assert column.corrections
    assert column.withdrawals
    assert column.index.predecessors
    assert any(document.attachments for document in column.index.documents.values())
    assert "evidence:" in "".join(path.read_text("utf-8") for path in DEMO.glob("plans/*.yml"))
    contacts = [unit.contact for unit in column.units.values() if unit.contact]
    assert any(contact.telephone and contact.address and contact.hours and contact.website for contact in contacts)


def test_what_people_can_take_part_in_is_told_once_with_the_days_left(demo: pipeline.Checked) -> None:
    found = {item.entry.id: left for item, left in open_now(demo.column)}
    assert found == {"liuting-2026-decisions/1": 6, "qingsui-canyu-2026/2": 14, "qingsui-canyu-2026/6": 28}


def test_three_districts_of_two_provinces_have_plans_and_one_has_them_for_five_years(demo: pipeline.Checked) -> None:
    organs = demo.column.organs.values()
    assert len(organs) == len({found.organ for found in demo.column.files["plan"].values()}) == 3
    assert len({organ.division[:2] for organ in organs if organ.division}) == 2
    years = {(found.organ, found.year) for found in demo.column.files["plan"].values()}
    assert {year for organ, year in years if organ == "qingsui"} == {2022, 2023, 2024, 2025, 2026}


def test_none_of_its_places_exists(demo: pipeline.Checked) -> None:
    for organ in demo.column.organs.values():
        assert organ.division, organ.id
        assert int(organ.division[:2]) not in PROVINCES_OF_CHINA, organ.name


def test_make_demo_builds_it_for_the_day_that_its_states_were_written_for() -> None:
    assert f"DEMO_DAY := {DEMO_DAY}\n" in (ROOT / "Makefile").read_text("utf-8")
    assert "make demo" in (ROOT / "README.md").read_text("utf-8").partition("# In English")[0]
    assert "make demo" in (ROOT / "README.md").read_text("utf-8").partition("# In English")[2]
