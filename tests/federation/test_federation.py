"""Several districts in one column: their repositories side by side, merged as deploy/federation.md says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from gongkai import pipeline
from gongkai.alternates.tables import TABLES
from gongkai.findings.finding import errors
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme

SHARED = ("themes", "decision-stages", "audiences", "search", "workdays")


def district(scratch: Path, organ: str, name: str, *, ids: str) -> Path:
    """The miniature district as another one: its repository at ``scratch/organ``, its ids beginning with ``ids``."""
    root = miniature_repository(scratch / f"making-{organ}").rename(scratch / organ)
    for path in sorted((root / "plans").rglob("*shili*")):
        path.rename(path.with_name(path.name.replace("shili", ids)))
    words = {"shili": ids, "示例": name, "示政办": f"{name}政办", "0000000000/": f"{len(ids)}000000000/"}
    for path in (root / "plans").rglob("*.yml"):
        text = path.read_text(encoding="utf-8")
        for old, new in words.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    return root


def city(scratch: Path, *districts: str) -> Path:
    """The city's repository after the commands of the handbook."""
    root = miniature_repository(scratch / "making-city").rename(scratch / "city")
    shutil.rmtree(root / "plans")
    (root / "plans/vocabularies").mkdir(parents=True)
    for name in SHARED:
        source = scratch / districts[0] / "plans/vocabularies" / f"{name}.yml"
        if source.is_file():
            shutil.copy(source, root / "plans/vocabularies")
    guide = (ROOT / "deploy/federation.md").read_text(encoding="utf-8")
    (commands,) = re.findall(r"```sh\n(.*?)```", guide, re.DOTALL)
    environment = {"DISTRICTS": " ".join(districts), "PATH": "/usr/bin:/bin"}
    subprocess.run(["sh", "-euc", commands], cwd=root, env=environment, check=True)
    return root


def built(root: Path) -> Path:
    done = pipeline.build(root, root / "site", root / ".cache", AS_OF, render_theme)
    assert done.ok, done.report()
    return root / "site"


def rows(site: Path, table: str) -> dict[str, Any]:
    return {row["id"]: row for row in json.loads((site / f"data/v1/{table}.json").read_bytes())["items"]}


def test_two_districts_make_one_column_and_keep_every_record_and_address(tmp_path: Path) -> None:
    alone = [
        built(district(tmp_path, "shili", "示例", ids="shili")),
        built(district(tmp_path, "lizhou", "理州", ids="lizhou")),
    ]
    together = built(city(tmp_path, "shili", "lizhou"))
    for table in TABLES:
        expected = rows(alone[0], table) | rows(alone[1], table)
        assert expected, table
        assert rows(together, table) == expected, table
    for site in alone:
        pages = {path.relative_to(site) for path in site.rglob("*.html")}
        assert not [page for page in pages if not (together / page).is_file()], "an address of a district is gone"
    home = (together / "organs/index.html").read_text(encoding="utf-8")
    assert "示例区" in home
    assert "理州区" in home


def test_the_same_printed_name_means_each_districts_own_unit(tmp_path: Path) -> None:
    district(tmp_path, "shili", "示例", ids="shili")
    district(tmp_path, "lizhou", "理州", ids="lizhou")
    tasks = rows(built(city(tmp_path, "shili", "lizhou")), "tasks")
    assert tasks["shili-2021/tasks/1"]["units_text"] == tasks["lizhou-2021/tasks/1"]["units_text"]
    for organ in ("shili", "lizhou"):
        units = tasks[f"{organ}-2021/tasks/1"]["units"]
        assert units
        assert {unit["id"].split("-")[0] for unit in units} == {organ}


def test_the_same_id_in_two_districts_is_said_so_and_nothing_is_built(tmp_path: Path) -> None:
    district(tmp_path, "shili", "示例", ids="shili")
    district(tmp_path, "copied", "示例", ids="shili")
    root = city(tmp_path, "copied", "shili")
    found = [finding for finding in errors(list(pipeline.check(root, AS_OF).findings)) if finding.code == "SHAPE-12"]
    said = {(finding.file, finding.path, finding.message) for finding in found}
    assert ("plans/shili/shili-2021.yml", ("id",), "编号 shili-2021 已经用在 plans/copied/shili-2021.yml") in said
    organs = "编号 shili 已经用在 plans/copied/vocabularies/organs.yml"
    assert ("plans/shili/vocabularies/organs.yml", ("organs", 0, "id"), organs) in said
    assert not pipeline.build(root, root / "site", root / ".cache", AS_OF, render_theme).ok
    assert not (root / "site").exists()


def test_shared_themes_that_were_left_in_are_said_so(tmp_path: Path) -> None:
    district(tmp_path, "shili", "示例", ids="shili")
    root = city(tmp_path, "shili")
    shutil.copy(root / "plans/vocabularies/themes.yml", root / "plans/shili/vocabularies/themes.yml")
    found = errors(list(pipeline.check(root, AS_OF).findings))
    assert {finding.code for finding in found} == {"SHAPE-12"}
    assert not [finding for finding in found if ":" in finding.message], "ids are named as they are written"
