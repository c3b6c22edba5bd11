"""Directories of major administrative decisions (重大行政决策事项目录): as a table, as a numbered list, or as prose.

Layouts seen: a table with 事项名称 and 承办单位 among up to ten columns; ``一、名称（承办部门：…）``; a numbered name
with 承办单位：… on the next line or after a gap; and names without any unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct, field

from gongkai.importing.blocks import Block, Paragraph, Table
from gongkai.importing.recognise.columns import Kind, looks_like_units
from gongkai.importing.recognise.grid_rows import GridRow
from gongkai.importing.recognise.grids import Grid, read_grid
from gongkai.importing.recognise.tasks import join_units
from gongkai.text.blanks import squeeze
from gongkai.text.markers import Marker, marker
from gongkai.text.numerals import digits
from gongkai.text.patterns import anywhere, whole

_LABEL = r"(?:组织|决策|具体|牵头)?(?:承办|责任|牵头|申报|起草|主办|实施)(?:单位|部门|科室|主体)(?:（部门）)?"
_FIELD = anywhere(
    rf"(?P<label>{_LABEL}|配合单位|决策依据|法律政策依据|制定依据|依据|(?:拟)?(?:计划)?(?:决策|完成|提交审议)(?:时间|时限)|完成期限|实施计划|时间安排|进度安排"
    r"|(?:拟)?履行(?:的)?程序(?:要求)?|(?:决策)?(?:事项)?程序|决策概述|预期目标|主要内容|事项内容|制[定订]背景|决策背景|联系人|备注"
    r"|[\u4e00-\u9fff]{2,6}(?:依据|类型|类别|时间|程序|内容|目标|理由))\s*[:：]\s*"
)
_ORGANIZER = whole(_LABEL)
_NAMES_ORGANIZER = anywhere(rf"{_LABEL}\s*[:：]")
_BRACKET = anywhere(rf"[（(\[〔【]\s*(?P<label>{_LABEL})\s*[:：]")
_ENTRUSTED = whole(
    r"^(?P<title>.+?)[，,；;]?(?<!\s)\s*由(?P<units>[^，。；]{2,60}?)(?:负责|牵头|承办|组织)[^，。；]{0,8}[。；]?$"
)
_UNITS = anywhere("单位|部门|科室|主体")
_MARKS = " \u3000；;，,。、"
_STOPS, _CLOSES = ("。", "；", ";"), ("）", ")", "]", "〕", "】")
_WRAP = " \u3000（(〔[【）)〕]】"
_CONSENT = anywhere(r"(?:经|报|已经)[^。；，,;]{0,12}(?:区|县|市|州|旗)委[^。；，,;]{0,12}(?:同意|审定|审议通过|批准)")


class Decision(Struct):
    """One item. ``others`` are the further columns or lines: (label, text, address)."""

    number: int
    number_text: str
    title: str
    organizers: str | None
    others: list[tuple[str, str, str | None]] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)


class Directory(Struct):
    """A directory as drafted; ``label`` is its word for the organizers, ``rest`` are blocks that are no items."""

    label: str
    decisions: list[Decision] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    rest: list[Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def party_consent(text: str) -> str | None:
    """The clause that states the consent of the party committee (国务院令第713号 art. 3(3)), or None."""
    match = _CONSENT.search(text)
    return match.group() if match else None


def read_directory(blocks: Sequence[Block]) -> Directory | None:
    """Read the items of a directory; None when the blocks hold none."""
    for block in blocks:
        if isinstance(block, Table):
            grid = read_grid(block)
            if grid and {Kind.ITEM, Kind.TEXT} & set(grid.kinds) and grid.rows:
                directory = _from_table(grid)
                directory.notes = grid.notes
                directory.rest = [other for other in blocks if isinstance(other, Paragraph)]
                return directory
    return _from_list([block for block in blocks if isinstance(block, Paragraph)])


def _from_table(grid: Grid) -> Directory:
    at = next((at for at, kind in enumerate(grid.kinds) if kind in (Kind.ORGANIZER, Kind.UNITS, Kind.LEAD)), None)
    label = grid.labels[at] if at is not None and at < len(grid.labels) else "承办单位"
    directory = Directory(label, printed=[*grid.labels, *grid.repeated, *grid.titles])
    above: str | None = None
    heads: list[str | None] = []
    for row in grid.rows:
        row.heads = _carried(row.heads, heads)
        heads = row.heads
        if not row.text and directory.decisions:
            _rest_of_row(directory.decisions[-1], row)
            continue
        number = len(directory.decisions) + 1
        printed = row.number or str(number)
        decision = Decision(
            _number(printed) or number, printed.rstrip(".．、"), _one_line(row.text or ""), _organizers(row)
        )
        if row.number is None:
            decision.doubts["number"] = "原表没有印序号，按顺序填写"
        if decision.organizers is None and above and at is not None:
            decision.organizers, decision.doubts["organizers"] = above, "原表这一格空白或与上一行合并，暂沿用上一行"
        decision.others = _others(row, grid)
        _fields_in_organizers(decision)
        above = decision.organizers
        directory.decisions.append(decision)
    _renumber(directory)
    return directory


def _one_line(text: str) -> str:
    return "".join(part.strip() for part in text.split("\n"))


def _organizers(row: GridRow) -> str | None:
    """One cell; where 配合单位 has a column of its own, the roles are written before the names."""
    first = "；".join(join_units(text) for text in (row.lead, row.units) if text)
    if first and row.support:
        return f"牵头单位：{first}；配合单位：{join_units(row.support)}"
    return first or (join_units(row.support) if row.support else None)


def _others(row: GridRow, grid: Grid) -> list[tuple[str, str, str | None]]:
    found = [(label or "其他", _one_line(text), link) for label, text, link in row.others]
    if row.deadline:
        at = grid.kinds.index(Kind.DEADLINE)
        found.append((grid.labels[at] if at < len(grid.labels) else "完成时限", _one_line(row.deadline), None))
    found += [(label or "类别", head, None) for label, head in zip_longest(grid.head_labels, row.heads) if head]
    if row.group:
        found.append(("类别", _one_line(row.group), None))
    return found + [("其他", stray, None) for stray in row.stray]


def _carried(heads: Sequence[str | None], above: Sequence[str | None]) -> list[str | None]:
    """A merged category counts for every row that it reaches down to."""
    return [head or (above[at] if at < len(above) else None) for at, head in enumerate(heads)]


def _rest_of_row(above: Decision, row: GridRow) -> None:
    """A row without a name goes on with the item above: its organizer broke over a page, or has a second one."""
    more = _organizers(row)
    if more:
        above.organizers = join_units(f"{above.organizers}\n{more}") if above.organizers else more
    above.others += [(label, text, link) for label, text, link in row.others]
    above.others += [("其他", stray, None) for stray in row.stray]


def _number(text: str) -> int | None:
    plain = digits(text)
    return int(plain) if plain and int(plain) > 0 else None


def _renumber(directory: Directory) -> None:
    numbers = [decision.number for decision in directory.decisions]
    if len(set(numbers)) != len(numbers):
        for at, decision in enumerate(directory.decisions, start=1):
            decision.number = at
            decision.doubts["number"] = "原文序号重复，按顺序填写"


def _from_list(paragraphs: Sequence[Paragraph]) -> Directory | None:
    """A numbered list. The deepest kind of number that carries organizers is the item; higher ones are categories."""
    rank = _item_rank(paragraphs)
    if rank is None:
        return None
    directory = Directory("")
    category: str | None = None
    apart = _without_units(paragraphs, rank)
    for paragraph in paragraphs:
        found = marker(paragraph.text)
        if paragraph in apart:
            directory.rest.append(paragraph)
        elif found and found.rank == rank:
            directory.decisions.append(_item(directory, found, category))
        elif found and found.rank < rank:
            category = found.rest
            directory.printed.append(paragraph.text)
        elif directory.decisions and _FIELD.match(paragraph.text.strip(_WRAP)):
            _fields(directory, _unwrapped(paragraph.text), 0)
        elif directory.decisions and looks_like_units(paragraph.text) and directory.decisions[-1].organizers is None:
            directory.decisions[-1].organizers = paragraph.text.strip()
            directory.decisions[-1].doubts["organizers"] = "原文没有写明这是承办单位"
        else:
            directory.rest.append(paragraph)
    directory.label = directory.label or "承办单位"
    _renumber(directory)
    return directory


def _unwrapped(text: str) -> str:
    """A line without the brackets around it; those of its last words stay."""
    plain = text.strip()
    return plain.strip(_WRAP) if plain[:1] in _WRAP else plain


def _is_entrusted(text: str) -> bool:
    """…，由区发改局负责承办。"""
    match = _ENTRUSTED.match(text)
    return match is not None and looks_like_units(match["units"])


def _item_rank(paragraphs: Sequence[Paragraph]) -> int | None:
    found = [(marker(paragraph.text), paragraph.text) for paragraph in paragraphs]
    ranks = [(number.rank, text) for number, text in found if number]
    with_units = [rank for rank, text in ranks if _NAMES_ORGANIZER.search(text) or _is_entrusted(text)]
    if with_units:
        return max(set(with_units), key=with_units.count)
    if sum(text.rstrip().endswith("。") for _, text in ranks) * 2 > len(ranks):
        return None  # the clauses of the notice; its directory is in another file
    plain = [rank for rank, _ in ranks]
    return max(set(plain), key=lambda rank: (plain.count(rank), -rank)) if plain else None


def _without_units(paragraphs: Sequence[Paragraph], rank: int) -> list[Paragraph]:
    """Sections of the notice that are none of the directory: no number below their head has units, others' have."""
    sections: list[list[Paragraph]] = [[]]
    for paragraph in paragraphs:
        found = marker(paragraph.text)
        if found and found.rank < rank:
            sections.append([])
        sections[-1].append(paragraph)
    told = [any(_NAMES_ORGANIZER.search(each.text) or _is_entrusted(each.text) for each in own) for own in sections]
    if not any(told):
        return []
    pairs = zip(sections, told, strict=True)
    return [each for own, good in pairs if not good and any(marker(one.text) for one in own) for each in own]


