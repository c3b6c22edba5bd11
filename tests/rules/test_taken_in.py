"""Papers that are older than the column (taken_in): what that excuses, what it does not, and what readers see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai import checking, pipeline
from gongkai.rules.rule import EXAMPLE_DAY, Example
from tests.rules.examples import write_example

pytestmark = pytest.mark.quick

OLD = {"date_signed": "2021-05-20", "date_printed": None}
FIRST = date(2022, 1, 1)
"""The day on which the column of the district for examples was first published (tests/rules/district)."""


def codes(
    root: Path, monkeypatch: pytest.MonkeyPatch, document: dict[str, str | None], first: date | None = FIRST
) -> dict[str, str]:
    """Codes of rules on publication for a paper, with their messages; its file was committed in 2024."""
    text = "\n".join(f"{key}: {value or 'null'}" for key, value in document.items())
    write_example(Example("document", "", ""), text, root)
    organs = root / "plans/vocabularies/organs.yml"
    written = organs.read_text("utf-8")
    organs.write_text(written.replace("2022-01-01", first.isoformat() if first else "null"), "utf-8")
    commits = {"plans/lizhou-2024.yml": date(2024, 6, 11)}
    monkeypatch.setattr(checking, "first_commits", lambda _: commits)
    found = pipeline.check(root, EXAMPLE_DAY).findings
    return {each.code: each.message for each in found if each.code in ("PUB-01", "PUB-03", "PUB-07")}


@pytest.mark.parametrize(
    ("changes", "without", "with_it"),
    [
        pytest.param({**OLD, "date_published": "2021-09-03"}, {"PUB-01", "PUB-03"}, set(), id="elsewhere-before"),
        pytest.param({**OLD, "date_published": "2024-06-11"}, {"PUB-01"}, set(), id="only-now"),
        pytest.param({**OLD, "date_published": "2024-01-08"}, {"PUB-01", "PUB-03"}, {"PUB-03"}, id="backdated-after"),
        pytest.param(
            {**OLD, "date_changed": "2023-03-06", "date_published": "2024-06-11"},
            {"PUB-01"},
            {"PUB-01", "PUB-07"},
            id="changed-after",
        ),
        pytest.param(
            {**OLD, "law_deadline": "2023-03-06", "date_published": "2024-06-11"},
            {"PUB-01"},
            {"PUB-01"},
            id="another-law-after",
        ),
        pytest.param({"date_published": "2024-06-10"}, {"PUB-01"}, {"PUB-01", "PUB-07"}, id="paper-of-2024"),
    ],
)
def test_it_excuses_what_was_before_and_nothing_after(
    changes: dict[str, str | None],
    without: set[str],
    with_it: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = {"reviewed_at": None, "reviewed_by": None, **changes}
    assert codes(tmp_path / "without", monkeypatch, document).keys() == without
    assert codes(tmp_path / "with", monkeypatch, {**document, "taken_in": "2024-06-11"}).keys() == with_it


@pytest.mark.parametrize(
    ("changes", "first", "words"),
    [
        pytest.param({"taken_in": "2024-06-11"}, FIRST, "不早于本栏目首次发布（2022年1月1日）", id="younger"),
        pytest.param({"taken_in": "2024-03-04"}, None, "不早于收录（2024年3月4日）", id="taken-in-before-it-was-made"),
        pytest.param({**OLD, "taken_in": "2025-06-11"}, FIRST, "还没有到", id="tomorrow"),
        pytest.param({"date_signed": None, "taken_in": "2024-06-11"}, FIRST, "没有写成文日期", id="undated"),
        pytest.param({**OLD, "taken_in": "2024-06-11"}, None, "不知道本栏目是哪天首次发布的", id="first-day-unknown"),
        pytest.param({**OLD, "taken_in": "2024-06-11"}, FIRST, None, id="right"),
    ],
)
def test_only_papers_older_than_the_column_may_have_it(
    changes: dict[str, str | None],
    first: date | None,
    words: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = codes(tmp_path, monkeypatch, changes, first).get("PUB-07")
    assert found == words or (words and words in (found or "")), found
