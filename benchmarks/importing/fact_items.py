"""Items of a paper beside the records of its drafts: which is which, and what each has right."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.importing.fact_values import Facts, Found, loose, plain, strings, unmarked
from gongkai.text.dates import parse_date
from gongkai.text.numerals import digits, parse_numeral
from gongkai.text.table_heads import Meaning, announced

_ALIKE = 0.6
_COUNT = re.compile(r"[（(]共?\d+(?:个|项|件|条)(?:项目)?[）)]$")
_DUE = re.compile(r"[，；,;。\s]*(?:完成)?(?:时限|时间|期限)\s*[:：].*$")
_ROLE = re.compile(
    r"(?P<role>[\u4e00-\u9fff]{2,8})\s*[:：]\s*(?P<names>[^:：]*?)(?=[；;，,]?\s*[\u4e00-\u9fff]{2,8}\s*[:：]|$)"
)
_BEFORE_NUMBER = re.compile(
    r"^[Qq](?=\d)|^[\u4e00-\u9fff]{0,9}第(?=\d)|^第|^[\u4e00-\u9fff]{2}(?=[\d一二三四五六七八九十])"
)
_ROLE_BEHIND = re.compile(
    r"(?P<names>(?:[^，；。（）]|（[^（）]*）)+?)(?P<role>牵头|主办|配合|协助|协办|参与|负责)(?:负责|落实)?(?=[，；。、]|$)[，；。、]?"
)
_SHARED = re.compile(r"(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同)?(?:负责(?:落实)?|落实)。?$")
_OWN_WAY = {"number", "group", "text", "heading", "topic", "units", "deadline", "answer"}
_NOWHERE = {"sheet", "items", "source", "department"}
"""Facts of items that drafts have no field for."""


@dataclass(slots=True)
class Record:
    """An item of a draft: its own values, and what stands above it."""

    values: Mapping[str, Any]
    above: tuple[str, ...]

    def texts(self) -> list[str]:
        """What it may be known by."""
        own = self.values
        names = [str(own.get(key) or "") for key in ("text", "title", "question", "topic", "name", "content")]
        content = [str(text) for head, text in (own.get("cells") or {}).items() if "内容" in head or "目标" in head]
        pairs = [(one, other) for one in names for other in (*names, *content) if one and other and one != other]
        together = [one + stop + other for one, other in pairs for stop in ("", "。")]  # a heading within a sentence
        return [each for each in (*names, *content, *together) if each]


def records_of(own: Sequence[Facts]) -> Iterator[Record]:
    for draft in own:
        for key in ("decisions", "items", "opinions", "questions", "rows"):
            group = ""
            for values in draft.get(key) or ():
                group = str(values.get("group") or group)
                yield Record(values, (group,))
        yield from _tasks((draft.get("task_table") or {}).get("rows") or ())
        if not draft.get("task_table"):
            yield from _sections(draft.get("sections") or (), ())
        yield from _projects(draft.get("categories") or (), ())


def _tasks(rows: Sequence[Facts]) -> Iterator[Record]:
    area = topic = ""
    kept: dict[str, Any] = {}
    for own in rows:
        kept |= {key: own[key] for key in ("units", "deadline") if own.get(key)}
        row = {**kept, **own}  # blank fields are those of the row above
        if row.get("area"):
            area, topic = str(row["area"]), ""
        topic = str(row.get("topic") or topic)
        yield Record(row, (area, topic))


def _sections(sections: Sequence[Facts], above: tuple[str, ...]) -> Iterator[Record]:
    for section in sections:
        if section.get("sections"):
            yield from _sections(section["sections"], (*above, f"{section['number']}{section['title']}"))
        else:
            yield Record(section, above)


def _projects(categories: Sequence[Facts], above: tuple[str, ...]) -> Iterator[Record]:
    for category in categories:
        path = (*above, str(category["title"]))
        yield from _projects(category.get("categories") or (), path)
        yield from (Record(project, path) for project in category.get("projects") or ())


def compare_items(found: Found, right: Facts, records: Sequence[Record], paragraphs: Sequence[str]) -> None:
    items = list(right.get("items", ()))
    if right["kind"] == "participation" and len(items) <= 1:
        return
    if right["kind"] == "document" and "解读" not in right.get("genre", "") and "columns" not in right:
        whole = "".join(map(plain, paragraphs))
        for item in items:
            missing = [line for line in str(item["text"]).split("\n") if plain(line) not in whole]
            found.fact(f"条：{item['text']}", not missing)
        return
    pairs = _paired(items, records)
    for at, item in enumerate(items):
        record = records[pairs[at]] if at in pairs else None
        if record is None:
            found.fact(f"缺一项：{item['text']}", good=False)
            continue
        _item(found, item, record, right)
    whole = plain("\0".join(strings(right)))
    for at, record in enumerate(records):
        if at not in pairs.values() and not (right.get("sections") and _is_section(record, whole)):
            found.more(f"多出的一项：{(record.texts() or ['？'])[0]}")


def _is_section(record: Record, everything: str) -> bool:
    return plain(record.values.get("title", "")) in everything


def _paired(items: Sequence[Facts], records: Sequence[Record]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    texts = [[plain(text) for text in record.texts()] for record in records]
    for exact in (True, False):
        for at, item in enumerate(items):
            if at in pairs:
                continue
            wanted = plain(item["text"])
            free = [other for other in range(len(records)) if other not in pairs.values()]
            scores = {other: max((_like(wanted, text, exact) for text in texts[other]), default=0.0) for other in free}
            best = max(scores, key=lambda other: scores[other], default=None)
            if best is not None and scores[best] >= _ALIKE:
                pairs[at] = best
    return pairs


def _like(one: str, other: str, exact: bool) -> float:
    if exact or one == other:
        return float(one == other)
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _item(found: Found, item: Facts, record: Record, right: Facts) -> None:
    short = str(item["text"])[:16]
    values = [plain(text) for text in strings(record.values)]
    found.fact(f"{short}：文字 ← {(record.texts() or [''])[0]}", plain(item["text"]) in map(plain, record.texts()))
    addressed = "number" in record.values or "number_text" in record.values
    if "number" in item and addressed and right["kind"] != "cleanup":
        found.fact(f"{short}：序号 {item['number']}", _numbered(str(item["number"]), record))
    if "group" in item:
        found.fact(f"{short}：类别 {item['group']} ← {record.above}", _grouped(str(item["group"]), record, right))
    for key in ("heading", "topic"):
        if key in item:
            named = [*values, *map(plain, record.above)]
            found.fact(f"{short}：名称 {item[key]}", any(plain(unmarked(str(item[key]))) in text for text in named))
    if "deadline" in item and not (right["kind"] == "plan" and _in_sentence(str(item["deadline"]), item)):
        due = str(item["deadline"])
        found.fact(
            f"{short}：时限 {due}", plain(due) in values or any(plain(due) in text for text in values if "时" in text)
        )
    if "answer" in item:
        found.fact(f"{short}：回答", loose(_lines(item["answer"])) == loose(_lines(record.values.get("answer"))))
    for role, names in (item.get("units") or {}).items() if right["kind"] != "cleanup" else ():
        found.fact(f"{short}：{role} {names} ← {_said(record)}", _charged(role, str(names), record, item))
    for key in item.keys() - _OWN_WAY - _NOWHERE:
        found.fact(f"{short}：{key} {item[key]}", _held(key, item[key], values, record, right["kind"]))


def _in_sentence(due: str, item: Facts) -> bool:
    """A day inside the sentence of a task is its wording; the field is for days that stand apart."""
    return plain(due) in plain(item["text"])


def _lines(value: Any) -> str:
    """A text in paragraphs, however these are kept."""
    return "\n".join(strings(value))


def _held(key: str, value: Any, values: Sequence[str], record: Record, right_kind: str) -> bool:
    if isinstance(value, Mapping):
        return all(_held(key, each, values, record, right_kind) for each in value.values())
    if isinstance(value, list):  # columns that are ticked
        heads = [plain(head) for head in record.values.get("cells") or ()]
        return all(any(plain(each) in text for text in (*heads, *values)) for each in value)
    if "date" in key or key == "since":
        said = " ".join(values)
        day, short = parse_date(str(value)), parse_date(f"2000年{value}")
        if day or short:
            return day.isoformat() in said if day else f"{short:-%m-%d}" in said
    wanted = plain(re.sub("^理由[:：]", "", str(value)))
    if key == "leader" and any(f"领导:{wanted}" in text for text in values):
        return True  # no field of its own: a line of the text
    if key in ("treatment", "result") and right_kind == "cleanup":
        return str(record.values.get("result"))[-2:] in wanted.replace("保留", "继续有效")
    if key in ("treatment", "result") and "treatment" in record.values:
        return wanted.replace("不采纳", "未采纳") == plain(record.values.get("treatment"))
    if key == "type" and record.values.get("type"):
        return str(record.values["type"])[:2] in str(value)
    return (
        wanted in values
        or loose(value) in map(loose, values)
        or (len(wanted) > 6 and wanted in "".join(values))  # also of two columns below one head
    )


def _numbered(number: str, record: Record) -> bool:
    own = record.values
    cells = own.get("cells") or {}
    given = [own.get("number"), own.get("number_text"), *(text for head, text in cells.items() if "号" in head)]
    wanted = _BEFORE_NUMBER.sub("", plain(number)).strip("()、.号")
    value = parse_numeral(wanted) if not wanted.isdigit() else int(wanted)
    known = [plain(text) for text in given if text is not None]
    return (
        wanted in known
        or any(digits(text) and int(digits(text)) == value for text in known)
        or any(parse_numeral(text.strip("()、.")) == value for text in known if value and not text.isdigit())
        or any(char in wanted for char in "Ol")
    )


def _grouped(group: str, record: Record, right: Facts) -> bool:
    wanted = plain(_COUNT.sub("", unmarked(group.strip().strip("【】"))))
    own = record.values
    cells = own.get("cells") or {}
    above = [*record.above, own.get("area"), own.get("column"), own.get("group"), *cells.values(), own.get("result")]
    if right["kind"] == "cleanup":
        return True
    if right["kind"] == "proposal_list" and wanted[:2] in str(own.get("type")):
        return True
    return any(wanted in plain(text) for text in above if text)


def _said(record: Record) -> str:
    return str(record.values.get("units") or record.values.get("organizers") or "")


def _charged(role: str, names: str, record: Record, item: Facts) -> bool:
    wanted = loose(names)
    cells = {str(head): str(text) for head, text in (record.values.get("cells") or {}).items()}
    said = _DUE.sub("", _said(record))
    labelled = {each["role"]: each["names"] for each in _ROLE.finditer(said)}
    behind = [] if labelled else [(each["role"], each["names"]) for each in _ROLE_BEHIND.finditer(said)]
    bare = re.sub(r"(单位|部门|主体)$", "", role)
    meant = announced(f"{bare}单位")
    for head, text in (*cells.items(), *labelled.items(), *behind):
        alike = bare in head or (isinstance(meant, Meaning) and announced(f"{head[:2]}单位") is meant)
        if alike and wanted == loose(text):
            return True
    said, wanted = _SHARED.sub("", said), _SHARED.sub("", wanted)
    if record.values.get("organizers") and wanted == loose(said):
        return True  # the first of two columns below 承办单位
    alone = len(item["units"]) == 1
    if alone and not labelled:
        return wanted == loose(said) or wanted in {loose(text) for text in cells.values()}
    return alone and wanted in {loose(text) for text in labelled.values()}
