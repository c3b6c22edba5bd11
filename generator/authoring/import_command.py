"""What ``gongkai import`` does: read, report, and write drafts without losing what is already there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.authoring.edits import EditError, decoded, write_whole
from generator.authoring.importing.importer import ImportResult, import_file
from generator.authoring.importing.report import render_report
from generator.authoring.importing.update import render_update, update_drafts
from generator.link.problems import Problems
from generator.link.vocabularies import link_vocabularies
from generator.load.tree import load_tree


@dataclass(frozen=True, slots=True)
class Imported:
    """The outcome: what to tell the editor, what was written, and whether anything could be imported at all."""

    report: str
    written: tuple[Path, ...]
    ok: bool


def run_import(
    root: Path,
    source: Path,
    output: Path,
    *,
    organ: str | None = None,
    identifier: str | None = None,
    year: int | None = None,
    update: bool = False,
) -> Imported:
    """Draft ``source`` into ``output``.

    Files that exist are kept unless ``update`` is set; then only what the document changed is changed in them.
    """
    vocabularies = link_vocabularies(load_tree(root).files, Problems())
    result = import_file(source, organ=organ, identifier=identifier, year=year, vocabularies=vocabularies)
    report = render_report(result)
    if result.refused:
        return Imported(report, (), ok=False)
    if update:
        try:
            changes = update_drafts(result, _present(result, output))
        except EditError as error:
            return Imported(f"{report}\n没有写入任何文件：{error}", (), ok=False)
        texts = {change.name: change.text for change in changes if change.changes}
        report = f"{report}\n{render_update(changes)}"
    else:
        texts = {draft.name: draft.text for draft in result.drafts}
        taken = [name for name in texts if (output / name).exists()]
        if taken:
            names = "、".join(taken)
            hint = "没有写入任何文件。要更新请加 --update，要另存请用 --output 指定别的目录。"
            return Imported(f"{report}\n{output} 里已经有 {names}。{hint}", (), ok=False)
    contents = {output / name: text.encode() for name, text in texts.items()}
    write_whole(contents)
    return Imported(report, tuple(contents), ok=True)


def _present(result: ImportResult, output: Path) -> dict[str, str]:
    """The committed text of every draft that has one."""
    paths = {draft.name: output / draft.name for draft in result.drafts}
    return {name: decoded(path.read_bytes()) for name, path in paths.items() if path.exists()}
