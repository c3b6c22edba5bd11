"""``gongkai fix`` puts right what it can be sure of, and never a printed word."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gongkai.authoring.fix import _waivers, fix_bytes, fix_tree
from gongkai.authoring.schema import schema_files
from gongkai.cli import main
from gongkai.load.files import load_bytes
from gongkai.load.yaml_values import load_values

pytestmark = pytest.mark.quick

ROOT = Path(__file__).resolve().parents[2]
LINE = "# yaml-language-server: $schema=schemas/organs.json\n"
ORGANS = """\
kind: organs
organs:
  - id: lizhou
    name: 理州区人民政府  # 全称
    short_name: 理州区
    region: 虚构市
"""

CASES = {
    "no hint line": (ORGANS.encode(), "补上编辑器提示行"),
    "wrong hint line": (
        ("# yaml-language-server: $schema=schemas/plan.json\n" + ORGANS).encode(),
        "补上编辑器提示行",
    ),
    "BOM": (b"\xef\xbb\xbf" + (LINE + ORGANS).encode(), "去掉 BOM 标记"),
    "GBK": ((LINE + ORGANS).encode("gb18030"), "GBK 编码改为 UTF-8"),
    "Windows line ends": ((LINE + ORGANS).replace("\n", "\r\n").encode(), "换行符改为 LF"),
    "full-width colon": (
        (LINE + ORGANS).replace("name: 理", "name：理").encode(),
        "改正字段名后的冒号，或给有冒号的文字加引号（第5行）",
    ),
    "no space": (
        (LINE + ORGANS).replace("region: 虚", "region:虚").encode(),
        "改正字段名后的冒号，或给有冒号的文字加引号（第7行）",
    ),
    "tabs": ((LINE + ORGANS).replace("    region", "\t\tregion").encode(), "行首的制表符、全角空格改为空格（第7行）"),
}


@pytest.mark.parametrize(("content", "words"), CASES.values(), ids=CASES)
def test_a_slip_is_repaired_and_everything_else_stays(content: bytes, words: str) -> None:
    fixed = fix_bytes("plans/organs.yml", content)
    assert fixed is not None
    assert words in fixed.done
    assert fixed.after.decode() == LINE + ORGANS
    assert fix_bytes("plans/organs.yml", fixed.after) is None


def test_nothing_to_repair_is_left_alone() -> None:
    assert fix_bytes("plans/organs.yml", (LINE + ORGANS).encode()) is None


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"- - [", b"kind: organs\norgans: [}"])
def test_what_cannot_be_understood_is_left_alone(content: bytes) -> None:
    fixed = fix_bytes("plans/organs.yml", content)
    assert fixed is None or "补上编辑器提示行" in fixed.done


def test_a_document_number_gets_the_standard_form_and_its_comment_stays() -> None:
    text = (ROOT / "plans/laiwu-2021.yml").read_text("utf-8")
    slip = text.replace("doc_number: 莱芜政办发〔2021〕3号", "doc_number: 莱芜政办发 [2021] 第03号")
    fixed = fix_bytes("plans/laiwu-2021.yml", slip.encode())
    assert fixed is not None
    assert fixed.after.decode() == text


def test_the_committed_files_need_no_repair() -> None:
    assert fix_tree(ROOT) == []


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_a_repair_is_final_and_never_raises(content: bytes) -> None:
    fixed = fix_bytes("plans/x.yml", content)
    if fixed:
        assert fix_bytes("plans/x.yml", fixed.after) is None


@given(st.data())
def test_a_repaired_file_says_what_it_said(data: st.DataObject) -> None:
    """Any number of slips at once in a real file are all found, and no word is lost."""
    text = (ROOT / "plans/laiwu-2021-decisions.yml").read_text("utf-8")
    lines = text.split("\n")
    keyed = [at for at, line in enumerate(lines) if ": " in line and not line.lstrip().startswith(("#", "-"))]
    for at in data.draw(st.sets(st.sampled_from(keyed), min_size=1, max_size=6)):
        lines[at] = lines[at].replace(": ", "：", 1)
    fixed = fix_bytes("plans/laiwu-2021-decisions.yml", "\n".join(lines).encode())
    assert fixed is not None
    assert load_values(fixed.after.decode()) == load_values(text)


def test_dry_run_shows_the_change_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plans/organs.yml"
    path.parent.mkdir()
    path.write_bytes(CASES["BOM"][0])
    shown = CliRunner().invoke(main, ["fix", "--root", str(tmp_path), "--dry-run"])
    assert "去掉 BOM 标记" in shown.output
    assert path.read_bytes() == CASES["BOM"][0]
    assert CliRunner().invoke(main, ["fix", "--root", str(tmp_path)]).exit_code == 0
    assert load_bytes("plans/organs.yml", path.read_bytes())[1] == []
    assert "没有可以自动改正的问题" in CliRunner().invoke(main, ["fix", "--root", str(tmp_path)]).output


def test_the_committed_schemas_are_those_of_the_program() -> None:
    committed = {path.name: path.read_text("utf-8") for path in (ROOT / "plans/schemas").glob("*.json")}
    assert committed == schema_files(), "run `gongkai schema`"


WAIVED = """\
kind: plan
ignore:
  - {rule: PUB-02, reason: 先上网后印发}
  - {rule: TYPO-01, reason: 原文如此}  # 保留
document:
  ignore: [{rule: PUB-02, reason: 先上网后印发}]
  title: 关于印发工作要点的通知
"""


def test_waivers_of_rules_that_are_no_more_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing else: other waivers keep their place, comments and reasons."""
    monkeypatch.setattr("gongkai.authoring.fix.load_bytes", lambda *_: (object(), []))
    better = _waivers("plans/x.yml", WAIVED)
    assert "PUB-02" not in better
    assert load_values(better) == {
        "kind": "plan",
        "ignore": [{"rule": "TYPO-01", "reason": "原文如此"}],
        "document": {"title": "关于印发工作要点的通知"},
    }
    assert "# 保留" in better
