"""``import --update`` on documents of the corpus with small random changes: what editors wrote stays."""

from __future__ import annotations

import copy
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from benchmarks.importing.corpus import CASES, contents
from benchmarks.importing.pages import FORMATS
from benchmarks.importing.score import score
from gongkai.authoring.difference.values import authored_words
from gongkai.authoring.edits import Insert, Set, edit
from gongkai.importing.importer import DraftFile, import_file
from gongkai.importing.update import render_update, update_drafts
from gongkai.importing.words import word_of
from gongkai.kinds.registry import BY_NAME, KINDS

LISTS = {"plan": ("task_table", "rows"), "decisions": ("decisions",), "projects": ("categories", 0, "projects")}
NAMES = {
    "plan": "open-table-leads-tabs",
    "decisions": "open-decisions-basis-time-box-table",
    "projects": "open-projects-two-level-box-table",
}
SAID = {"plan": "text", "decisions": "name", "projects": "name"}
NOTE = "编者注：与原件核对过"


def rows_of(kind: str, content: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = content["groups"][0]["rows"] if kind == "projects" else content["rows"]
    return rows


def drafted(kind: str, content: dict[str, Any]) -> tuple[Any, DraftFile]:
    """A content in the layout of its case -> the import and its draft."""
    case = next(case for case in CASES if case.name == NAMES[kind])
    made = case.make(content, contents()["notice"]["open"])
    suffix, write = FORMATS[case.form]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"甲{suffix}"
        path.write_bytes(write(made.blocks, made.box))
        result = import_file(path, organ="shili")
    return result, next(draft for draft in result.drafts if draft.data["kind"] not in ("units", "organs"))


def records(kind: str, text: str) -> list[dict[str, Any]]:
    found: Any = yaml.safe_load(text)
    for key in LISTS[kind]:
        found = found[key]
    return list(found)


def said(record: dict[str, Any]) -> str:
    return str(record.get("text") or record["title"])


@st.composite
def changes(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """The content with one to three small changes: a row goes, one comes, words change."""
    content = copy.deepcopy(contents()[kind]["open"])
    rows = rows_of(kind, content)
    for count in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(["goes", "comes", "words", "units"])):
            case "goes" if len(rows) > 1:
                del rows[at]
            case "comes":
                rows.insert(at, rows[at] | {SAID[kind]: f"新增的第{count + 1}项工作：建设便民服务站{count + 7}处。"})
            case "words":
                rows[at][SAID[kind]] = "进一步" + rows[at][SAID[kind]]
            case _:
                rows[at]["lead" if kind == "plan" else "units"] = "县发展改革局"
    return content


@pytest.mark.parametrize("kind", sorted(LISTS))
@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
@given(data=st.data())
def test_small_changes_of_a_document_reach_the_file_and_nothing_of_the_editors_goes(kind, data):
    _, first = drafted(kind, contents()[kind]["open"])
    mine = first.text
    for at, record in enumerate(records(kind, mine)):
        path = (*LISTS[kind], at)
        mine = edit(mine, [Set((*path, "editor_note"), f"{NOTE}（{said(record)}）")])
        if kind == "plan":
            entry = {"date": date(2025, 6, 30), "status": "推进中", "text": f"已办：{said(record)}"}
            mine = edit(mine, [Set((*path, "progress"), [entry])])
    mine = edit(mine, [Insert(("document", "sources", 1), "县档案馆藏件")])
    result, wanted = drafted(kind, data.draw(changes(kind)))
    changed = result.drafts[0]
    assert changed.name == first.name == wanted.name
    (update,) = update_drafts(result, {first.name: mine})
    now, before = yaml.safe_load(update.text), yaml.safe_load(mine)
    assert score([yaml.safe_load(wanted.text)], [now]).corrections == []
    keys = re.compile("[a-z_]{4,}")
    assert [change.where for change in update.changes if keys.search(change.where)] == [], "fields have Chinese names"
    assert {key: now[key] for key in ("id", "organ")} == {key: before[key] for key in ("id", "organ")}
    assert "县档案馆藏件" in now["document"]["sources"]
    for record in records(kind, update.text) if kind == "plan" else ():
        for entry in record.get("progress", ()):
            assert record["editor_note"] == f"{NOTE}（{entry['text'].removeprefix('已办：')}）", "both stay together"
    words = render_update([update])
    assert keys.search(words.replace(update.name, "")) is None, "the difference is told in words"
    assert all(change.where in words for change in update.changes)
    notes = {record["editor_note"]: said(record) for record in records(kind, update.text) if "editor_note" in record}
    stayed = {said(record) for record in records(kind, wanted.text)} & {said(record) for record in records(kind, mine)}
    for text in stayed:
        assert notes.get(f"{NOTE}（{text}）") == text, "a note stays with the record of the same words"


def test_every_field_of_every_kind_has_a_word():
    keys = {(kind.name, key) for kind in KINDS for key in authored_words(kind.shape)}
    assert [key for key in sorted(keys) if re.search("[a-z]{3,}", word_of(BY_NAME[key[0]].shape, key[1]))] == []


def test_the_same_document_again_changes_no_byte():
    for kind in LISTS:
        result, first = drafted(kind, contents()[kind]["open"])
        (update,) = update_drafts(result, {first.name: first.text})
        assert update.text == first.text
        assert update.changes == ()