def _closed(text: str) -> str:
    """What stands before the bracket that a text ends with, but for a full stop; nothing where it ends otherwise."""
    plain = text.rstrip()
    if plain.endswith(_STOPS):
        plain = plain[:-1].rstrip()
    return plain[:-1].strip() if plain.endswith(_CLOSES) else ""


def _item(directory: Directory, found: Marker, category: str | None) -> Decision:
    number = len(directory.decisions) + 1
    printed = squeeze(found.number)
    decision = Decision(number, printed, found.rest.strip(), None)
    directory.printed.append(found.printed)
    if category:
        decision.others.append(("类别", category.rstrip("。：:"), None))
    match = _BRACKET.search(decision.title)
    units = _closed(decision.title[match.end() :]) if match else ""
    if match and units:
        directory.label = directory.label or match["label"]
        directory.printed.append(decision.title[match.start() :])
        decision.organizers, decision.title = units, decision.title[: match.start()].rstrip()
        _fields_in_organizers(decision)
        return decision
    inline = _FIELD.search(decision.title)
    if inline and inline.start() > 0:
        rest, decision.title = (
            decision.title[inline.start() :],
            decision.title[: inline.start()].rstrip("，,；;。 \u3000（("),
        )
        directory.decisions.append(decision)
        _fields(directory, rest.rstrip("）)"), 0)
        return directory.decisions.pop()
    entrusted = _ENTRUSTED.match(decision.title)
    if entrusted and looks_like_units(entrusted["units"]):
        directory.printed.append(decision.title)
        decision.organizers, decision.title = entrusted["units"], entrusted["title"]
        decision.doubts["organizers"] = "从句子里取出，请核对"
    decision.title = decision.title.rstrip("。；;")
    return decision


def _fields_in_organizers(decision: Decision) -> None:
    """A deadline printed behind the organizers (承办单位：县民政局，完成时限：2025年6月) is none of their names."""
    text = decision.organizers or ""
    found = [match for match in _FIELD.finditer(text) if not _UNITS.search(match["label"]) and match.start()]
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        decision.others.append((match["label"], text[match.end() : end].strip(_MARKS), None))
    if found:
        decision.organizers = text[: found[0].start()].rstrip(_MARKS) or None


def _fields(directory: Directory, text: str, start: int) -> None:
    """Lines such as 承办单位：…　完成时限：… below or after a name."""
    decision = directory.decisions[-1]
    matches = list(_FIELD.finditer(text, start))
    for at, match in enumerate(matches):
        end = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        value = text[match.end() : end].strip(" \u3000；;，,。")
        directory.printed.append(text[match.start() : end])
        if _ORGANIZER.fullmatch(match["label"]) and decision.organizers is None:
            directory.label = directory.label or match["label"]
            decision.organizers = value
        else:
            decision.others.append((match["label"], value, None))
