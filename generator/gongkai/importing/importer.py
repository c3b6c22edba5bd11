"""Import an office's document into reviewed-to-be YAML drafts. Prints nothing, writes nothing: returns values.

read (files) -> paragraphs and tables (layout) -> documents (notices) -> parts (headwords) -> recognised things
(outline, tasks, decisions, projects) -> drafts (each kind's ``importing.py``) -> YAML (yaml_draft), and at the end the
accounting over everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.authoring.schema import modeline
from gongkai.authoring.yaml_draft import write_draft
from gongkai.column.vocabularies import Vocabularies
from gongkai.findings.finding import Finding, Severity
from gongkai.importing.accounting import Account, account
from gongkai.importing.blocks import Block, LeftOut, Piece, Reading, Refusal, Table, placed, visible
from gongkai.importing.counting import Counts, count
from gongkai.importing.drafting.context import Context
from gongkai.importing.drafting.draft import Draft
from gongkai.importing.drafting.naming import Present, named
from gongkai.importing.drafting.places import Place, place_of
from gongkai.importing.drafting.units import Units, proposals_file
from gongkai.importing.kinds import (
    Drafting,
    Importer,
    Told,
    asked_for,
    carried_text,
    choices,
    importers,
    stands_alone,
    titles_a_part,
    told_paper,
    told_parts,
    told_whole,
)
from gongkai.importing.misread import misread
from gongkai.importing.readers.files import read_file
from gongkai.importing.recognise.columns import Kind
from gongkai.importing.recognise.heads import table_columns
from gongkai.importing.recognise.headwords import Part, split_parts
from gongkai.importing.recognise.layout import laid_out
from gongkai.importing.recognise.notice import Notice
from gongkai.importing.recognise.notices import closed, read_notice, split_notices
from gongkai.importing.recognise.papers import title_of
from gongkai.importing.recognise.titles import issued
from gongkai.text.blanks import squeeze


class DraftFile(Struct, frozen=True):
    """One file to write below the output directory: its relative name and its text."""

    name: str
    text: str
    data: Mapping[str, object]


class ImportResult(Struct, frozen=True):
    """What an import found. ``drafts`` is empty when the file was refused; ``counts`` are Chinese names to numbers.

    ``taken`` says what it was taken for and why, ``spelled`` new spellings of units that an earlier import proposed,
    by id; ``counted`` are the rows and numbers of the paper, to be laid beside ``counts``; ``blocks`` are the paper as
    it was seen, to which the links of ``account`` lead.
    """

    source: str
    drafts: tuple[DraftFile, ...] = ()
    account: Account | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    taken: tuple[str, ...] = ()
    spelled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counted: Counts = field(default_factory=Counts)
    blocks: tuple[Block, ...] = ()

    @property
    def refused(self) -> bool:
        """True when nothing may be written."""
        return not self.drafts


def import_file(
    path: Path,
    *,
    organ: str | None = None,
    identifier: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    columns: Mapping[str, Kind] = MappingProxyType({}),
    vocabularies: Vocabularies | None = None,
    present: Mapping[str, Present] = MappingProxyType({}),
    original: bool = False,
) -> ImportResult:
    """Read an office document and draft its plan, lists and directory.

    ``organ`` and ``year`` override what the document says, ``kind`` what it looks like (plan, 解读), ``columns``
    what columns of its tables are, by their heads;
    ``identifier`` names the first draft, others derive theirs.
    ``vocabularies`` are the linked ones of ``plans/``: with them units, organs and issuers resolve, without they are
    proposed. ``present`` says what the files hold that are already there, by id: a draft never gets the id of another
    document.
    ``original`` takes a Word file as it was before its tracked changes. Never raises on a bad file: the result then has
    findings and no drafts.
    """
    reading = read_file(path, original=original)
    if isinstance(reading, Refusal):
        return _refused(path, reading)
    return import_reading(
        reading,
        path.name,
        organ=organ,
        identifier=identifier,
        year=year,
        kind=kind,
        columns=columns,
        vocabularies=vocabularies,
        present=present,
    )


def _refused(path: Path, refusal: Refusal) -> ImportResult:
    finding = Finding("IMP-01", Severity.ERROR, str(path), 1, 1, refusal.message, refusal.hint)
    return ImportResult(path.name, findings=(finding,))


def import_reading(
    reading: Reading,
    name: str,
    *,
    organ: str | None = None,
    identifier: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    columns: Mapping[str, Kind] = MappingProxyType({}),
    vocabularies: Vocabularies | None = None,
    present: Mapping[str, Present] = MappingProxyType({}),
) -> ImportResult:
    """Like ``import_file`` for something already read, for example a pasted table."""
    asked = asked_for(kind) if kind else None
    if kind and not asked:
        return _refused(Path(name), Refusal(f"没有“{kind}”这一种", f"--kind 可以写：{choices()}"))
    found, around = laid_out(reading)
    found = _said(found, columns)
    blocks, unseen = visible(found)
    everything = list(placed(blocks))
    place = place_of(organ, "\n".join(piece.text for piece in everything), vocabularies)
    context = _context(place, f"{name}（{reading.source}）", everything, vocabularies, year)
    context.address = reading.address
    drafts: list[Draft] = []
    taken: list[Told] = []
    whole = told_whole(blocks, asked)
    if whole:
        drafts += _whole(whole, blocks, identifier, context)
        taken.append(whole)
    for own in split_notices(blocks) if not whole else ():
        drafted, told = _drafts(own, context, identifier if not drafts else None, drafts, asked)
        drafts += drafted
        taken += told if drafted else ()
    drafts = named(drafts, present, identifier)
    context.units.settle()
    bodies = [DraftFile(f"{draft.id}.yml", write_draft(draft.data), draft.data) for draft in drafts]
    read_back = [yaml.load(body.text, yaml.CSafeLoader) for body in bodies]
    accounted = account(everything, read_back, context.provenance, (*reading.left_out, *around))
    if not drafts:
        words = f"按“{kind}”没有读出内容" if kind else f"没有认出这是什么文件（认得的有{choices()}）"
        hint = "请核对是否选错了文件；附件在另一个文件里时，请导入那个文件；知道是哪一种的，用 --kind 指定"
        return replace(_refused(Path(name), Refusal(words, hint)), blocks=blocks)
    notes = [item for item in accounted.left_out if item.beside]
    files = [_file(body, name, accounted, () if at else notes) for at, body in enumerate(bodies)]
    files += _proposals(context, place)
    context.doubts += _unknown_columns(blocks, columns)
    findings = [*_findings(name, (*reading.doubts, *unseen), context, accounted), *_misread(name, everything)]
    context.counts["单位已识别"] = context.units.known
    context.counts["单位待加入名录"] = len(context.units.proposed)
    spelled = {known: tuple(names) for known, names in context.units.spelled.items()}
    counted = count(blocks, read_back)
    said = tuple(dict.fromkeys(f"{told.role.label}（依据：{told.basis}）" for told in taken))
    return ImportResult(
        name, tuple(files), accounted, dict(context.counts), tuple(findings), said, spelled, counted, blocks
    )


def _said(blocks: Sequence[Block], columns: Mapping[str, Kind]) -> tuple[Block, ...]:
    """The blocks, with what a person says of columns at the tables."""
    said = tuple((squeeze(head), kind.value) for head, kind in columns.items())
    return tuple(replace(block, said=said) if isinstance(block, Table) and said else block for block in blocks)


def _unknown_columns(blocks: Sequence[Block], columns: Mapping[str, Kind]) -> Iterator[str]:
    heads = {head for table in table_columns(blocks) for head, _ in table.columns}
    for head in columns:
        if squeeze(head) not in heads:
            yield f"表格里没有“{head}”这一列"


def _context(
    place: Place,
    source: str,
    everything: Sequence[Piece],
    vocabularies: Vocabularies | None,
    year: int | None,
) -> Context:
    known = vocabularies.units if vocabularies else {}
    text = "\n".join(piece.text for piece in everything)
    own = [unit for unit in known.values() if unit.organ == place.id]
    units = Units(place.id, place.short_name, own, text, taken=set(known))
    return Context(place.id, place.guess, source, units, vocabularies, year)


def _whole(told: Told, blocks: Sequence[Block], identifier: str | None, context: Context) -> list[Draft]:
    assert told.importer.draft_whole
    drafts: list[Draft] = []
    for own in told.importer.apart(blocks):
        name = identifier if not drafts else None
        drafts.append(told.importer.draft_whole(told.role, own, read_notice(own), name, context))
    return drafts


def _drafts(
    blocks: Sequence[Block],
    context: Context,
    identifier: str | None,
    before: Sequence[Draft],
    asked: Importer | Told | None,
) -> tuple[list[Draft], list[Told]]:
    """All drafts of one document, and what its parts were taken for.

    That is a plan with its table, any number of project lists, a directory; or the document alone.
    """
    notice = closed(read_notice(blocks))
    name = issued(notice.title or "") or _headed(notice, blocks)
    parts = told_parts(split_parts(notice.payload, name), notice.title or "", asked)
    if not asked and stands_alone(parts, notice.title or "") and (paper := told_paper(blocks)):
        return _whole(paper, blocks, identifier, context), [paper]
    drafting = Drafting(notice, context, identifier, [draft.id for draft in before])
    taken: list[Told] = []
    if not asked and (paper := told_paper(blocks)) and (text := carried_text(parts)):
        apart = [block for told, part in parts if told for block in part.blocks]
        rest = [block for block in blocks if not any(block is each for each in apart)]
        drafting.drafts += _whole(paper, rest, identifier, context)
        parts = [(told, part) for told, part in parts if part not in text]
        taken.append(paper)
    left: list[Part] = []
    for importer in importers().values():
        own = [(told.role, part) for told, part in parts if told and told.importer is importer]
        if importer.together and importer.draft and own:
            left += importer.draft(own, drafting)
    for told, part in parts:
        if told and told.importer.draft and not told.importer.together:
            left += told.importer.draft([(told.role, part)], drafting)
        if told is None or any(part is each for each in left):
            drafting.leave(part)
    known = [told for told, part in parts if told and not any(part is each for each in left)]
    return drafting.drafts, [*taken, *known]


def _headed(notice: Notice, blocks: Sequence[Block]) -> str | None:
    """The title of a document that is no notice, where its first line is one: it heads what the document carries."""
    title = title_of(blocks) if notice.title is None and notice.body and notice.payload else None
    if title is None or squeeze(notice.body[0].text) != title or not titles_a_part(title):
        return None
    notice.payload.insert(0, notice.body.pop(0))
    return title


def _file(file: DraftFile, name: str, accounted: Account, notes: Sequence[LeftOut]) -> DraftFile:
    head = [
        f"由 {name} 导入的草稿，请对照原件核对。标有“待核”的地方是推定的，核对后请删去该注释。",
        f"原件文字的 {accounted.percentage:.2f}% 逐字写在草稿里，未写入的见导入报告。",
    ]
    if notes:
        head.append("原件里还有这些文字，草稿中没有对应的栏目；要公开的，请写进正文或者编者注 editor_note：")
        head += [f"  {item.reason.partition('，草稿中')[0]}：{' '.join(item.text.split())}" for item in notes]
    return _with_head(file, head)


def _with_head(file: DraftFile, head: Sequence[str]) -> DraftFile:
    """A draft that tells editors such as VS Code which fields there are, and what it is."""
    line = modeline(f"plans/{file.name}", str(file.data["kind"])).removeprefix("# ")
    return replace(file, text=write_draft({}, [line, *head]) + file.text)


def _proposals(context: Context, place: Place) -> list[DraftFile]:
    """Entries for the vocabularies: units the register does not know, the district when it is new."""
    files: list[DraftFile] = []
    if context.units.proposed:
        data: dict[str, object] = {
            "kind": "units",
            "organ": context.organ,
            "units": list(context.units.proposed.values()),
        }
        head = [
            "待核：文件中出现、单位名录里还没有的单位。核对后运行 gongkai accept 并入名录，在这以前不起作用。",
            "是别名的，请写到已有单位的 aliases；确是新单位的，核对编号、名称和类别后并入名录。",
        ]
        files.append(_with_head(DraftFile(proposals_file("units", context.organ), write_draft(data), data), head))
    if place.proposal:
        data = {"kind": "organs", "organs": [place.proposal]}
        head = ["待核：请核对区县名称并并入 organs.yml"]
        files.append(_with_head(DraftFile(proposals_file("organs", context.organ), write_draft(data), data), head))
    return files


def _misread(name: str, everything: Sequence[Piece]) -> Iterator[Finding]:
    for each in misread(everything):
        words = f"“{each.printed}”可能是“{each.proposed}”，草稿里照原件没有改"
        yield Finding(
            "IMP-05", Severity.WARNING, name, max(each.line, 1), 1, words, "请看原件；确是识别错了的，在草稿里改"
        )


def _findings(name: str, doubts: Sequence[str], context: Context, accounted: Account) -> list[Finding]:
    found = [
        Finding("IMP-02", Severity.WARNING, name, 1, 1, doubt)
        for doubt in dict.fromkeys((*doubts, *context.doubts, *context.units.doubts))
    ]
    if proposed := context.units.proposed:
        words = f"单位名录中没有 {len(proposed)} 个单位：{'、'.join(proposed)}"
        found.append(Finding("IMP-03", Severity.INFO, name, 1, 1, words, "建议的条目见 vocabularies/，核对后并入名录"))
    unknown = [item for item in accounted.left_out if item.reason.startswith(("没有识别", "没有认出"))]
    found += [
        Finding("IMP-04", Severity.WARNING, name, max(item.line, 1), 1, f"没有导入：{item.text[:60]}", item.reason)
        for item in unknown
    ]
    return found
