"""Vocabularies that belong to no district come with the program; a column's own lie over them, entry by entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.cli import main
from gongkai.column.site_data import SiteData
from gongkai.load.tree import SHARED, load_tree
from tests.conftest import AS_OF

pytestmark = pytest.mark.quick

KINDS = {"themes", "audiences", "decision_stages", "search_vocabulary", "workdays"}
PLACES = re.compile("莱芜|长清|济南|山东|laiwu|changqing")


def column(root: Path, **files: object) -> SiteData:
    for name, value in files.items():
        path = root / f"plans/vocabularies/{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
    (root / "plans").mkdir(exist_ok=True)
    checked = pipeline.check(root, AS_OF)
    assert not checked.findings, checked.report()
    return checked.column


def test_they_are_there_without_a_file_and_name_no_place(tmp_path: Path) -> None:
    found = column(tmp_path)
    assert {file.kind for file in load_tree(tmp_path).files} == KINDS
    assert len([theme for theme in found.themes.values() if theme.scheme == "national" and not theme.parent]) == 22
    assert found.audiences
    assert found.stage_kinds
    assert not [path.name for path in SHARED.iterdir() if PLACES.search(path.read_text("utf-8"))]
    assert "organ:" not in (SHARED / "decision-stages.yml").read_text("utf-8")


def test_an_entry_of_the_column_takes_the_place_of_ours_and_others_stay(tmp_path: Path) -> None:
    shared = column(tmp_path)
    themes = [{"id": "education", "name": "上学", "scheme": "local"}, {"id": "tea", "name": "茶叶", "scheme": "local"}]
    people = [{"id": "farmers", "name": "茶农", "words": ["茶农"]}]
    stages = [{"id": "draft", "name": "草案", "description": "全文。"}]
    own = column(
        tmp_path,
        themes={"kind": "themes", "themes": themes},
        audiences={"kind": "audiences", "audiences": people},
        stages={"kind": "decision_stages", "stages": stages},
    )
    assert own.themes["education"].name == "上学"
    assert own.themes.keys() == {*shared.themes, "tea"}
    assert own.audiences["farmers"].name == "茶农"
    assert own.audiences.keys() == shared.audiences.keys()
    assert own.stage_kinds["draft"].description == "全文。"
    assert list(own.stage_kinds) == list(shared.stage_kinds), "the order of stages is that of the procedure"


def test_words_of_search_and_years_are_added(tmp_path: Path) -> None:
    shared = column(tmp_path)
    twice = [list(shared.search_vocabulary.departments[0]), ["茶叶局", "茶办"]]
    search = {"kind": "search_vocabulary", "departments": twice, "to": {"喝茶": ["茶叶"]}}
    year = {"year": 2031, "notice": "通知", "days_off": [{"name": "元旦", "from": "2031-01-01", "to": "2031-01-01"}]}
    own = column(tmp_path, search=search, workdays={"kind": "workdays", "years": [year]})
    assert own.search_vocabulary.departments == (*shared.search_vocabulary.departments, ("茶叶局", "茶办"))
    assert own.search_vocabulary.same == shared.search_vocabulary.same
    assert own.search_vocabulary.to[-1] == ("喝茶", ("茶叶",))
    assert own.calendar.years.keys() == {*shared.calendar.years, 2031}


def test_copies_of_ours_change_nothing(tmp_path: Path) -> None:
    shared = column(tmp_path)
    own = column(tmp_path, **{path.stem: yaml.safe_load(path.read_text("utf-8")) for path in SHARED.glob("*.yml")})
    assert list(own.themes) == list(shared.themes)
    assert own.search_vocabulary == shared.search_vocabulary
    assert own.stage_kinds == shared.stage_kinds


def test_their_ids_are_listed(tmp_path: Path) -> None:
    column(tmp_path)
    listed = CliRunner().invoke(main, ["terms", "themes", "--root", str(tmp_path)]).output.splitlines()
    assert "n02-openness\t政务公开" in listed
