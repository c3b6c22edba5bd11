"""Lists of key projects (重点项目安排): three levels with a count at each, a level or source tag behind each name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct, field

from gongkai.importing.blocks import Block, Paragraph, Table
from gongkai.importing.recognise.clauses import read_clause
from gongkai.importing.recognise.columns import Kind, column_kind
from gongkai.importing.recognise.grid_rows import GridRow
from gongkai.importing.recognise.grids import Grid, read_grid
from gongkai.importing.recognise.tasks import join_units
from gongkai.text.blanks import squeeze
from gongkai.text.markers import list_item, marker
from gongkai.text.numerals import digits, numeral
from gongkai.text.patterns import anywhere, whole

_TAGS = anywhere(r"[、，；;]")

_COUNT = anywhere(r"(?<!\s)\s*[（(]\s*(?:共\s*)?(?P<count>\d{1,4})\s*[个项]\s*(?:项目\s*)?[）)]\s*$")
_COUNT_BARE = whole(r"^[（(]?\s*(?:(?:共计?|计)\s*)?(?P<count>\d{1,4})\s*[个项]\s*(?:项目\s*)?[）)]?$")
_TAG = anywhere(r"[（(](?P<tag>(?:\d{4}年)?[^（）()]{0,16}(?:项目|工程|清单|计划))[）)]$")
_CATEGORY_RANKS = (1, 2)
_END_OF_NAME = anywhere("[。：:]")
_PART = whole(r"(?P<number>\d{1,2}[.．]\d{1,2})(?:\s+(?=\S)|(?=[^\d\s.．%％万亿]))")
"""The number of a part of what the merged number beside it counts: 1.2."""
_FIELD = anywhere(r"(?P<label>[\u4e00-\u9fff]{2,8})\s*[:：]\s*")
_AROUND = " \u3000;；,，。、（(〔[【）)〕]】"
_PART_SUMS = frozenset({"小计"})


class Project(Struct):
    """One project; ``others`` are further columns of a table as (label, text)."""

    number: int
    title: str
    tags: list[str] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    printed_number: str | None = None


class Category(Struct):
    """One heading of the list with the count it announces, and the sums printed beside it, by head."""

    number: str
    title: str
    announced: int | None = None
    categories: list[Category] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    guessed: str | None = None
    totals: list[tuple[str, str]] = field(default_factory=list)


class ProjectList(Struct):
    """A list as drafted; ``rest`` are paragraphs of no project, ``totals`` the sums of the whole list."""

    subtitle: str | None = None
    announced: int | None = None
    categories: list[Category] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    rest: list[Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    totals: list[tuple[str, str]] = field(default_factory=list)

    def every(self) -> list[Project]:
        """All projects in printed order."""
        return [project for category in self.categories for project in _below(category)]


def _below(category: Category) -> list[Project]:
    return [*[p for child in category.categories for p in _below(child)], *category.projects]


def read_projects(blocks: Sequence[Block], title: str) -> ProjectList | None:
    """Read a project list; None when the blocks hold no project."""
    found = ProjectList()
    count = _COUNT.search(title)
    found.announced = int(count["count"]) if count else None
    path: dict[int, Category] = {}
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    flat = len(lines) == len(blocks) and _told_one_by_one(lines)
    tabled = False
    for block in blocks:
        if isinstance(block, Paragraph) and flat:
            _told(found, block, path)
        elif isinstance(block, Table):
            grid = read_grid(block)
            if grid:
                _table_rows(found, grid, path)
            tabled = tabled or bool(found.every())
        elif isinstance(block, Paragraph) and tabled and not _heads(block):
            found.rest.append(block)
        elif isinstance(block, Paragraph):
            _line(found, block, path)
    return found if found.every() else None


def _heads(paragraph: Paragraph) -> bool:
    """Whether a line among tables is the head of the next: 二、新建项目（3个）; 1. and 2. explain the one above."""
    number = marker(paragraph.text)
    return bool(number and number.rank in _CATEGORY_RANKS and "。" not in paragraph.text)


def _told_one_by_one(lines: Sequence[Paragraph]) -> bool:
    """Whether every number is a project with what is done and by whom (民生实事): 一、名称。内容（责任单位：…）."""
    ranks: set[int] = set()
    told: list[bool] = []
    for line in lines:
        if number := marker(line.text):
            ranks.add(number.rank)
            told.append(_told_project(number.rest) is not None)
        elif told and not read_clause(line.text.strip()).text:
            told[-1] = True  # its units stand on a line of their own
    return len(ranks) == 1 and sum(told) * 2 > len(told)


def _told_project(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The name and what is said of a project in one paragraph; None where it names no unit."""
    clause = read_clause(text.strip())
    if not clause.units:
        return None
    end = _END_OF_NAME.search(clause.text)
    name = clause.text[: end.start()] if end else clause.text
    said = clause.text[end.end() :].strip() if end else ""
    beside = [("内容", said)] if said else []
    fields = _fields(clause.ending)
    return name.strip(), [*beside, *fields] if fields else [*beside, ("责任单位", clause.units)]


