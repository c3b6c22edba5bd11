"""Reading what editors write: the right value, or the right sentence at the right place; never an exception."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.findings.reporters import text_report
from gongkai.load.files import KIND_LABELS, load_bytes, load_text
from gongkai.load.tree import load_tree
from gongkai.load.yaml_positions import locate
from gongkai.load.yaml_values import ValueProblem, load_values

pytestmark = pytest.mark.quick

BROKEN = yaml.safe_load((Path(__file__).parents[1] / "examples/broken.yml").read_text(encoding="utf-8"))
REAL = (Path(__file__).resolve().parents[2] / "plans/laiwu-2021-decisions.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["name"])
def test_broken_files_get_their_sentence(case: dict[str, Any]) -> None:
    file, findings = load_text("plans/case.yml", case["text"])
    assert (file is not None) is case.get("readable", False)
    found = sorted(findings, key=lambda finding: finding.sort_key)
    words = [f"{f.line}:{f.column} {f.code} {f.message}" + (f"；{f.hint}" if f.hint else "") for f in found]
    kinds = "、".join(f"{kind}（{label}）" for kind, label in KIND_LABELS.items())
    assert words == [line.replace("{kinds}", kinds) for line in case["expected"]]


def test_scalars_mean_what_they_look_like() -> None:
    text = "a: 010\nb: no\nc: 2022-13-40\nd: 12:30\ne: 7\nf: true\ng: null\nh: '7'\ni: 1e3\nj: 1.10\nk: ''\nl:\n"
    assert load_values(text) == {
        "a": "010", "b": "no", "c": "2022-13-40", "d": "12:30", "e": 7, "f": True, "g": None, "h": "7",
        "i": "1e3", "j": "1.10", "k": "", "l": None,
    }  # fmt: skip


_text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"]), max_size=20)
_plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | _text,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_text.filter(lambda key: key != "<<"), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(_text.filter(lambda key: key != "<<"), _plain, max_size=5))
def test_what_yaml_writes_comes_back(value: dict[str, Any]) -> None:
    assert load_values(yaml.safe_dump(value, allow_unicode=True)) == value


@given(st.binary(max_size=300))
def test_any_bytes_get_findings_and_no_exception(content: bytes) -> None:
    file, findings = load_bytes("plans/x.yml", content)
    assert file is not None or findings
    lines = content.count(b"\n") + content.count(b"\r") + 2
    assert all(1 <= finding.line <= lines and finding.column >= 1 for finding in findings)


@settings(max_examples=150)
@given(
    st.integers(0, len(REAL) - 1),
    st.sampled_from(["", "\t", "：", ":", '"', "- ", "[", "}", "&", "*", "!", "\n", "  ", "“", "|"]),
)
def test_a_slip_in_a_real_file_is_located_inside_it(at: int, slip: str) -> None:
    text = REAL[:at] + slip + REAL[at + 1 :]
    _, findings = load_text("plans/laiwu-2021-decisions.yml", text)
    lines = text.splitlines()
    for finding in findings:
        assert 1 <= finding.line <= len(lines) + 1
        assert not any("a" <= char <= "z" and "Error" in finding.message for char in finding.message)


@pytest.mark.parametrize("bomb", ["[" * 200 + "]" * 200, "a: " + "{b: " * 100 + "1" + "}" * 100])
def test_nesting_is_bounded(bomb: str) -> None:
    with pytest.raises(ValueProblem):
        load_values(bomb)


def test_positions_of_values_keys_and_characters() -> None:
    text = "a:\n  - b: 各镇、区局\n    c: '各镇、区局'\nd: x\n"
    assert locate(text, ("a", 0, "b")) == (2, 8)
    assert locate(text, ("a", 0, "b"), key=True) == (2, 5)
    assert locate(text, ("a", 0, "b"), offset=3) == (2, 11)
    assert locate(text, ("a", 0, "c"), offset=3) == (3, 12)
    assert locate(text, ("a", 0, "missing")) == (2, 5)
    assert locate(text, ("d",)) == (4, 4)


def test_other_encodings_are_named(tmp_path: Path) -> None:
    _, gbk = load_bytes("plans/x.yml", "kind: 计划".encode("gbk"))
    assert "GBK" in gbk[0].message
    file, bom = load_bytes("plans/laiwu-2021-decisions.yml", b"\xef\xbb\xbf" + REAL.encode())
    assert file is not None
    assert [finding.severity.value for finding in bom] == ["warning"]


def test_files_that_are_not_the_editors_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "plans/files").mkdir(parents=True)
    (tmp_path / "plans/.git").mkdir()
    for name in ("files/a.yml", ".git/b.yml", ".hidden.yml", "notes.txt"):
        (tmp_path / "plans" / name).write_text("not: [valid", encoding="utf-8")
    told = [(item.code, item.file) for item in load_tree(tmp_path).findings]
    assert told == [("ATT-05", "plans/files/a.yml"), ("FILE-02", "plans/notes.txt")]
    (tmp_path / "outside.yml").write_text("kind: plan", encoding="utf-8")
    (tmp_path / "root/plans").mkdir(parents=True)
    (tmp_path / "root/plans/link.yml").symlink_to(tmp_path / "outside.yml")
    assert [finding.code for finding in load_tree(tmp_path / "root").findings] == ["YAML-14"]


def test_the_report_points_with_a_caret_under_han_characters(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/x.yml").write_text("kind: organs\norgans: 甲乙\n", encoding="utf-8")
    report = text_report(list(load_tree(tmp_path).findings), tmp_path)
    assert report.splitlines()[1:3] == ["    organs: 甲乙", "            ^"]
    assert report.splitlines()[-1] == "检查完成：1 个错误。"
