"""What ``gongkai import`` does: read, report, and write drafts without losing what is already there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import asdict, replace

from gongkai.authoring.edits import EditError, decoded, write_whole
from gongkai.column.problems import Problems
from gongkai.findings.finding import Finding, errors
from gongkai.findings.reporters import text_report
from gongkai.importing.drafting.naming import Present
from gongkai.importing.importer import ImportResult, import_file
from gongkai.importing.pictures import with_pictures
from gongkai.importing.proposals import is_proposal, with_proposals
from gongkai.importing.provenance import as_json
from gongkai.importing.recognise.columns import Kind
from gongkai.importing.recognise.heads import table_columns
from gongkai.importing.report import render_report
from gongkai.importing.update import render_update, update_drafts
from gongkai.linking.vocabulary_files import link_vocabularies
from gongkai.load.files import LoadedFile, holds_records, load_bytes
from gongkai.load.tree import load_tree

_VOCABULARIES = "vocabularies/"


class Imported(Struct, frozen=True):
    """The outcome: what to tell the editor, what was written, and whether anything could be imported at all.

    ``result`` is what a single file was found to hold.
    """

    report: str
    written: tuple[Path, ...]
    ok: bool
    result: ImportResult | None = None


def run_import(
    root: Path,
    source: Path,
    output: Path,
    *,
    organ: str | None = None,
    identifier: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    columns: Mapping[str, Kind] = MappingProxyType({}),
    update: bool = False,
    original: bool = False,
    provenance: Path | None = None,
    pictures: Path | None = None,
) -> Imported:
    """Draft ``source`` into ``output``.

    Drafts that exist are kept unless ``update`` is set; then only what the document changed is changed in them. What is
    proposed for the vocabularies is added to what was proposed before. Where each field stands in the paper goes to the
    file ``provenance``; with it the pages of a PDF are drawn into the directory ``pictures``, as 1.png, 2.png …
    """
    files, findings = _known(root, output)
    if broken := errors([finding for finding in findings if _VOCABULARIES in finding.file]):
        return _nothing(text_report(broken, root), "词表有错误，同一个单位会另起编号：请先改正再导入")
    result = import_file(
        source,
        organ=organ,
        identifier=identifier,
        year=year,
        kind=kind,
        columns=columns,
        vocabularies=link_vocabularies(files, Problems()),
        present=_present(files, findings),
        original=original,
    )
    report = render_report(result)
    if result.refused:
        if provenance and result.blocks:
            write_whole(_linked(result, source, provenance, pictures))
        return Imported(report, (), ok=False, result=result)
    try:
        done = _written(result, report, output, _places(root, output, files), update=update)
        if provenance:
            write_whole(_linked(result, source, provenance, pictures))
            done = replace(done, written=(*done.written, provenance))
        return replace(done, result=result)
    except EditError as error:
        return _nothing(report, str(error))


def _linked(result: ImportResult, source: Path, provenance: Path, pictures: Path | None) -> Mapping[Path, bytes]:
    """What says where fields stand, and the pictures of pages, by file."""
    names = [draft.name for draft in result.drafts]
    links, nowhere = (result.account.links, result.account.nowhere) if result.account else ((), ())
    said = as_json(result.source, result.blocks, names, links, nowhere)
    said["columns"] = [asdict(table) for table in table_columns(result.blocks)]
    drawn: list[bytes] = []
    if pictures:
        said, drawn = with_pictures(source, said, result.blocks)
    made = {pictures / f"{number}.png": png for number, png in enumerate(drawn, start=1)} if pictures else {}
    return {**made, provenance: (json.dumps(said, ensure_ascii=False) + "\n").encode()}


def _nothing(report: str, why: str) -> Imported:
    return Imported(f"{report}\n{why}。没有写入任何文件。", (), ok=False)


def _known(root: Path, output: Path) -> tuple[tuple[LoadedFile, ...], tuple[Finding, ...]]:
    """Every file of ``plans/``, and those that earlier imports wrote into a directory outside of it."""
    loaded = load_tree(root)
    if _inside(root, output):
        return loaded.files, loaded.findings
    paths = [*sorted(output.glob("*.yml")), *_proposed(output)]
    found = [load_bytes(path.as_posix(), path.read_bytes()) for path in paths]
    files = [file for file, _ in found if file]
    return (*loaded.files, *files), (*loaded.findings, *(finding for _, said in found for finding in said))


def _present(files: Sequence[LoadedFile], findings: Sequence[Finding]) -> dict[str, Present]:
    """What the files of records hold, by id; of those with mistakes nothing is known but that the id is taken."""
    unread = {Path(finding.file).stem: Present("", (), None) for finding in findings}
    return unread | {file.ids[0]: Present.of(file.values()) for file in files if holds_records(file.kind)}


def _inside(root: Path, output: Path) -> bool:
    return output.resolve().is_relative_to((root / "plans").resolve())


def _proposed(output: Path) -> Sequence[Path]:
    return sorted((output / _VOCABULARIES).glob("*-proposed.yml"))


def _places(root: Path, output: Path, files: Sequence[LoadedFile]) -> Mapping[str, Path]:
    """Where records of ``plans/`` lie, by file name: an office may keep them in directories of its own."""
    records = [root / file.path for file in files if holds_records(file.kind)]
    return {path.name: path for path in records} if _inside(root, output) else {}


def _written(result: ImportResult, report: str, output: Path, places: Mapping[str, Path], *, update: bool) -> Imported:
    """Write what is new, and with ``update`` what the document changed."""
    drafts = {draft.name: draft.text for draft in result.drafts if not is_proposal(draft)}
    places = {name: places.get(name, output / name) for name in drafts}
    there = {name: path for name, path in places.items() if path.exists()}
    texts = {places[name]: text for name, text in drafts.items() if name not in there}
    if update:
        changes = update_drafts(result, {name: _readable(path) for name, path in there.items()})
        texts |= {places[change.name]: change.text for change in changes if change.changes}
        report = f"{report}\n{render_update(changes)}" if there else report
    elif there:
        hint = "没有改动。要按这份文件更新请加 --update，要另存请用 --output 指定别的目录。"
        report = f"{report}\n{output} 里已经有 {'、'.join(there)}，{hint}"
    if not texts:
        return Imported(f"{report}\n没有写入任何文件。", (), ok=update)
    kept = {f"{_VOCABULARIES}{path.name}": path.read_bytes() for path in _proposed(output)}
    made = {output / name: content for name, content in with_proposals(result, kept).items()}
    contents = {path: text.encode() for path, text in texts.items()} | made
    write_whole(contents)
    return Imported(report, tuple(contents), ok=True)


def _readable(path: Path) -> str:
    """The text of a file that can be updated.

    Raises:
        EditError: when it has mistakes.
    """
    content = path.read_bytes()
    file, findings = load_bytes(path.name, content)
    if file is None:
        raise EditError(f"{path} 有错误（{findings[-1].message}），请先改正再更新")
    return decoded(content)
