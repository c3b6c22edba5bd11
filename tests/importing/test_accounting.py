"""The account of an import is true: what counts as written is found in the written files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from gongkai.importing import importer
from gongkai.importing.accounting import Account, account
from gongkai.importing.blocks import LeftOut, Piece
from gongkai.importing.importer import ImportResult, import_file
from gongkai.importing.provenance import Provenance, owners
from gongkai.importing.report import render_report
from gongkai.text.blanks import squeeze
from tests.importing.support import FIXTURES, SOURCES, imported, vocabularies

EXAMPLES = sorted((FIXTURES.parent / "examples").glob("*/input.*"))
PAPERS = {path.name: path for path in (*sorted(SOURCES.iterdir()), *sorted(FIXTURES.glob("*.*")))}
PAPERS |= {path.parent.name: path for path in EXAMPLES}
LONG = 8
"""Characters of a text that stands in no other text of a draft by chance."""


def result_of(name: str) -> ImportResult:
    return (
        imported(name)
        if (path := PAPERS[name]).parent in (SOURCES, FIXTURES)
        else import_file(path, vocabularies=vocabularies())
    )


def said_in(result: ImportResult) -> str:
    """All that the files say, proposals for the vocabularies aside."""
    files = [yaml.safe_load(draft.text) for draft in result.drafts if "/" not in draft.name]
    return "\0".join(squeeze(owner.text) for file in files for owner in owners(file, 0) if not owner.day)


@pytest.mark.parametrize("name", PAPERS)
def test_what_counts_as_written_is_in_the_files(name: str) -> None:
    result = result_of(name)
    assert result.account
    said = said_in(result)
    assert [piece for piece in result.account.written if piece not in said] == []
    assert result.account.kept <= len(said)
    assert (result.account.percentage == 100) == (result.account.kept == result.account.total)


@pytest.mark.parametrize("name", [path.parent.name for path in EXAMPLES])
def test_what_is_spoiled_in_the_files_is_no_longer_written(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of the written files are spoiled one at a time; the account says so, whatever recognisers say of them."""
    given: list[tuple[list[Piece], list[object], Provenance, Sequence[LeftOut]]] = []

    def noted(pieces: list[Piece], drafts: list[object], provenance: Provenance, before: Sequence[LeftOut]) -> Account:
        given.append((pieces, drafts, provenance, before))
        return account(pieces, drafts, provenance, before)

    monkeypatch.setattr(importer, "account", noted)
    import_file(PAPERS[name], vocabularies=vocabularies())
    [(pieces, drafts, provenance, left)] = given
    before = account(pieces, drafts, provenance, left)
    spoiling = [piece[-LONG:] for piece in before.written if len(piece) >= LONG][:6]
    for piece in spoiling:
        after = account(pieces, [spoiled(draft, piece) for draft in drafts], provenance, left)
        assert not any(piece in found for found in after.written)
        assert after.kept <= before.kept


def spoiled(value: object, piece: str) -> object:
    match value:
        case dict():
            return {key: spoiled(item, piece) for key, item in value.items()}
        case list():
            return [spoiled(item, piece) for item in value]
        case str():
            return squeeze(value).replace(piece, "□" * len(piece))
        case _:
            return value


PAPER = """<p>示例区2025年政务公开工作任务分解表</p><p>共3项。</p><table>
<tr><td>序号</td><td>工作任务</td><td>具体要求</td><td>责任单位</td></tr>
<tr><td>1</td><td>规划公开</td><td>做好各类规划的主动公开和历史规划的归集整理。</td><td>区自然资源局</td></tr>
<tr><td>2</td><td>政策解读</td><td>政策文件与解读材料同步发布并关联展示。</td><td>区政府办公室</td></tr>
</table>"""


def test_rows_and_printed_numbers_stand_beside_what_was_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAPER, "utf-8")
    report = render_report(import_file(tmp_path / "a.html", vocabularies=vocabularies()))
    assert "有文字的 3 行（含表头、分组行），其中" in report
    assert "原件印着的数目：3项" in report
