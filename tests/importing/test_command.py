"""`gongkai import` as an editor runs it: drafts that pass the check, nothing overwritten, clear words for bad files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tests/sources"


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A district that has its vocabularies and nothing else yet."""
    root = tmp_path / "district"
    shutil.copytree(ROOT / "plans/vocabularies", root / "plans/vocabularies")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root)])


@pytest.mark.parametrize("source", sorted(SOURCES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_draft_of_each_source_passes_the_check(root: Path, source: Path) -> None:
    imported = run(root, "import", str(source))
    assert imported.exit_code == 0, imported.output
    assert "写入草稿" in imported.output
    checked = run(root, "check")
    assert checked.exit_code == 0, checked.output


def test_what_is_there_is_never_overwritten(root: Path) -> None:
    source = str(SOURCES / "laiwu-2025-work-plan.html.txt")
    run(root, "import", source)
    committed = root / "plans/laiwu-2025.yml"
    mine = committed.read_text(encoding="utf-8").replace("# 待核", "# 已核")
    committed.write_text(mine, encoding="utf-8")
    again = run(root, "import", source)
    assert again.exit_code == 1
    assert "--update" in again.output
    assert committed.read_text(encoding="utf-8") == mine


def test_update_changes_what_the_document_changed_and_keeps_the_rest(root: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "plans/laiwu-2025.yml", root / "plans/laiwu-2025.yml")
    before = (root / "plans/laiwu-2025.yml").read_text(encoding="utf-8").splitlines()
    text = (SOURCES / "laiwu-2025-work-plan.html.txt").read_text(encoding="utf-8")
    changed = tmp_path / "new.txt"
    changed.write_text(text.replace("逐步推进城市医疗集团", "加快推进城市医疗集团"), encoding="utf-8")
    result = run(root, "import", str(changed), "--update")
    assert result.exit_code == 0, result.output
    after = (root / "plans/laiwu-2025.yml").read_text(encoding="utf-8").splitlines()
    different = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(different) == 1
    assert "加快推进城市医疗集团" in different[0][1]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not a word file", b"%PDF-1.4 broken", b"\xd0\xcf\x11\xe0old word"]
)
@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".doc", ".txt"])
def test_bad_files_get_a_sentence_and_no_draft(root: Path, tmp_path: Path, content: bytes, suffix: str) -> None:
    bad = tmp_path / f"bad{suffix}"
    bad.write_bytes(content)
    result = run(root, "import", str(bad))
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert list((root / "plans").glob("*.yml")) == []
