"""What an editor meets: everything wrong at once, located, in Chinese; and nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.cli import main
from gongkai.findings.finding import Severity
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    return miniature_repository(tmp_path)


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / "plans" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def position(root: Path, name: str, words: str) -> tuple[int, int]:
    """Line and column of some words in a file, both 1-based."""
    for number, line in enumerate((root / "plans" / name).read_text(encoding="utf-8").splitlines(), start=1):
        if words in line:
            return number, line.index(words) + 1
    raise AssertionError(words)


CASES = [
    ("shili-2021.yml", "units: 区民政局牵头", "units: 区民正局牵头", "TAB-02", "单位名录中没有“区民正局”", "区民正局"),
    ("shili-2021.yml", "themes: [elderly-care]", "themes: [elderly-car]", "REF-02", "没有编号为 elderly-car 的主题",
     "elderly-car]"),
    ("shili-2021.yml", "deadline: 全年", "deadline: 尽快吧", "TAB-05", "看不懂完成时限“尽快吧”", "尽快吧"),
    ("shili-2021.yml", "section: 1-2", "section: 9-9", "REF-05", "正文中没有编号为 9-9 的一节", "9-9"),
    ("shili-2021.yml", "openness: 主动公开", "openness: 依申请公开", "PUB-04", "公开属性是“依申请公开”", "依申请公开"),
    ("shili-2021.yml", "organ: shili", "organ: sihli", "REF-01", "没有编号为 sihli 的区县", "sihli"),
    ("shili-2022.yml", "shili-2021/tasks/1", "shili-2021/tasks/99", "REF-04", "没有编号为 shili-2021/tasks/99 的事项",
     "shili-2021/tasks/99"),
    ("shili-2021-projects.yml", "document: shili-2021-decisions", "document: shili-2021-decision", "REF-06",
     "没有编号为 shili-2021-decision 的公文", "shili-2021-decision"),
    ("shili-2021-decisions.yml", "organizers: 区民政局", "organizers: 区民证局", "TAB-02", "单位名录中没有“区民证局”",
     "区民证局"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "code", "words", "at"), CASES)
def test_nothing_unresolved_passes_silently(
    root: Path, name: str, old: str, new: str, code: str, words: str, at: str
) -> None:
    change(root, name, old, new)
    findings = [finding for finding in pipeline.check(root, AS_OF).findings if finding.code == code]
    assert len(findings) == 1
    assert words in findings[0].message
    assert findings[0].file == f"plans/{name}"
    assert (findings[0].line, findings[0].column) == position(root, name, at)


def test_all_mistakes_of_all_files_are_reported_at_once(root: Path) -> None:
    for name, old, new, *_ in CASES[:4]:
        change(root, name, old, new)
    change(root, "shili-2022.yml", "year: 2022", "yeer: 2022")
    codes = {finding.code for finding in pipeline.check(root, AS_OF).findings}
    assert {"TAB-02", "REF-02", "TAB-05", "REF-05"} <= codes
    assert any(code.startswith("SHAPE") for code in codes)


def test_a_broken_file_is_reported_once_and_not_by_everything_that_refers_to_it(root: Path) -> None:
    change(root, "shili-2021.yml", "year: 2021", "year：2021")
    change(root, "vocabularies/units-shili.yml", "kind: units", "kind: unit")
    findings = pipeline.check(root, AS_OF).findings
    assert {(finding.file, finding.code) for finding in findings if finding.severity is Severity.ERROR} == {
        ("plans/shili-2021.yml", "YAML-04"),
        ("plans/vocabularies/units-shili.yml", "SHAPE-10"),
    }


def test_a_duplicate_id_is_an_error(root: Path) -> None:
    text = (root / "plans/shili-2022.yml").read_text(encoding="utf-8")
    (root / "plans/more").mkdir()
    (root / "plans/more/shili-2022.yml").write_text(text, encoding="utf-8")
    assert not pipeline.check(root, AS_OF).ok


def test_an_error_leaves_the_site_as_it_was(root: Path, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    assert pipeline.build(root, out, cache, AS_OF, render_theme).ok
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    change(root, "shili-2021.yml", "units: 区民政局牵头", "units: 区没有局牵头")
    assert not pipeline.build(root, out, cache, AS_OF, render_theme).ok
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("left", ["nothing", "a file"])
def test_a_column_without_its_files_empties_no_site(root: Path, tmp_path: Path, left: str) -> None:
    given = (root, tmp_path / "site", tmp_path / "cache", AS_OF, render_theme)
    assert pipeline.build(*given).ok
    before = tree_bytes(tmp_path / "site")
    (root / "plans").rename(tmp_path / "elsewhere")
    if left == "a file":
        (root / "plans").write_text("x", "utf-8")
    built = pipeline.build(*given)
    assert "没有 plans 目录" in built.report()
    assert not built.ok
    assert tree_bytes(tmp_path / "site") == before


def test_a_second_build_rewrites_only_what_changed(root: Path, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    first = pipeline.build(root, out, cache, AS_OF, render_theme)
    again = pipeline.build(root, out, cache, AS_OF, render_theme)
    assert (again.tree.written, again.tree.removed) == (0, 0)
    assert again.tree.kept == first.tree.written
    change(root, "shili-2021.yml", "公布养老机构名单。", "公布养老机构完整名单。")
    edited = pipeline.build(root, out, cache, AS_OF, render_theme)
    assert 0 < edited.tree.written < first.tree.written / 2
    clean = tmp_path / "clean"
    pipeline.build(root, clean, tmp_path / "other-cache", AS_OF, render_theme)
    assert tree_bytes(out) == tree_bytes(clean)


def tree_bytes(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_removed_plan_takes_its_pages_with_it(root: Path, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    pipeline.build(root, out, cache, AS_OF, render_theme)
    assert (out / "years/2018").exists()
    (root / "plans/shili-jiuban-2018.yml").unlink()
    (root / "plans/shili-2022.yml").unlink()
    assert pipeline.build(root, out, cache, AS_OF, render_theme).ok
    assert not (out / "plans/shili-2022").exists()
    assert not (out / "documents/shili-jiuban-2018").exists()
    assert not (out / "years/2018").exists()


def test_check_speaks_json_and_exits_as_promised(root: Path) -> None:
    runner = CliRunner()
    arguments = ["check", "--root", str(root), "--as-of", "2022-03-01", "--format", "json"]
    assert runner.invoke(main, arguments).exit_code == 0
    change(root, "shili-2021.yml", "units: 区民政局牵头", "units: 区没有局牵头")
    result = runner.invoke(main, arguments)
    assert result.exit_code == 1
    found = json.loads(result.output)["findings"]
    keys = {"code", "severity", "file", "line", "column", "message", "hint", "fixable", "citation", "path", "fields"}
    assert [finding["code"] for finding in found if finding["severity"] == "error"] == ["TAB-02"]
    assert keys | {"instead"} == set(found[0])
    assert runner.invoke(main, ["check", "--nonsense"]).exit_code == 2


def test_a_build_prints_few_warnings_and_says_how_many_there_are(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large column there are thousands, which nobody reads; ``gongkai check`` shows them all."""
    monkeypatch.setattr("gongkai.pipeline._WARNINGS", 2)
    warnings, notes = (pipeline.check(root, AS_OF).report().count(f" {label} ") for label in ("警告", "提示"))
    assert warnings > 2
    report = pipeline.build(root, tmp_path / "out", tmp_path / "cache", AS_OF, render_theme).report()
    assert (report.count(" 警告 "), report.count(" 提示 ")) == (2, 0)
    assert f"另有 {warnings - 2} 个警告，{notes} 个提示，运行 gongkai check 查看。" in report
    assert f"检查完成：{warnings} 个警告，{notes} 个提示。" in report
    for name, old, new, *_ in (CASES[0], CASES[1], CASES[3]):
        change(root, name, old, new)
    report = pipeline.build(root, tmp_path / "out", tmp_path / "cache", AS_OF, render_theme).report()
    assert report.count(" 错误 ") == 3, "mistakes are never left out"


def test_text_is_text(root: Path, tmp_path: Path) -> None:
    pipeline.build(root, tmp_path / "out", tmp_path / "cache", AS_OF, render_theme)
    page = (tmp_path / "out/plans/shili-2021/index.html").read_text(encoding="utf-8")
    assert "<b>不是标记</b>" not in page
    assert "&lt;b&gt;不是标记&lt;/b&gt;" in page
