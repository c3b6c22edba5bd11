"""A column of an earlier version takes this one: the office's words stay to the byte, the program's follow."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai import __version__, pipeline, publishing
from gongkai.cli import main
from gongkai.findings.finding import errors
from gongkai.law.model import Body
from gongkai.starter.earlier import Started
from gongkai.starter.files import RECORD
from gongkai.starter.program import Wheel
from gongkai.starter.upgrade import UpgradeError, apply_upgrade, plan_upgrade
from tests.conftest import AS_OF, ROOT
from tests.starter.test_init import begun
from tests.theme import render_theme

FROZEN = Path(__file__).resolve().parent / "0.1.0"
WHEEL = Wheel(f"gongkai-{__version__}-py3-none-any.whl", b"PK\x05\x06" + bytes(18))
SHARED = ("themes", "audiences", "decision-stages", "search", "workdays")
PROGRAM = ("generator", "tests", "docs", "overrides", "Makefile", "requirements-build.lock")


def run(root: Path, *words: object) -> Result:
    return CliRunner().invoke(main, [*map(str, words), "--root", str(root)])


def contents(root: Path) -> dict[str, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file() and not {".git", ".cache", "site"} & {*path.parts})
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def pages(root: Path) -> set[str]:
    done = pipeline.build(root, root / "site", root / ".cache", AS_OF, render_theme)
    assert done.ok, done.report()
    assert not errors(publishing.check_site(root, root / "site", AS_OF))
    return {path.parent.relative_to(root / "site").as_posix() for path in (root / "site").rglob("index.html")}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of the repository as it was at 0.1.0."""
    root = tmp_path / "旧 专栏"
    shutil.copytree(FROZEN, root)
    return root


def upgraded(root: Path, wheel: Wheel | None = WHEEL, forge: str | None = "gitlab") -> None:
    apply_upgrade(root, plan_upgrade(root, wheel, forge), wheel)


def test_what_the_office_wrote_stays_to_the_byte(old: Path) -> None:
    before = contents(old)
    own = {name for name in before if name.startswith("plans/") and not name.startswith("plans/schemas/")}
    shared = {
        name for name in own if Path(name).stem in ("themes", "audiences", "decision-stages", "search", "workdays")
    }
    upgraded(old)
    after = contents(old)
    assert len(own - shared) > 10
    assert {name: before[name] for name in own - shared} == {name: after.get(name) for name in own - shared}
    assert not shared & after.keys(), "they come with the program"
    assert not [name for name in after if name.startswith(PROGRAM)]
    lines = before["mkdocs.yml"].decode().splitlines()
    gone = ["  custom_dir: overrides", "watch: [plans, overrides]"]
    assert after["mkdocs.yml"].decode().splitlines() == [line for line in lines if line not in gone]


def test_every_page_is_where_it_was_and_says_the_same_theme_and_stage(old: Path) -> None:
    shutil.copytree(ROOT / "overrides", old / "overrides", dirs_exist_ok=True)  # the frozen copy has a few of them
    before = pages(old)
    tasks = (old / "site/data/v1/tasks.json").read_bytes(), (old / "site/data/v1/decisions.json").read_bytes()
    shutil.rmtree(old / "overrides")
    upgraded(old)
    assert pages(old) == before | {"handbook-fields"}, "one page more comes with the new version"
    assert tasks == ((old / "site/data/v1/tasks.json").read_bytes(), (old / "site/data/v1/decisions.json").read_bytes())


def test_without_write_nothing_is_written_and_all_is_said(old: Path) -> None:
    before = contents(old)
    done = run(old, "upgrade", "--forge", "github")
    assert done.exit_code == 0, done.output
    assert contents(old) == before
    for said in (
        f"0.1.0 版 → {__version__} 版", "新写入的文件", "start.cmd", "换成新版的文件", "README.md",
        "移走的文件（您没有改过，程序自己带着）", "generator/　2 个", "mkdocs.yml 去掉不再需要的 custom_dir 和 watch",
        "以上还没有写入", "没有找到本程序的安装文件", "citation、adoption_within 不再起作用",
        "没有以前生成的网站可以比较网址",
    ):  # fmt: skip
        assert said in done.output, said


