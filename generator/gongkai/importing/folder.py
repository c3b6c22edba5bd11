"""A folder of office documents, or a saved section of a portal, at once: each file by itself, and one report of all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from gongkai.authoring.edits import write_whole
from gongkai.findings.finding import Severity
from gongkai.importing.addresses import address_of, redirect_files
from gongkai.importing.blocks import Reading, pieces
from gongkai.importing.command import Imported, run_import
from gongkai.importing.importer import ImportResult
from gongkai.importing.proposals import is_proposal
from gongkai.importing.readers.files import read_file
from gongkai.importing.recognise.layout import laid_out
from gongkai.kinds.registry import BY_NAME
from gongkai.settings import load_settings
from gongkai.text.blanks import squeeze

SUFFIXES = frozenset(
    ".docx .doc .wps .pdf .ofd .xlsx .xls .et .csv .html .htm .shtml .txt .eml .zip".split()  # noqa: SIM905
)
"""What an office keeps documents in; pictures, scripts and styles of saved pages are no documents."""
_FEWEST_KEPT = 80.0
"""Share of a document's characters in percent below which a draft is doubtful."""


class Taken(Struct):
    """What became of the files, each list in their order, each entry a line of the report."""

    taken: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    passed: int = 0

    def report(self) -> str:
        """All in Chinese, group by group."""
        lines = []
        for words, found in (
            ("已导入", self.taken),
            ("已导入，请着重核对", self.doubtful),
            ("没有导入", self.refused),
            ("重复，没有再导入", self.double),
        ):
            lines += [f"{words}：{len(found)} 个文件", *(f"  {line}" for line in found)] if found else []
        if self.passed:
            lines.append(f"另有 {self.passed} 个文件不是文档（图片、样式等），没有读。")
        return "\n".join(lines) or "文件夹里没有可以导入的文件。"


def run_folder(
    root: Path,
    folder: Path,
    output: Path,
    *,
    organ: str | None = None,
    update: bool = False,
    redirects: Path | None = None,
) -> Imported:
    """Import every document below ``folder``; with ``redirects`` write there what leads from their old addresses.

    A file that is refused stops none of the others. The same text in two files is imported once.
    """
    site_url = load_settings(root).site_url if redirects else ""
    told = Taken()
    written: list[Path] = []
    moved: dict[str, str] = {}
    seen: dict[bytes, str] = {}
    for path, name in _documents(folder, told):
        if same := _seen_before(path, name, seen):
            told.double.append(f"{name}：与 {same} 的文字相同")
            continue
        done = run_import(root, path, output, organ=organ, update=update)
        written += done.written
        _tell(told, name, done)
        if done.result and done.ok and (old := address_of(path.read_bytes())):
            moved[old] = new_address(done.result)
    report = told.report()
    if redirects and moved:
        files = redirect_files(moved, site_url)
        write_whole({redirects / name: data for name, data in files.items()})
        written += [redirects / name for name in files]
        report += (
            f"\n旧网址对照表 {len(moved)} 条，写在 {redirects}：nginx 用 .map，其他程序用 .json，pages/ 里是跳转页。"
        )
    return Imported(report, tuple(written), ok=bool(told.taken or told.doubtful))


def _documents(folder: Path, told: Taken) -> Iterator[tuple[Path, str]]:
    """Files in the order of their names, with the path below the folder; those of browsers and of the system not."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        beside = any(part.startswith((".", "~$")) or part.endswith(("_files", ".files")) for part in name.parts)
        if not path.is_file() or beside:
            continue
        if path.suffix.lower() in SUFFIXES:
            yield path, name.as_posix()
        else:
            told.passed += 1


def _seen_before(path: Path, name: str, seen: dict[bytes, str]) -> str | None:
    """The file with the same text that came before, whatever its format; a file that cannot be read is none."""
    reading = read_file(path)
    if not isinstance(reading, Reading):
        return None
    text = "".join(squeeze(piece) for piece, _ in pieces(laid_out(reading)[0]))
    digest = hashlib.sha256(text.encode()).digest()
    return None if (before := seen.setdefault(digest, name)) == name else before


def _tell(told: Taken, name: str, done: Imported) -> None:
    result = done.result
    if result is None or result.refused or not done.ok:
        why = result.findings[0].message if result and result.findings else done.report.splitlines()[-1]
        told.refused.append(f"{name}：{why}")
        return
    drafts = "、".join(draft.name for draft in result.drafts if not is_proposal(draft))
    words = f"{name} → {drafts}（{'；'.join(result.taken)}）"
    doubts = [finding.message for finding in result.findings if finding.severity is Severity.WARNING]
    kept = result.account.percentage if result.account else 0.0
    if kept < _FEWEST_KEPT:
        doubts.insert(0, f"只写入了 {kept:.0f}% 的文字")
    (told.doubtful if doubts else told.taken).append(words + (f"：{doubts[0]}" if doubts else ""))


def new_address(result: ImportResult) -> str:
    """The page of the first draft, as a path in the column."""
    draft = next(draft for draft in result.drafts if not is_proposal(draft))
    return f"{BY_NAME[str(draft.data['kind'])].directory}{Path(draft.name).stem}/"
