"""Every finding says which node of the file it is about, and which fields: a form can show it in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from gongkai import checking, pipeline
from gongkai.findings.finding import Finding
from gongkai.load.files import load_text
from gongkai.load.yaml_positions import locate, path_at
from gongkai.rules.registry import RULES
from gongkai.rules.rule import EXAMPLE_DAY, Rule
from tests.miniature.build import AS_OF, miniature_repository
from tests.rules.examples import write_example

ROOT = Path(__file__).resolve().parents[2]
ROWS = ("task_table", "rows")
CASES = {
    "unit": ("units: 各街镇、区工信局\n", "units: 各街镇、区财整局\n", "TAB-02", (*ROWS, 5, "units"), "units"),
    "date": ("date_signed: 2022-06-10", "date_signed: 2022年6月10日", "SHAPE-04", ("document", "date_signed"), ""),
    "missing": ("id: changqing-2022\n", "", "SHAPE-02", (), "id"),
    "theme": ("themes: [health, industry]", "themes: [health, gongye]", "REF-02", (*ROWS, 0, "themes", 1), "themes"),
    "section": ("section: 1-1\n", "section: 9-9\n", "REF-05", (*ROWS, 0, "section"), "section"),
    "openness": ("openness: 主动公开", "openness: 依申请公开", "PUB-04", ("document", "openness"), ""),
    "number": ("济长政办发〔2022〕2号\n", "济长政办发[2022]2号\n", "DOC-02", ("document", "doc_number"), ""),
    "year": ("year: 2022", "year: 2022年", "SHAPE-03", ("year",), ""),
    "kind": ("kind: plan\n", "", "SHAPE-10", (), "kind"),
    "twice": ("year: 2022\n", "year: 2022\nyear: 2022\n", "YAML-05", ("year",), ""),
}


@pytest.mark.parametrize(("old", "new", "code", "path", "field"), CASES.values(), ids=CASES)
def test_a_mistake_is_at_its_field(
    old: str, new: str, code: str, path: tuple[str | int, ...], field: str, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    file = tmp_path / "plans/changqing-2022.yml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.code == code]
    assert [(each.path, each.fields) for each in found] == [(path, (field or str(path[-1]),))]


def _stands_there(found: Finding, root: Path) -> None:
    text = (root / found.file).read_text("utf-8-sig")
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    for step in found.path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    assert (found.line, found.column) >= (node.start_mark.line + 1, node.start_mark.column + 1) or found.path
    assert locate(text, found.path)[0] <= found.line + 1


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_node_of_every_rule_is_in_the_file(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = write_example(rule.example, rule.example.bad, tmp_path)
    monkeypatch.setattr(checking, "first_commits", lambda _: commits)
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.code == rule.id]
    assert found
    for each in found:
        _stands_there(each, tmp_path)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("META-01", ("summary",)), ("META-02", ("validity",)), ("DEC-13", ("unadopted_reasons",)),
        ("DEC-17", ("reason", "approved_by")), ("CAT-02", ("basis",)), ("DEC-02", ("party_consent",)),
        ("PUB-05", ("reviewed_by", "reviewed_at")), ("DOC-10", ("note",)),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(
    rule: str, fields: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = RULES[rule].example
    commits = write_example(example, example.bad, tmp_path)
    monkeypatch.setattr(checking, "first_commits", lambda _: commits)
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.code == rule]
    assert [set(fields) <= set(each.fields) for each in found] == [True] * len(found)


def test_personal_data_is_at_its_field() -> None:
    text = "kind: organs\norgans:\n  - {id: a, name: 电话13812345678, short_name: b, region: c}\n# 13812345678\n"
    _, findings = load_text("plans/vocabularies/organs.yml", text)
    assert [(each.path, each.fields) for each in findings if each.code == "PRIV-01"] == [
        (("organs", 0, "name"), ("name",)), ((), ()),
    ]  # fmt: skip


def test_the_path_of_any_character() -> None:
    text = "a:\n  - b: 值  # 注\n    c: [x, y]\n"
    assert path_at(text, text.index("值")) == ("a", 0, "b")
    assert path_at(text, text.index("y")) == ("a", 0, "c", 1)
    assert path_at(text, text.index("c:")) == ("a", 0, "c")
    assert path_at("a: 1\n---\nb: 2\n", 0) == ()


def test_all_findings_of_a_column_have_a_place(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    found = pipeline.check(root, AS_OF).findings
    assert found
    for each in found:
        _stands_there(each, root)
