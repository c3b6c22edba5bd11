"""Plain tables of a list: one heading, one row an item, columns told by their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from gongkai.importing.blocks import Cell, Paragraph, Table
from gongkai.importing.recognise.head_rows import head_rows
from gongkai.text.blanks import squeeze
from gongkai.text.numerals import digits
from gongkai.text.patterns import Whole, anywhere, whole
from gongkai.text.table_heads import in_chinese

_TOP = 4
_BRACKETED = anywhere("（[^（）]{1,12}）")


class Heads(Struct, frozen=True):
    """The columns of a list: how the head of each field is printed, and without which fields it is no such list."""

    needed: frozenset[str]
    fields: Mapping[str, Whole[str]]


CLEANED = Heads(
    needed=frozenset({"title", "doc_number"}),
    fields={
        "number": whole("序号|编号"),
        "title": whole("(?:规范性)?文件(?:名称|标题|题目)"),
        "doc_number": whole("(?:发文|文件)?(?:字号|文号|编号)"),
        "result": whole("清理(?:结果|意见|情况|结论)|处理(?:结果|意见|情况)|有效性|效力"),
        "since": whole("(?:废止|失效)(?:时间|日期)"),
        "reason": whole("(?:清理|废止|失效|修改)?(?:理由|依据|原因)"),
    },
)
"""Documents of a clean-up: 序号、文件名称、文号、清理结果."""
ANSWERED = Heads(
    needed=frozenset({"text", "treatment"}),
    fields={
        "number": whole("序号|编号"),
        "text": whole(
            "(?:公众|社会|征集|反馈|修改|主要|收到|具体)*(?:的)?(?:意见|建议)(?:(?:和|及|或|、)?(?:建议|意见))?(?:的)?(?:主要|具体)?(?:内容|摘要)?"
        ),
        "treatment": whole(
            "(?:意见|建议)?(?:的)?(?:是否采纳|(?:采纳|处理|办理|吸收采纳|研究处理|答复)(?:情况|结果|意见)?)(?:(?:及|和|与|、)?(?:理由|说明|原因|依据))?(?:（.{1,12}）)?"
        ),
        "reason": whole(
            "(?:不采纳|未采纳|采纳)?(?:的)?(?:理由|原因|说明|修改情况)(?:(?:及|和|与|、)?(?:修改|采纳|相关)?(?:情况|说明|依据))?|备注"
        ),
    },
)
"""Opinions and their answers: 序号、意见建议、采纳情况、理由."""
PROPOSED = Heads(
    needed=frozenset({"title", "lead"}),
    fields={
        "number": whole("序号|编号|(?:建议|提案)(?:提案)?(?:编?号|号)"),
        "type": whole("(?:建议提案)?(?:种类|类型|类别)"),
        "title": whole("案由|案题|标题|题目|(?:建议|提案|建议提案)(?:的)?(?:标题|题目|名称|内容|案由)"),
        "lead": whole("(?:主办|承办|牵头|办理|分办)(?:单位|部门)|责任单位"),
        "support": whole("(?:会办|协办|配合)(?:单位|部门)"),
        "result": whole("(?:办理|答复)(?:结果|类别|分类|情况|等级)+"),
        "date": whole("(?:答复|办结|复函|复文)(?:时间|日期)"),
        "doc_number": whole("(?:复文|答复|复函|回复|办复)(?:文件)?(?:文)?(?:号|编号|文号)"),
    },
)
"""Proposals and who deals with them: 编号、案由、主办单位、会办单位、办理结果."""


ASKED = Heads(
    needed=frozenset({"question", "answer"}),
    fields={
        "number": whole("序号|编号"),
        "question": whole("(?:.{0,4})(?:问题|提问|咨询内容|问)(?:内容|描述)?"),
        "answer": whole("(?:.{0,4})(?:回复|答复|解答|回答|答)(?:内容|意见)?"),
        "units": whole("(?:答复|回复|解答|责任|承办|回答)(?:单位|部门|科室|股室)"),
    },
)
"""Questions and answers: 序号、问题、答复、答复单位."""


class Listed(Struct):
    """Rows by field; ``printed`` are headings, ``odd`` what stands under no head that has a field.

    ``beside`` is the same for each row, by its head; ``heads`` are the printed heads of the fields.
    """

    rows: list[dict[str, str]] = field(default_factory=list)
    beside: list[list[tuple[str, str]]] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)


_ITEM = whole(
    r"(?:\d{1,3}\s*[.、．]|[（(]\d{1,3}[）)])\s*《?(?P<title>[^《》（）()\s]{4,80}(?:（(?:试行|暂行|修订)）)?)》?"
    r"\s*[（(](?P<doc_number>[^（）()\s]{1,20}[〔\[][12]\d{3}[〕\]]\s*\d{1,4}\s*号)[）)][。；;]?"
)


def listed_item(text: str) -> dict[str, str] | None:
    """A document of a list in prose: 1.某某办法（某政发〔2020〕8号）; None for any other line."""
    found = _ITEM.fullmatch(text.strip())
    return {"number": digits(text.strip()[:5]), **found.groupdict()} if found else None


_LABELLED = whole(
    r"(?P<number>\d{1,3}\s*[.、．]|[（(]\d{1,3}[）)]|[一二三四五六七八九十]{1,3}、)?\s*(?P<label>[\u4e00-\u9fff]{2,12}?)(?P<behind>\d{1,3}|[一二三四五六七八九十]{1,3})?"
    r"\s*[:：]"
)
_INSIDE = anywhere(r"(?<=[。；;])\s*(?P<label>[\u4e00-\u9fff]{2,8})\s*[:：]")


def told_line_by_line(lines: Sequence[Paragraph], heads: Heads) -> tuple[list[dict[str, str]], list[Paragraph]]:
    """A list in prose, a labelled line for each field (意见：… 采纳情况：…), and the lines that are no part of it.

    An item begins with the field that comes first; items without a needed field make it no such list.
    """
    rows: list[dict[str, str]] = []
    rest: list[Paragraph] = []
    first = next(name for name in heads.fields if name != "number")
    for line in lines:
        text = line.text.strip()
        found = _LABELLED.match(text)
        name = _field(found["label"], heads) if found else None
        if found is None or name in (None, "number") or not text[found.end() :].strip():
            rest.append(line)
        elif name == first:
            rows.append({"number": digits(found["number"] or found["behind"] or "")})
            _told(rows[-1], name, text[found.end() :], heads)
        elif rows and name and name not in rows[-1]:
            _told(rows[-1], name, text[found.end() :], heads)
        else:
            rest.append(line)
    whole_list = bool(rows) and all(heads.needed <= row.keys() for row in rows)
    return (rows, rest) if whole_list else ([], list(lines))


def _told(row: dict[str, str], name: str, text: str, heads: Heads) -> None:
    """A labelled line, and further labels inside it: 不采纳。理由：超出财政承受能力。"""
    inside = next((found for found in _INSIDE.finditer(text) if _field(found["label"], heads)), None)
    row[name] = text[: inside.start() if inside else None].strip()
    if inside and (more := _field(inside["label"], heads)) and more not in row:
        _told(row, more, text[inside.end() :], heads)


def has_heads(table: Table, heads: Heads) -> bool:
    """Whether a table has the columns without which it is no such list."""
    return _header(table, heads) is not None


def is_list(table: Table) -> bool:
    """Whether a table is one of the lists that are known here."""
    return any(has_heads(table, heads) for heads in (CLEANED, ANSWERED, PROPOSED))


def read_list(table: Table, heads: Heads) -> Listed | None:
    """The rows of a table; None when it has not the columns that are needed."""
    at = _header(table, heads)
    if at is None:
        return None
    labels, first = head_rows(table, at)
    fields = _fields(labels, heads)
    heading = {squeeze(cell.text) for row in table.rows[at:first] for cell in row}
    found = Listed(printed=[cell.text for row in table.rows[:first] for cell in row if cell.text.strip()])
    found.heads = {name: low or high for name, (high, low) in zip(fields, labels, strict=True) if name}
    above: list[Cell] = []
    for row in table.rows[first:]:
        texts = [cell.text for cell in row if cell.text.strip()]
        if len(texts) == 1 or {squeeze(text) for text in texts} <= heading:
            found.printed += texts  # the heading again on another page, or a line that groups rows
        elif len(row) != len(fields):
            found.odd += texts
        elif texts:
            above = [above[one] if cell.merged and one < len(above) else cell for one, cell in enumerate(row)]
            found.rows.append(_row(above, fields, found))
            pairs = zip(labels, above, fields, strict=True)
            found.beside.append(
                [
                    (low or high, cell.text.strip())
                    for (high, low), cell, name in pairs
                    if not name and cell.text.strip()
                ]
            )
    return found


def _header(table: Table, heads: Heads) -> int | None:
    tops = range(min(_TOP, len(table.rows)))
    return next((at for at in tops if heads.needed <= set(_fields(head_rows(table, at).heads, heads))), None)


def _fields(labels: Sequence[tuple[str, str]], heads: Heads) -> list[str | None]:
    """The field of each column; a second column of numbers keeps its own head."""
    found: list[str | None] = []
    for high, low in labels:
        name = _field(low, heads) or _field(low + high[-2:], heads) if low else _field(high, heads)
        found.append(None if name == "number" and name in found else name)
    return found


def _field(label: str, heads: Heads) -> str | None:
    """By the head as it is printed, without what stands in brackets, or by that: 标题（案由）, 采纳（不采纳）理由."""
    plain = in_chinese(label).replace("(", "（").replace(")", "）")
    ways = (plain, _BRACKETED.sub("", plain), *(found[0][1:-1] for found in _BRACKETED.finditer(plain)))
    return next((name for way in ways for name, is_it in heads.fields.items() if way and is_it.fullmatch(way)), None)


def _row(cells: Sequence[Cell], fields: Sequence[str | None], found: Listed) -> dict[str, str]:
    row: dict[str, str] = {}
    for cell, name in zip(cells, fields, strict=True):
        text = "\n".join(filter(None, map(str.strip, cell.text.split("\n"))))
        if name and text:
            row[name] = f"{row[name]}\n{text}" if name in row else text
        elif text:
            found.odd.append(text)
    return row