def test_addresses_are_compared_with_the_site_that_was_built(old: Path) -> None:
    for name in ("plans/changqing-2022", "plans/nowhere", "guide"):
        (old / "site" / name).mkdir(parents=True)
        (old / "site" / name / "index.html").write_text("<p>", "utf-8")
    done = run(old, "upgrade", "--forge", "none")
    assert done.exit_code == 1
    assert "网址少了 1 个：plans/nowhere/" in done.output
    shutil.rmtree(old / "site/plans/nowhere")
    assert "网址：以前的页面全部还在原处，多出" in run(old, "upgrade", "--forge", "none").output


def test_what_the_office_changed_is_kept_and_named(old: Path) -> None:
    changed = {
        "plans/vocabularies/themes.yml": "  - {id: tea, name: 茶叶, scheme: local}\n",
        "overrides/main.html": "<!-- 本县 -->\n",
        "content/guide.md": "\n办公地址：示例路1号。\n",
        "content/handbook.md": "\n本县另有规定。\n",
        "README.md": "\n本县的说明。\n",
    }
    for name, more in changed.items():
        with (old / name).open("a", encoding="utf-8", newline="") as file:
            file.write(more)
    (old / "plans/2026年会议纪要.txt").write_text("本县的", "utf-8")
    before = contents(old)
    plan = plan_upgrade(old, WHEEL, "none")
    assert set(plan.kept) == changed.keys()
    upgraded(old, forge="none")
    after = contents(old)
    assert {name: after[name] for name in changed} == {name: before[name] for name in changed}
    assert after["plans/2026年会议纪要.txt"] == "本县的".encode()
    assert pipeline.check(old, AS_OF).column.themes["tea"].name == "茶叶"
    again = plan_upgrade(old, WHEEL)
    assert again.nothing, (again.added.keys(), again.replaced.keys(), again.removed)


def test_stages_that_name_their_texts_are_told_what_to_write_instead(old: Path) -> None:
    """A set in the words of 0.1.0 stays as it is; what the sentence asks for brings back what it meant."""
    said = plan_upgrade(old, WHEEL, "none").notes
    for name, texts in (
        ("laiwu", ("莱芜政办发〔2021〕3号三（一）", "10个工作日")),
        ("changqing", ("济长政办发〔2022〕2号二（三）",)),
    ):
        (line,) = (line for line in said if f"decision-stages-{name}.yml 的 {name}-" in line)
        for word in (*texts, "duty: directory.stages", f"plans/vocabularies/law-{name}.yml", "本区、本市的文件"):
            assert word in line, word
    assert "## 本区、本市的文件" in (ROOT / "content/handbook.md").read_text("utf-8")
    upgraded(old, forge="none")
    assert "LAW-06" in {finding.code for finding in pipeline.check(old, AS_OF).findings}
    for name in ("laiwu", "changqing"):
        path = old / f"plans/vocabularies/decision-stages-{name}.yml"
        text = re.sub(r"(?m)^    adoption_within: .*\n", "", path.read_text("utf-8"))
        path.write_text(re.sub(r"(?m)^    citation: .*$", "    duty: directory.stages", text), "utf-8")
        shutil.copy(ROOT / f"plans/vocabularies/law-{name}.yml", path.parent)
    checked = pipeline.check(old, AS_OF)
    assert not {"LAW-06", "LAW-04", "LAW-01"} & {finding.code for finding in checked.findings}
    laiwu = checked.column.organs["laiwu"]
    asked = checked.column.law.asked("adoption.publish", laiwu, date(2021, 9, 1), body=Body.GOVERNMENT).counted
    assert asked is not None
    assert str(asked.span.number if asked.span else None) == "10"
    assert not [note for note in plan_upgrade(old, WHEEL).notes if "不再起作用" in note]


