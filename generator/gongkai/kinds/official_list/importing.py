"""Office documents that become official lists: a table of whatever columns under a title that says 清单 or the like."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.importing.blocks import Block, Cell, Paragraph, Table
from gongkai.importing.drafting.context import Context, document, missing, year_of
from gongkai.importing.drafting.draft import NO_TITLE, Draft, drafted, standalone_frame
from gongkai.importing.kinds import Importer, Role
from gongkai.importing.recognise import papers
from gongkai.importing.recognise.notice import Notice
from gongkai.kinds.official_list.link import columns_of
from gongkai.kinds.official_list.model import ListColumn, ListMeaning
from gongkai.kinds.official_list.shape import ListColumnShape
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere, whole

_NAMED = anywhere(
    "(?:权[责力]|责任|收费|基金|检查|处罚|许可|审批|准入|证明|服务|办事|预算|决算|补贴|救助|资金).{0,16}(?:清单|目录|一览表|明细表|汇总表|表)$"
)
_OTHERS = anywhere("公开|决策|任务|要点|建议|提案|清理")
"""Words of other tables: catalogues of what is public, directories of decisions, task tables, proposals, clean-ups."""
_BEHIND = anywhere(r"[（(][^（）()]{1,20}[）)]$")
_FEWEST_COLUMNS = 2
_WHOLE = whole(r"\d+")

LIST = Role(
    name="list",
    label="清单",
    whole=lambda blocks: _is_list(squeeze(papers.title_of(blocks) or "")) and bool(_tables(blocks)),
)


def _is_list(title: str) -> bool:
    plain = _BEHIND.sub("", title)
    return bool(_NAMED.search(plain)) and not _OTHERS.search(plain)


def _tables(blocks: Sequence[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table) and len(block.rows) > 1 and _head(block) is not None]


def _head(table: Table) -> int | None:
    """The first row of a table in which at least two cells stand, and none of them twice."""
    for at, row in enumerate(table.rows[:4]):
        texts = [squeeze(cell.text) for cell in row if cell.text.strip()]
        if len(texts) >= _FEWEST_COLUMNS and len(set(texts)) == len(texts):
            return at
    return None


def draft(_role: Role, blocks: Sequence[Block], notice: Notice, identifier: str | None, context: Context) -> Draft:
    """A list out of the tables of a document that have the same heads; others are left out, and said so."""
    title = papers.title_of(blocks) or ""
    year = year_of(notice, [title], context)
    data = standalone_frame("official_list", "qingdan", title or NO_TITLE, year, identifier, context)
    notice.body = [line for line in papers.lines_of(notice) if squeeze(line.text) != squeeze(title)]
    data["document"] = document(notice, context)
    heads: list[str] = []
    rows: list[dict[str, object]] = []
    for table in _tables(blocks):
        at = _head(table) or 0
        found = [squeeze(cell.text) or f"第{place}栏" for place, cell in enumerate(table.rows[at], start=1)]
        if heads and found != heads:
            texts = ((cell.text, table.line) for row in table.rows for cell in row if cell.text.strip())
            context.provenance.leaves(texts, "表头和第一张表不同，请另外导入成一份清单")
            continue
        heads = found
        context.provenance.shows(cell.text for row in table.rows[: at + 1] for cell in row if cell.text.strip())
        rows += _rows(table.rows[at + 1 :], heads, len(rows), context)
    data["columns"] = [
        column if isinstance(column, str) else {"head": column.head, "meaning": column.meaning.value}
        for column in _columns(heads)
    ]
    data["rows"] = rows
    context.provenance.shows([title])
    context.count("清单的行", len(rows))
    return drafted(data)


def _columns(heads: Sequence[str]) -> list[ListColumnShape | str]:
    """The heads; where none says that it is the name, the first column of words is."""
    columns = columns_of(list(heads))
    if any(column.meaning is ListMeaning.NAME for column in columns):
        return list(heads)
    first = next((at for at, column in enumerate(columns) if column.meaning is ListMeaning.TEXT), 0)
    named = ListColumnShape(head=heads[first], meaning=ListMeaning.NAME)
    return [named if at == first else head for at, head in enumerate(heads)]


def _rows(lines: Sequence[Sequence[Cell]], heads: list[str], before: int, context: Context) -> list[dict[str, object]]:
    columns = columns_of(_columns(heads))
    name = next((at for at, column in enumerate(columns) if column.meaning is ListMeaning.NAME), 0)
    rows: list[dict[str, object]] = []
    above: list[Cell] = []
    group: str | None = None
    for line in lines:
        texts = [cell.text.strip() for cell in line]
        if not any(texts) or [squeeze(text) for text in texts] == heads:
            context.provenance.shows(filter(None, texts))
        elif len(filled := [text for text in texts if text]) == 1 and len(heads) > 1:
            group = filled[0]
        else:
            above = [above[at] if cell.merged and at < len(above) else cell for at, cell in enumerate(line)]
            said = [cell.text.strip() for cell in above][: len(heads)]
            rows.append(_row(said, columns, name, before + len(rows) + 1, group))
            context.provenance.shows([text for text in said if _WHOLE.fullmatch(text)])
            group = None
    return rows


def _row(
    said: Sequence[str], columns: Sequence[ListColumn], name: int, number: int, group: str | None
) -> dict[str, object]:
    row: dict[str, object] = {"number": number}
    if group:
        row["group"] = group
    row["name"] = (said[name] if name < len(said) else "") or missing("名称栏", "name: 这一行是什么")
    row["cells"] = {
        column.head: text
        for at, (column, text) in enumerate(zip(columns, said, strict=False))
        if text and at != name and not (column.meaning is ListMeaning.NUMBER and text == str(number))
    }
    return row


def _apart(blocks: Sequence[Block]) -> list[Sequence[Block]]:
    """Lists with other columns and titles of their own are lists of their own: 附件1 of charges, 附件2 of funds."""
    starts = [0]
    heads: list[str] = []
    for at, block in enumerate(blocks):
        if not isinstance(block, Table) or not _tables([block]):
            continue
        found = [squeeze(cell.text) for cell in block.rows[_head(block) or 0]]
        first = at
        while first > starts[-1] and isinstance(above := blocks[first - 1], Paragraph) and "。" not in above.text:
            first -= 1
        if heads and found != heads and first < at and papers.title_of(blocks[first:at]):
            starts.append(first)
        heads = found
    return [blocks[start:end] for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]


IMPORTER = Importer(roles=(LIST,), draft_whole=draft, apart=_apart)
