"""The form of a number that a district's law file states: nothing that could take long, nothing that is none."""

from __future__ import annotations

import pytest
import yaml

from gongkai.load.files import load_bytes
from tests.conftest import ROOT

pytestmark = pytest.mark.quick

FILE = """kind: law
authorities:
  - {id: shili, name: 示例区人民政府, division: "990101"}
instruments:
  - id: shili-2026
    title: 示例区规范性文件管理办法
    number: null
    force: 规范性文件
    issuer: shili
    in_force: 2026-01-01
    norms:
      - id: shili-number
        clause: 第五条
        duty: normative.number
        text: 统一编制登记号。
        modality: 应当
        pattern: %s
"""


def found(pattern: str) -> list[str]:
    written = "'" + pattern.replace("'", "''") + "'"
    _, findings = load_bytes("plans/vocabularies/law-shili.yml", (FILE % written).encode())
    return [f"{each.code} {each.message} {each.hint}" for each in findings if each.path[-1:] == ("pattern",)]


@pytest.mark.parametrize("pattern", [r"[A-Z]{2,6}R-\d{4}-\d{7}", r"示政规〔\d{4}〕\d{1,3}号", r"LZCR-\d{4}-\d{7}"])
def test_forms_of_numbers_are_taken(pattern: str) -> None:
    assert found(pattern) == []


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", r"\d*", r"\d+", "(", "[", "a|b", r"(\d)\1", r"\d{1,2}" * 5, r"\d{1,999}"]
)
def test_what_could_take_long_or_is_none_is_told_with_an_example(pattern: str) -> None:
    (words,) = found(pattern)
    assert words.startswith("SHAPE-07")
    assert "[A-Z]{2,6}R-" in words


def test_the_forms_that_come_with_the_program_are_of_this_kind() -> None:
    texts = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "generator/gongkai/law/texts").glob("*.yml")]
    norms = [norm for text in texts for each in text.get("instruments", ()) for norm in each.get("norms", ())]
    forms = [norm["pattern"] for norm in norms if "pattern" in norm]
    assert forms
    assert not [form for form in forms if found(form)]