def test_line_ends_of_windows_make_no_file_the_offices(old: Path) -> None:
    for name, content in contents(old).items():
        if b"\0" not in content:
            (old / name).write_bytes(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert plan_upgrade(old, WHEEL, "none").kept == ()


def test_a_copy_of_the_repository_says_which_forge_it_is_for(old: Path) -> None:
    with pytest.raises(UpgradeError, match="这里有 github、gitlab、gitea 的自动检查"):
        plan_upgrade(old, WHEEL)
    upgraded(old)
    assert (old / ".gitlab-ci.yml").is_file()
    assert not (old / ".github").exists()
    assert b"program/start.py" in (old / ".gitlab-ci.yml").read_bytes()


def test_a_district_begun_with_only_takes_it_too(old: Path) -> None:
    words = (
        "new",
        "district",
        "shili",
        "--name",
        "示例市示例县人民政府",
        "--short-name",
        "示例县",
        "--region",
        "示例市",
    )
    done = run(old, *words, "--code", "示政办发", "--only")
    assert done.exit_code == 0, done.output
    done = run(old, "upgrade", "--write", "--forge", "none")
    assert done.exit_code == 0, done.output
    checked = pipeline.check(old, AS_OF)
    assert not checked.findings, checked.report()
    assert list(checked.column.organs) == ["shili"]
    assert "shili-2026" in (old / "content/handbook.md").read_text("utf-8")
    assert (old / "other-districts/plans/changqing-2022.yml").is_file(), "what was put aside is the office's"
    pages(old)


def test_a_column_of_this_version_has_nothing_to_do(tmp_path: Path) -> None:
    root = begun(tmp_path / "x", "--forge", "gitea")
    before = contents(root)
    done = run(root, "upgrade", "--write")
    assert done.exit_code == 0, done.output
    assert "专栏已经是这一版的样子，没有要改的" in done.output
    assert contents(root) == before


def test_files_that_an_earlier_version_recorded_are_replaced_and_deleted_ones_stay_deleted(tmp_path: Path) -> None:
    root = begun(tmp_path / "x", "--forge", "github")
    record = (root / RECORD).read_text("utf-8").replace(f'"{__version__}"', '"0.1.9"')
    for name in ("content/handbook.md", "start.sh", "program/requirements.txt"):
        (root / name).write_bytes(b"as 0.1.9 wrote it\n")
        record = record.replace(Started.of(root).files[name], _sum(root / name))
    (root / "content/rules.md").unlink()
    (root / "content/guide.md").write_text("# 本县的指南\n", "utf-8")
    (root / "program/old.txt").write_bytes(b"gone since\n")
    record = record.replace('"files": {', '"files": {"program/old.txt": "' + _sum(root / "program/old.txt") + '", ')
    (root / RECORD).write_text(record, "utf-8")
    plan = plan_upgrade(root, WHEEL)
    assert plan.since == "0.1.9"
    assert {"content/handbook.md", "start.sh", "program/requirements.txt"} <= plan.replaced.keys()
    assert plan.deleted == ("content/rules.md",)
    assert plan.kept == ("content/guide.md",)
    assert plan.removed == ("program/old.txt",)
    apply_upgrade(root, plan, WHEEL)
    assert (root / "start.sh").stat().st_mode & 0o100
    assert Started.of(root).version == __version__
    assert plan_upgrade(root, WHEEL).nothing


def _sum(path: Path) -> str:
    done = subprocess.run(["sha256sum", str(path)], capture_output=True, text=True, check=True)
    return done.stdout.split()[0]


def test_the_wheel_of_a_column_is_replaced_by_one_that_is_known(tmp_path: Path) -> None:
    root = begun(tmp_path / "x")
    old = "gongkai-0.1.9-py3-none-any.whl"
    (root / "program" / old).write_bytes(b"old")
    (root / "program/SHA256SUMS").write_text(f"{'0' * 64}  {old}\n", "utf-8")
    with pytest.raises(UpgradeError, match="请写 --wheel"):
        plan_upgrade(root, None)
    upgraded(root, forge=None)
    assert (root / f"program/{WHEEL.name}").read_bytes() == WHEEL.content
    assert (root / "program/SHA256SUMS").read_text("ascii") == f"{WHEEL.sha256}  {WHEEL.name}\n"
    assert plan_upgrade(root, None).nothing, "the wheel that is there is of this version"


def test_a_column_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    root = begun(tmp_path / "x")
    text = (root / RECORD).read_text("utf-8")
    (root / RECORD).write_text(text.replace(f'"{__version__}"', '"9.0.0"'), "utf-8")
    done = run(root, "upgrade")
    assert done.exit_code == 1
    assert "这个专栏是 9.0.0 版写的" in done.output
