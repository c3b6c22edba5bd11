"""A column in an empty directory: it checks and builds at once, is nobody else's, and costs no file that was there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai import __version__, pipeline, publishing
from gongkai.cli import main
from gongkai.findings.finding import errors
from gongkai.starter.answers import FORGES
from tests.conftest import AS_OF
from tests.theme import render_theme
from tests.waiting import finished

ANSWERS = (
    "--division", "410199", "--name", "示例市示例县人民政府", "--short-name", "示例县", "--code", "示政办发",
)  # fmt: skip
PLACES = re.compile("莱芜|长清|济南|山东|laiwu|changqing", re.IGNORECASE)
FLOW = {
    "none": set(),
    "gitee": set(),
    "gitea": {".gitea/workflows/check.yml"},
    "gitlab": {".gitlab-ci.yml"},
    "github": {".github/workflows/check.yml", ".github/workflows/publish.yml"},
}


def run(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, list(map(str, words)), input=given)


def begun(root: Path, *more: object) -> Path:
    done = run("init", root, *ANSWERS, *more)
    assert done.exit_code == 0, done.output
    return root


def files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("forge", FORGES)
def test_it_checks_and_builds_at_once_without_a_finding(forge: str, tmp_path: Path) -> None:
    root = begun(tmp_path / "示例县 专栏", "--forge", forge)
    assert {name for name in files(root) if re.match(r"\.git(ea|hub|lab)", name)} == FLOW[forge]
    assert {"README.md", ".vscode/settings.json", ".gitattributes", "start.cmd", "start.sh"} < files(root)
    assert not (root / ".git").exists()
    checked = pipeline.check(root, AS_OF)
    assert not checked.findings, checked.report()
    done = pipeline.build(root, root / "site", root / ".cache", AS_OF, render_theme, offline=True)
    assert done.ok, done.report()
    assert not errors(publishing.check_site(root, root / "site", AS_OF))
    assert json.loads((root / ".vscode/settings.json").read_text("utf-8"))["files.encoding"] == "utf8"
    assert "gitee" not in forge or "Gitee Go" in (root / "README.md").read_text("utf-8")


def test_nothing_in_it_is_of_another_district(tmp_path: Path) -> None:
    root = begun(tmp_path / "x", "--forge", "github")
    texts = {name: (root / name).read_bytes().decode("utf-8", "replace") for name in files(root)}
    found = {name: PLACES.findall(name + text) for name, text in texts.items() if PLACES.search(name + text)}
    assert not found


def test_what_an_office_says_stands_where_it_belongs(tmp_path: Path) -> None:
    listed = tmp_path / "名单.txt"
    listed.write_text("县财政局\n县教育和体育局\n城关镇\n县政府办公室\n", "utf-8")
    portal = "https://www.example.gov.cn/"
    root = begun(tmp_path / "x", "--units", listed, "--portal-name", "示例县人民政府网", "--portal-url", portal)
    column = pipeline.check(root, AS_OF).column
    assert {organ.id: (organ.name, organ.region, organ.division) for organ in column.organs.values()} == {
        "shili": ("示例市示例县人民政府", "示例市", "410199")
    }
    units = {unit.id: (unit.name, unit.kind.value) for unit in column.units.values()}
    assert units == {
        "shili-zhengfuban": ("县政府办公室", "office"),
        "shili-caizhengju": ("县财政局", "department"),
        "shili-jiaoyuhetiyuju": ("县教育和体育局", "department"),
        "shili-chengguanzhen": ("城关镇", "township"),
    }
    assert column.prefixes["示政办发"].issuer == "shili-zhengfuban"
    settings = (root / "mkdocs.yml").read_text("utf-8")
    assert 'portal_name: "示例县人民政府网"' in settings
    assert f'portal_url: "{portal}"' in settings


def test_without_a_terminal_it_waits_for_nobody(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gongkai", "init", tmp_path / "x", "--name", "示例市示例县人民政府"]
    done = finished(command, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "还要写 --division、--short-name" in done.stderr
    assert not (tmp_path / "x").exists()


def test_on_a_terminal_it_asks_for_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    said = [
        "示例市示例县人民政府", "", "999999", "410199", "", "示政办发 示政发", "", "",
        "县财政局", "县民政局", "", "github", "n",
    ]  # fmt: skip
    done = run("init", tmp_path / "x", given="\n".join(said) + "\n")
    assert done.exit_code == 0, done.output
    assert "行政区划代码“999999”不对" in done.output
    column = pipeline.check(tmp_path / "x", AS_OF).column
    assert list(column.organs) == ["shili"]
    assert set(column.prefixes) == {"示政办发", "示政发"}
    assert {unit.name for unit in column.units.values()} == {"县政府办公室", "县财政局", "县民政局"}
    assert (tmp_path / "x/.github/workflows/check.yml").is_file()


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = ("--division", "99", "--name", "示例县政府", "--short-name", "示例", "--code", "（2026）", "--id", "A b")
    done = run("init", tmp_path / "x", *wrong, "--portal-url", "www")
    assert done.exit_code == 2
    for words in (
        "行政区划代码“99”不对",
        "政府全称“示例县政府”",
        "简称“示例”要以",
        "机关代字“（2026）”",
        "编号 A b 不能用",
        "网址有误",
    ):
        assert words in done.output, words
    assert not (tmp_path / "x").exists()


def test_a_county_that_belongs_to_no_city_says_so(tmp_path: Path) -> None:
    county = ("--division", "419001", "--name", "示例县人民政府", "--short-name", "示例县")
    assert "看不出属于哪个市" in run("init", tmp_path / "x", *county).output
    assert run("init", tmp_path / "x", *county, "--region", "示例省").exit_code == 0


def test_files_that_are_there_stay(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("# 自己的\n", "utf-8")
    (tmp_path / "说明.docx").write_bytes(b"x")
    done = run("init", tmp_path, *ANSWERS)
    assert done.exit_code == 0
    assert "原来就有、没有改动的：README.md" in done.output
    assert (tmp_path / "README.md").read_text("utf-8") == "# 自己的\n"
    assert (tmp_path / "说明.docx").read_bytes() == b"x"


def test_a_column_is_begun_once(tmp_path: Path) -> None:
    before = {name: (tmp_path / "x" / name).read_bytes() for name in files(begun(tmp_path / "x"))}
    done = run("init", tmp_path / "x", *ANSWERS)
    assert done.exit_code == 1
    assert "已经是一个专栏，没有写入任何文件" in done.output
    assert before == {name: (tmp_path / "x" / name).read_bytes() for name in files(tmp_path / "x")}


@pytest.mark.parametrize("obstacle", ["plans", "mkdocs.yml/x", "content"])
def test_what_is_in_the_way_is_named_and_nothing_written(obstacle: str, tmp_path: Path) -> None:
    if obstacle.endswith("/x"):
        (tmp_path / obstacle).mkdir(parents=True)
    else:
        (tmp_path / obstacle).write_text("x", "utf-8")
    before = files(tmp_path)
    done = run("init", tmp_path, *ANSWERS)
    assert done.exit_code != 0
    assert "挡着" in done.output
    assert files(tmp_path) == before


def test_git_only_where_it_is_wanted(tmp_path: Path) -> None:
    root = begun(tmp_path / "x", "--git")
    assert (root / ".git").is_dir()
    for command, said in (
        (("config", "merge.gongkai.driver"), "-m gongkai merge-file"),
        (("check-attr", "merge", "plans/vocabularies/units-shili.yml"), "merge: gongkai"),
        (("check-attr", "merge", "content/guide.md"), "merge: unspecified"),
    ):
        done = subprocess.run(["git", "-C", root, *command], capture_output=True, text=True, check=True)
        assert said in done.stdout, command


@pytest.mark.parametrize(
    "words",
    [
        ["check"], ["build"], ["publish", "x"], ["withdraw", "x", "--reason", "x"], ["federate", "x", "y"], ["fix"],
        ["schema"], ["terms", "themes"], ["diff", "HEAD"], ["report", "x"], ["import", "y"], ["upgrade"],
        ["new", "plan", "x", "--organ", "x", "--year", "2026", "--title", "x"], ["new", "units", "x", "--from", "y"],
        ["inspect"], ["exchange", "--output", "z"], ["index", "--to", "z"],
        ["serve"], ["desk"], ["clean"], ["accept", "x"], ["merge-file", "--install"],
        ["new", "unit", "x", "x", "--id", "x", "--kind", "office"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_where_no_column_is_every_command_says_so(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "y").write_text("x", "utf-8")
    done = run(*words)
    assert done.exit_code == 2
    assert "当前目录里没有专栏（找不到 plans/ 和 mkdocs.yml）" in done.output
    assert files(tmp_path) == {"y"}


def test_a_site_is_no_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its plans/ holds pages."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "data/v1").mkdir(parents=True)
    (tmp_path / "data/v1/records.json").write_text("{}", "utf-8")
    monkeypatch.chdir(tmp_path)
    done = run("check")
    assert done.exit_code == 2
    assert "当前目录是生成的网站，不是专栏" in done.output
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    assert "不是专栏" not in run("check").output


def test_no_command_is_left_out_above() -> None:
    (marked,) = test_where_no_column_is_every_command_says_so.pytestmark
    tried = {words[0] for words in marked.args[1]}
    assert main.commands.keys() - tried == {"init", "verify", "bundle", "send", "law"}


def test_start_installs_nothing_that_is_not_the_very_wheel(tmp_path: Path) -> None:
    root = begun(tmp_path / "x")
    start = [sys.executable, root / "program/start.py", "check"]
    done = finished(start)
    assert done.returncode == 2
    assert "没有程序的安装文件" in done.stderr
    name = f"gongkai-{__version__}-py3-none-any.whl"
    (root / "program" / name).write_bytes(b"something else")
    (root / "program/SHA256SUMS").write_text(f"{'0' * 64}  {name}\n", "utf-8")
    done = finished(start)
    assert done.returncode == 2
    assert "散列不同，没有安装" in done.stderr
    assert not (root / ".venv").exists()


def test_scripts_for_the_command_line_end_their_lines_as_their_systems_want(tmp_path: Path) -> None:
    root = begun(tmp_path / "x")
    assert (root / "start.cmd").read_bytes().count(b"\r\n") == (root / "start.cmd").read_bytes().count(b"\n")
    assert (root / "start.cmd").read_bytes().isascii(), "the command line reads it before it knows UTF-8"
    assert b"\r" not in (root / "start.sh").read_bytes()
    assert (root / "start.sh").stat().st_mode & 0o100
    if shutil.which("sh"):
        assert finished(["sh", "-n", root / "start.sh"]).returncode == 0
