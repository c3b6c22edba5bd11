"""What led on and what said that something is withdrawn stays as well: dropping the words for it is missed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gongkai import pipeline, publishing
from gongkai.authoring.lasting import compare_with
from gongkai.authoring.lasting.published import Published, of_files, of_site, published_by
from gongkai.column.site_data import SiteData
from gongkai.findings.finding import Finding, Severity
from gongkai.kinds.registry import KINDS
from gongkai.withdrawing import withdraw
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme

ITEM = "shili-2021/tasks/77"
GONE = "shili-mulu-2021/6"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district where every file and one item were called otherwise, and one item was withdrawn."""
    root = miniature_repository(tmp_path_factory.mktemp("published"))
    withdraw(root, GONE, AS_OF, "含有个人信息", AS_OF)
    for path in (root / "plans").glob("*.yml"):
        text = path.read_text("utf-8")
        if "\nkind: withdrawals" not in text:
            path.write_text(f"{text}moved_from: [old-{path.stem}]\n", "utf-8")
    path = root / "plans/shili-2021.yml"
    old = "    - number: 3\n"
    path.write_text(path.read_text("utf-8").replace(old, f"{old}      moved_from: [{ITEM}]\n", 1), "utf-8")
    return root


@pytest.fixture(scope="module")
def before(published: Path) -> Published:
    return of_files(published, "before", AS_OF)


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "now"))


def column_of(root: Path) -> SiteData:
    return pipeline.check(root, AS_OF).column


def missed(root: Path, before: Published) -> list[Finding]:
    checked = pipeline.check(root, AS_OF)
    return list(compare_with(root, checked.column, checked.unread, before).findings)


@pytest.mark.quick
@pytest.mark.parametrize("name", sorted(example.name for kind in KINDS for example in kind.examples))
def test_the_old_address_of_a_file_of_any_kind_is_missed(root: Path, before: Published, name: str) -> None:
    path, old = root / "plans" / name, f"old-{name.removesuffix('.yml')}"
    path.write_text(path.read_text("utf-8").replace(f"moved_from: [{old}]\n", ""), "utf-8")
    (found,) = missed(root, before)
    assert (found.code, found.severity, found.file) == ("STAY-01", Severity.ERROR, f"plans/{name}")
    assert f"/{old}/" in found.message
    assert found.hint
    assert f"moved_from: [{old}]" in found.hint


@pytest.mark.quick
def test_the_old_address_of_an_item_is_missed_at_its_line(root: Path, before: Published) -> None:
    path = root / "plans/shili-2021.yml"
    path.write_text(path.read_text("utf-8").replace(f"      moved_from: [{ITEM}]\n", ""), "utf-8")
    (found,) = missed(root, before)
    assert "number: 3" in path.read_text("utf-8").splitlines()[found.line - 1]
    assert found.hint
    assert f"moved_from: [{ITEM}]" in found.hint


@pytest.mark.quick
def test_a_withdrawal_that_is_not_written_down_any_more_is_missed(root: Path, before: Published) -> None:
    (root / "plans/withdrawn.yml").unlink()
    (found,) = missed(root, before)
    assert (found.code, found.file) == ("STAY-01", "plans/withdrawn.yml")
    assert GONE in found.message


@pytest.mark.quick
def test_what_moves_again_or_is_withdrawn_is_not_missed(root: Path, before: Published) -> None:
    assert missed(root, before) == []
    path = root / "plans/shili-2022.yml"
    text = path.read_text("utf-8").replace("id: shili-2022\n", "id: shili-eryi\n")
    text = text.replace("moved_from: [old-shili-2022]", "moved_from: [old-shili-2022, shili-2022]")
    path.with_name("shili-eryi.yml").write_text(text, "utf-8")
    path.unlink()
    for gone in ("shili-2021-decisions", "shili-2021/tasks/3"):
        withdraw(root, gone, AS_OF, "含有个人信息", AS_OF)
    assert [found for found in missed(root, before) if "旧网址" in found.message or "撤回" in found.message] == []


def test_a_site_that_is_served_says_the_same(published: Path, before: Published, tmp_path: Path) -> None:
    publishing.publish(published, tmp_path / "www", tmp_path / "cache", AS_OF, render_theme, lambda _: None)
    served, known = of_site(str(tmp_path / "www")), published_by(column_of(published))
    addresses = set(known.addresses.values())
    assert {old: new for old, new in served.led.items() if new in addresses} == known.led == before.led
    assert served.withdrawn == known.withdrawn == {GONE}
