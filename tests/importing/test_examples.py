"""Layouts that other districts use, as data: ``examples/<case>/input.*`` and what of it must be in the drafts.

The texts are made up (示例区); their column orders and the forms of their cells are those of the districts surveyed.
``python -m tests.importing.test_examples`` writes ``expected.yml`` anew, for review as a diff.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.authoring.yaml_draft import CHECK, settled
from gongkai.importing.importer import ImportResult, import_file
from gongkai.linking.linker import link
from gongkai.load.files import load_text
from gongkai.load.tree import load_tree
from tests.importing.support import ROOT

EXAMPLES = Path(__file__).parent / "examples"
CASES = sorted(path.name for path in EXAMPLES.iterdir())
PARTS = (
    "title", "doc_number", "addressees", "annexes", "signature", "date_signed", "note", "date_printed",
    "date_published", "index_number", "openness", "validity",
)  # fmt: skip


def result_of(case: str) -> ImportResult:
    (path,) = (EXAMPLES / case).glob("input.*")
    return import_file(path, vocabularies=None)


def essence(result: ImportResult) -> list[dict[str, Any]]:
    """What a reader of the draft would look for, without the proposals for the vocabularies."""
    found = []
    for draft in result.drafts:
        data = settled(draft.data)
        if data["kind"] in ("units", "organs"):
            continue
        document = data.pop("document", None)
        if isinstance(document, dict):
            data["document"] = {key: document[key] for key in PARTS if key in document}
        found.append(data)
    return yaml.safe_load(yaml.safe_dump(found, allow_unicode=True))


@pytest.mark.parametrize("case", CASES)
def test_a_layout_gives_its_draft(case):
    expected = yaml.safe_load((EXAMPLES / case / "expected.yml").read_text(encoding="utf-8"))
    assert essence(result_of(case)) == expected


@pytest.mark.parametrize("case", CASES)
def test_every_character_of_a_layout_is_accounted_for(case):
    account = result_of(case).account
    unknown = [item.text for item in account.left_out if item.reason.startswith(("没有识别", "没有认出"))]
    assert unknown == []


@pytest.mark.parametrize("case", CASES)
def test_a_draft_passes_check_or_is_marked(case, tmp_path):
    """With the proposed units and district added to the vocabularies, what still fails carries a mark."""
    drafts = result_of(case).drafts
    if any("，请补上 " in draft.text for draft in drafts):
        return  # a field that must be there is blank, and says so: see test_kinds.py
    (tmp_path / "plans" / "vocabularies").mkdir(parents=True)
    for path in (ROOT / "plans" / "vocabularies").glob("*.yml"):
        (tmp_path / "plans" / "vocabularies" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    for draft in drafts:
        assert load_text(draft.name, draft.text)[0] is not None
        (tmp_path / "plans" / draft.name).write_text(draft.text, encoding="utf-8")
    loaded = load_tree(tmp_path)
    assert [finding.message for finding in loaded.findings if finding.severity == "error"] == []
    problems = link(loaded.files, date(2025, 12, 31)).problems
    texts = {f"plans/{draft.name}": draft.text for draft in drafts}
    for problem in problems:
        assert problem.origin.file in texts
        assert CHECK in texts[problem.origin.file], problem.message


def main() -> None:
    for case in CASES:
        text = yaml.safe_dump(essence(result_of(case)), allow_unicode=True, sort_keys=False, width=120)
        (EXAMPLES / case / "expected.yml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