def _fields(text: str) -> list[tuple[str, str]]:
    """Labels and what they say, one behind the other: 责任单位：县民政局；完成时限：12月底前."""
    found = list(_FIELD.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [(match["label"], text[match.end() : end].strip(_AROUND)) for match, end in zip(found, ends, strict=False)]


def _told(found: ProjectList, paragraph: Paragraph, path: dict[int, Category]) -> None:
    number = marker(paragraph.text)
    told = _told_project(number.rest) if number else None
    if number is None:
        _goes_on(found, paragraph)
        return
    name, beside = told or (number.rest.strip().rstrip("。"), [])
    _current(found, path).projects.append(Project(len(found.every()) + 1, name, others=list(beside)))
    found.printed.append(paragraph.text)


def _goes_on(found: ProjectList, paragraph: Paragraph) -> None:
    """A paragraph without a number: units on a line of their own, more words of the project above, or no project's."""
    every = found.every()
    text = paragraph.text.strip()
    if not every:
        found.rest.append(paragraph)
    elif _FIELD.match(text):
        every[-1].others += _fields(text) if read_clause(text).units else _first_field(text)
        found.printed.append(text)
    else:
        every[-1].others.append(("内容", text))
        found.printed.append(text)


def _first_field(text: str) -> list[tuple[str, str]]:
    """A line that says one thing, whatever colons stand in its words."""
    label = _FIELD.match(text)
    return [(label["label"], text[label.end() :].strip(_AROUND))] if label else []


def _line(found: ProjectList, paragraph: Paragraph, path: dict[int, Category]) -> None:
    text = paragraph.text.strip()
    bare = _COUNT_BARE.match(text)
    number = marker(text)
    item = list_item(text)
    if bare and not found.categories:
        found.subtitle, found.announced = text, int(bare["count"])
    elif number and number.rank in _CATEGORY_RANKS and not item:
        _category(found, number.rank, number.number, number.rest.strip(), path)
        found.printed.append(text)
    elif item:
        _current(found, path).projects.append(_project(int(item.number), item.rest.strip()))
        found.printed.append(text)
    else:
        found.rest.append(paragraph)


def _category(found: ProjectList, rank: int, number: str, rest: str, path: dict[int, Category]) -> None:
    count = _COUNT.search(rest)
    title = rest[: count.start()] if count else rest
    category = Category(number, title.strip().rstrip("：:。"), int(count["count"]) if count else None)
    above = path.get(1) if rank == 2 else None  # noqa: PLR2004  rank of （一）
    (above.categories if above else found.categories).append(category)
    path[rank] = category
    if rank == 1:
        path.pop(2, None)


def _current(found: ProjectList, path: dict[int, Category]) -> Category:
    if not path:
        category = Category("一", "重点项目", guessed="原文没有分类，暂用这个名称")
        found.categories.append(category)
        path[1] = category
    return path[max(path)]


def _project(number: int, text: str) -> Project:
    """The bracket at the end is a tag when it names a level or source (市级重点项目), else it belongs to the name."""
    match = _TAG.search(text)
    if match is None or not match.start():
        return Project(number, text)
    tags = _TAGS.split(match["tag"])
    return Project(number, text[: match.start()].rstrip(), [tag.strip() for tag in tags if tag.strip()])


def _table_rows(found: ProjectList, grid: Grid, path: dict[int, Category]) -> None:
    """Projects as a table; a row with nothing but a numbered name is a category, and so is a row across the table."""
    found.printed += [*grid.labels, *grid.repeated, *grid.titles]
    found.notes += grid.notes
    heads: list[str | None] = []
    _named(grid)
    sums = {each.of: each.cells for each in grid.sums}
    for row in grid.rows:
        for line in (row.group or "").split("\n"):
            if line.strip():
                _across(found, line, path).totals += sums.pop(line, [])
        texts = [text for text in (row.number, *row.heads, row.text, row.units) if text]
        number = marker(texts[0]) if len(texts) == 1 else None
        if number and number.rank in _CATEGORY_RANKS:
            _across(found, texts[0], path)
            continue
        if not row.text:
            _more(found, row.stray + texts)
            continue
        heads = [head or (heads[at] if at < len(heads) else None) for at, head in enumerate(row.heads)]
        _current(found, path).projects.append(_of_row(row, heads, grid, len(found.every()) + 1))
    _summed(found, sums, path)
    _renumber(found.every(), grid)


def _named(grid: Grid) -> None:
    """In a list of projects the name stands before what is done, whatever its head is (实事名称, 工程)."""
    if Kind.ITEM in grid.kinds or not {Kind.HEAD, Kind.TEXT} <= set(grid.kinds):
        return
    label = grid.all_labels[grid.kinds.index(Kind.TEXT)]
    grid.head_labels = grid.head_labels[:-1]
    for row in grid.rows:
        name = row.heads.pop() if row.heads else None
        if name:
            row.others = [*([(label, row.text, None)] if row.text else []), *row.others]
            row.text = name


def _summed(found: ProjectList, sums: Mapping[str, list[tuple[str, str]]], path: dict[int, Category]) -> None:
    """合计 and 总计 are sums of the list; 小计 that of the heading above it, where there is only one such row."""
    for words, cells in sums.items():
        whole = squeeze(words) not in _PART_SUMS
        of = found if whole or not path else path[max(path)]
        if not of.totals:
            of.totals += cells
            found.printed.append(words)
    totals = [found.totals, *(category.totals for category in _categories(found.categories))]
    shown = {text for cells in totals for _, text in cells}
    found.notes = [note for note in found.notes if note not in shown and note not in found.printed]


def _categories(categories: Sequence[Category]) -> list[Category]:
    return [each for category in categories for each in (category, *_categories(category.categories))]


def _across(found: ProjectList, line: str, path: dict[int, Category]) -> Category:
    number = marker(line)
    rank = number.rank if number and number.rank in _CATEGORY_RANKS else 1
    written = number.number if number and number.rank in _CATEGORY_RANKS else numeral(len(found.categories) + 1)
    _category(found, rank, written, (number.rest if number else line).strip(), path)
    found.printed.append(line)
    return path[rank]


def _of_row(row: GridRow, heads: Sequence[str | None], grid: Grid, place: int) -> Project:
    printed = digits(row.number or "")
    name = _one_line(row.text or "")
    part = _PART.match(name)
    project = _project(int(printed) if printed else place, name[part.end() :] if part else name)
    project.printed_number = part["number"] if part else row.number
    for kind, text in (
        (Kind.LEAD, row.lead),
        (Kind.UNITS, row.units),
        (Kind.SUPPORT, row.support),
        (Kind.DEADLINE, row.deadline),
    ):
        if text:
            at = next((at for at, given in enumerate(grid.kinds) if given is kind or _same(given, kind)), -1)
            label = grid.all_labels[at] if 0 <= at < len(grid.all_labels) else "其他"
            of_units = kind is not Kind.DEADLINE
            project.others.append((label, join_units(text) if of_units else _one_line(text)))
    project.others += [(label, _one_line(text)) for label, text, _ in row.others]
    pairs = zip_longest(grid.head_labels, heads)
    project.others += [(label or "类别", _one_line(head)) for label, head in pairs if head]
    return project


def _same(given: Kind, kind: Kind) -> bool:
    return kind is Kind.UNITS and given is Kind.ORGANIZER


def _one_line(text: str) -> str:
    return "".join(part.strip() for part in text.split("\n"))


def _renumber(projects: Sequence[Project], grid: Grid) -> None:
    """Numbers are addresses: where they begin again in each group they go on, and the printed one is kept beside."""
    parts = any("." in (project.printed_number or "") for project in projects)
    if len({project.number for project in projects}) == len(projects) and not parts:
        return
    label = next((label for label in grid.labels if column_kind(label) is Kind.NUMBER), "序号")
    for at, project in enumerate(projects, start=1):
        if project.printed_number:
            project.others.insert(0, (label, project.printed_number))
        project.number = at


def _more(found: ProjectList, texts: Sequence[str]) -> None:
    everything = found.every()
    if everything:
        everything[-1].others += [("其他", text) for text in texts]
