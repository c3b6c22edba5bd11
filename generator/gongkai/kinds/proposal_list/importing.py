"""Office documents that become proposals: a table of a session's proposals, and the answer to one of them (复文)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gongkai.authoring.yaml_draft import Guess
from gongkai.importing.blocks import Block, Table
from gongkai.importing.drafting.context import Context, missing, number_of, year_of
from gongkai.importing.drafting.draft import NO_TITLE, Draft, by_head, drafted, standalone_frame
from gongkai.importing.kinds import Importer, Role
from gongkai.importing.recognise import papers
from gongkai.importing.recognise.lists import PROPOSED, read_list
from gongkai.importing.recognise.notice import Notice
from gongkai.kinds.proposal_list.model import ProposalType
from gongkai.text.blanks import squeeze
from gongkai.text.dates import parse_date
from gongkai.text.docnumber import strict_number
from gongkai.text.patterns import anywhere

_NAMED = anywhere(
    r"(?:人大|第\d{1,10}号)[^，。]{0,20}建议|代表.{0,8}建议|委员.{0,8}提案|政协.{0,20}提案|建议提案|提案.{0,6}(?:办理|答复|目录)"
)
_ONE = anywhere(
    r"(?:第\s*)?(?P<number>\d{1,10})\s*号.{0,12}(?:建议|提案)|(?:建议|提案)[^，。]{0,12}?(?:第\s*)?(?P<behind>\d{1,10})\s*号"
)
_HEAD = 3
"""Lines in which the organ and the number of an answer stand."""
_ADVISERS = anywhere("政协|委员|提案")
_DEPUTIES = anywhere("人大|代表|建议")

PROPOSALS = Role(
    name="proposals",
    label="建议提案办理",
    whole=lambda blocks: bool(_NAMED.search(papers.title_of(blocks) or "")),
)


def draft(_role: Role, blocks: Sequence[Block], notice: Notice, identifier: str | None, context: Context) -> Draft:
    """A list of proposals out of a table, or out of the answer to one."""
    title = papers.title_of(blocks) or ""
    lines = papers.lines_of(notice)
    year = year_of(notice, [title], context)
    named = f"{number_of(year)}年建议提案办理" if number_of(year) else NO_TITLE
    tables = [(table, found) for table in blocks if isinstance(table, Table) if (found := read_list(table, PROPOSED))]
    data = standalone_frame("proposal_list", "jianyi", title if tables else named, year, identifier, context)
    items: list[dict[str, object]] = []
    for _, found in tables:
        context.provenance.shows(found.printed)
        rows = zip(found.rows, found.beside, strict=True)
        items += [
            _listed(row, beside, len(items) + at, title, _units(row, found.heads), number_of(year), context)
            for at, (row, beside) in enumerate(rows, 1)
        ]
    if not tables:
        items.append(_answered(title, [line.text for line in lines], notice, number_of(year), context))
    else:
        said = [(line.text, line.line) for line in lines if squeeze(line.text) != squeeze(title)]
        context.provenance.leaves((*said, (notice.signature or "", 0)), "表外的文字不进草稿")
    data["items"] = items
    data["sources"] = context.sources()
    context.provenance.shows([title, *notice.printed])
    context.provenance.left_out += notice.left_out
    context.count("建议提案", len(items))
    return drafted(data)


def _type(*texts: str) -> object:
    """By the first text that tells deputies from advisers."""
    for text in texts:
        advisers, deputies = bool(_ADVISERS.search(text)), bool(_DEPUTIES.search(text))
        if advisers != deputies:
            return (ProposalType.ADVISERS if advisers else ProposalType.DEPUTIES).value
    return Guess(ProposalType.DEPUTIES.value, "看不出是人大代表建议还是政协提案")


def _listed(
    row: dict[str, str],
    beside: Sequence[tuple[str, str]],
    number: int,
    title: str,
    units: str,
    year: int,
    context: Context,
) -> dict[str, object]:
    printed = row.get("number", "")
    item: dict[str, object] = {
        "number": number if printed in {str(number), ""} else Guess(number, f"按顺序编号，原表写“{printed}”")
    }
    if printed not in {str(number), ""}:
        item["number_text"] = printed
    item["type"] = _type(row.get("type", ""), printed, row.get("title", ""), title)
    item["title"] = row.get("title") or missing("案由", "title: 案由")
    item["units"] = context.cell(units, year) if units else missing("承办单位", "units: 单位名称")
    answer: dict[str, object] = {}
    if said := row.get("date"):
        day, counted = parse_date(squeeze(said)), parse_date(f"{year}年{squeeze(said)}")
        answer["date"] = day or Guess(counted, f"原表写“{said}”")
        context.provenance.shows([said])
    answer |= {name: row[name] for name in ("doc_number", "result") if row.get(name)}
    if answer:
        item["answer"] = answer
    if beside:
        item["cells"] = by_head(beside)
    context.provenance.shows([printed, row.get("type", "")])
    return item


def _units(row: dict[str, str], heads: Mapping[str, str]) -> str:
    """Who leads and who helps, under the words that the table prints for them."""
    said = {heads[name]: row[name] for name in ("lead", "support") if row.get(name)}
    return "；".join(f"{head}：{names}" for head, names in said.items()) if len(said) > 1 else "".join(said.values())


def _answered(title: str, texts: Sequence[str], notice: Notice, year: int, context: Context) -> dict[str, object]:
    found = _ONE.search(squeeze(title))
    item: dict[str, object] = {"number": Guess(1, "已有当次会议目录的，请并入那份文件并接着编号")}
    if found:
        item["number_text"] = f"第{found['number'] or found['behind']}号"
    item["type"] = _type(title)
    item["title"] = Guess(title or NO_TITLE, "复文的标题；请改为建议或提案的案由")
    signed = squeeze(notice.signature or "")
    item["units"] = context.cell(signed, year) if signed else missing("承办单位", "units: 单位名称")
    answer: dict[str, object] = {}
    if isinstance(notice.date_signed, date):
        answer["date"] = notice.date_signed
    plain = [squeeze(text) for text in texts]
    first = plain.index(squeeze(title)) + 1 if squeeze(title) in plain[:_HEAD] else 0
    head, paragraphs = texts[:first], [text.strip() for text in texts[first:] if text.strip()]
    below = [text for text in paragraphs[:_HEAD] if strict_number(text)]
    number = notice.doc_number or next(filter(None, map(strict_number, (*head, *below))), None)
    if number:
        answer["doc_number"] = number
    answer["text"] = [text for text in paragraphs if text not in below]
    context.provenance.shows([*head, *below])
    context.provenance.leaves(((text, 0) for text in (notice.note, notice.copies) if text), "复文的附注和抄送不进草稿")
    item["answer"] = answer
    context.provenance.shows([notice.signature or ""])
    return item


IMPORTER = Importer(roles=(PROPOSALS,), draft_whole=draft)
