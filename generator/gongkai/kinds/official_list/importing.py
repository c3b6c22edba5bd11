"""Office documents that become official lists: a table of whatever columns under a title that says 清单 or the like."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.importing.blocks import Block, Cell, Paragraph, Table
from gongkai.importing.drafting.context import Context, document, missing, year_of
from gongkai.importing.drafting.draft import NO_TITLE, Draft, drafted, standalone_frame
from gongkai.importing.kinds import Importer, Role
from gongkai.importing.recognise import papers
from gongkai.importing.recognise.head_rows import head_rows
from gongkai.importing.recognise.notice import Notice
from gongkai.kinds.official_list.link import columns_of
from gongkai.kinds.official_list.model import ListColumn, ListMeaning
from gongkai.kinds.official_list.shape import ListColumnShape
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere, whole

_NAMED = anywhere(
    "(?:权[责力]|职[责权]|责任|收费|基金|检查|抽查|执法|处罚|许可|审批|准入|证明|中介|承诺|服务|办事|预算|决算|补贴|救助|资金).{0,16}"
    "(?:清单|目录|一览表|明细表|汇总表|表)$"
)
_ANY = anywhere("(?:清单|目录|一览表|名[录单册]|花名册|明细表|汇总表|登记表|公示表)$")
_OTHERS = anywhere(
    "(?<!一)公开|决策|任务|要点|重点工作|建议|提案|清理|问题|整改|项目(?:资金)?(?:投资)?(?:计划|安排)|实事"
)
"""Words of other tables: catalogues of what is public, directories of decisions, task tables, proposals, clean-ups."""
_NOT_ANY = anywhere("项目|实事|工作|文件|工程|投资|计划|分工|公报|进度|政策")
"""Words beside which a title that says nothing of powers may be that of another list."""
_BEHIND = anywhere(r"(?:[（(][^（）()]{1,20}[）)]|》|(?:(?:》)?的(?:通知|公告|通告|公示|决定)))$")
_FEWEST_COLUMNS = 2
_WHOLE = whole(r"\d+")
_FIGURES = whole(r"[\d.,，]+")
_OF_NAMES = anywhere(r"(?:名称|事项|项目|科目|标题|题名|姓名|内容)(?:[（(].{1,12}[）)])?$")
_OF_OTHERS = anywhere("部门|单位|机关|主体|机构|类|领域|一级|依据|责任事项|上级|审批事项|涉及|备注")
_ABOVE = 4
"""Lines above a table among which its title may be."""
_NOTICE = anywhere("的(?:通知|公告|通告|公示|决定)$")

LIST = Role(
    name="list",
    label="清单",
    whole=lambda blocks: _is_list(squeeze(papers.title_of(blocks) or "")) and bool(_tables(blocks)),
)


def _is_list(title: str) -> bool:
    """Whether a title is that of a list, or of the notice that publishes one."""
    plain = title
    while (shorter := _BEHIND.sub("", plain)) != plain:
        plain = shorter
    named = _NAMED.search(plain) or (_ANY.search(plain) and not _NOT_ANY.search(plain))
    return bool(named) and not _OTHERS.search(plain)


def _own_title(blocks: Sequence[Block], notice: Notice) -> str:
    """The title right above the first table, where it is that of a list; else that of the document."""
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Table) and _tables([block])), 0)
    above = [squeeze(block.text) for block in blocks[:first] if isinstance(block, Paragraph)][-_ABOVE:]
    title = papers.title_of(blocks) or ""
    named = next((text for text in reversed(above) if _is_list(text) and "。" not in text and text != title), None)
    return named if named and notice.title and not _NOTICE.search(named) else title


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
    title = _own_title(blocks, notice)
    year = year_of(notice, [title], context)
    data = standalone_frame("official_list", "qingdan", title or NO_TITLE, year, identifier, context)
    notice.body = [line for line in papers.lines_of(notice) if squeeze(line.text) != squeeze(title)]
    data["document"] = document(notice, context)
    heads: list[str] = []
    name = 0
    rows: list[dict[str, object]] = []
    for table in _tables(blocks):
        labels, first = head_rows(table, _head(table) or 0)
        found = _heads(labels)
        if heads and found != heads:
            texts = ((cell.text, table.line) for row in table.rows for cell in row if cell.text.strip())
            context.provenance.leaves(texts, "表头和第一张表不同，请另外导入成一份清单")
            continue
        heads = found
        name = _name(found, table.rows[first:])
        context.provenance.shows(cell.text for row in table.rows[:first] for cell in row if cell.text.strip())
        rows += _rows(table.rows[first:], _columns(heads, name), len(rows), context)
    data["columns"] = [
        column if isinstance(column, str) else {"head": column.head, "meaning": column.meaning.value}
        for column in _columns(heads, name)
    ]
    data["rows"] = rows
    context.provenance.shows([title])
    context.count("清单的行", len(rows))
    return drafted(data)


def _heads(labels: Sequence[tuple[str, str]]) -> list[str]:
    """One head for each column, none twice."""
    heads: list[str] = []
    for at, (high, low) in enumerate(labels, start=1):
        head = low or high or f"第{at}栏"
        heads.append(f"{high}：{head}" if head in heads and low else f"{head}{at}" if head in heads else head)
    return heads


def _name(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int:
    """The column that says what a row is: by its head, and no other cell says the same; else the first of words."""
    columns = columns_of(list(heads))
    words = [at for at, each in enumerate(columns) if each.meaning in (ListMeaning.TEXT, ListMeaning.NAME)]
    named = [at for at in words if _OF_NAMES.search(heads[at]) and not _OF_OTHERS.search(heads[at])]
    known = [at for at in words if columns[at].meaning is ListMeaning.NAME]
    several = [at for at in (*named, *known, *words) if _each_its_own(at, rows)]
    return next(iter((*several, *named, *known, *words)), 0)


def _each_its_own(at: int, rows: Sequence[Sequence[Cell]]) -> bool:
    texts = [squeeze(row[at].text) for row in rows if at < len(row)]
    said = list(filter(None, texts))
    own = len(said) * 2 > len(texts) and len(set(said)) * 10 >= len(said) * 9
    return own and not all(map(_FIGURES.fullmatch, said))


def _columns(heads: Sequence[str], name: int) -> list[ListColumnShape | str]:
    """The heads, with a word where the column of names is not the one that its head alone would make it."""
    alone = next((at for at, each in enumerate(columns_of(list(heads))) if each.meaning is ListMeaning.NAME), None)
    named = ListColumnShape(head=heads[name], meaning=ListMeaning.NAME)
    return [named if at == name != alone else head for at, head in enumerate(heads)]


def _rows(
    lines: Sequence[Sequence[Cell]], written: list[ListColumnShape | str], before: int, context: Context
) -> list[dict[str, object]]:
    columns = columns_of(written)
    heads = [column.head for column in columns]
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
