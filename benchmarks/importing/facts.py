"""Right answers by somebody who does not know the files of this house: facts of a paper, laid beside drafts.

A file of facts says what the paper says (kind, doc_number, body, items with text, units by role, deadline …) and not in
which field it belongs. A correction is one act at a desk: a field, a role, a date, a paragraph or the kind to change, to
add or to delete; a missing item is one, a record too many is one. What no field of the house can hold (who sent an
opinion, where a hearing takes place) is counted by nobody, and neither is what the house writes in its own way: numbers
of a clean-up go on from list to list, a letterhead is kept, the day of a clause stands behind its units.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.text.dates import parse_date
from gongkai.text.markers import marker
from gongkai.text.numerals import digits, parse_numeral

Facts = Mapping[str, Any]
_ALIKE, _TELLING = 0.6, 8
_LOOSE = re.compile(r"[、，,；;。.\s]+")
_COUNT = re.compile(r"[（(]共?\d+(?:个|项|件|条)(?:项目)?[）)]$")
_ROLE = re.compile(r"(?P<role>[\u4e00-\u9fff]{2,8})\s*[:：]\s*(?P<names>[^:：]*?)(?=[；;，,]?\s*[\u4e00-\u9fff]{2,8}\s*[:：]|$)")
_OF_DOCUMENT = ("doc_number", "index_number", "normative_number", "header", "addressees", "note", "copies")
_DAYS = ("date_signed", "date_published", "date_printed", "date_effective")
_NOWHERE = {
    "number", "group", "text", "heading", "topic", "units", "deadline", "sheet", "items", "answer",
    "source", "department", "answer_number", "proposer",
}  # fmt: skip
"""Facts of items that are looked at in their own way, or that drafts of that kind have no field for."""
_PROMISED = {"plan": ("project_list",)}
"""民生实事 are lists of projects in this house, whoever calls them tasks."""


@dataclass(slots=True)
class Found:
    """How many facts there are and how many are in the draft; and the corrections, in words."""

    facts: int = 0
    right: int = 0
    corrections: list[str] = field(default_factory=list)

    def fact(self, words: str, good: bool) -> None:
        """One fact, and whether the draft has it."""
        self.facts += 1
        self.right += good
        if not good:
            self.corrections.append(words[:110])

    def more(self, words: str) -> None:
        """Something that the draft has and the paper does not say."""
        self.corrections.append(f"删去 {words}"[:110])


@dataclass(slots=True)
class Record:
    """An item of a draft: its own values, and what stands above it."""

    values: Mapping[str, Any]
    above: tuple[str, ...]

    def texts(self) -> list[str]:
        """What it may be known by."""
        own = self.values
        names = [str(own.get(key) or "") for key in ("text", "title", "question", "topic", "name")]
        content = [str(text) for head, text in (own.get("cells") or {}).items() if "内容" in head or "目标" in head]
        together = [one + other for one in names for other in (*names, *content) if one and other and one != other]
        return [each for each in (*names, *content, *together) if each]


def plain(value: Any) -> str:
    """For comparing: no blanks, no full stop at the end, one width."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。；;.")


def loose(value: Any) -> str:
    """The same without what parts names."""
    return _LOOSE.sub("", unicodedata.normalize("NFKC", str(value)))


def scored(right: Facts, drafts: Sequence[Facts], units: Sequence[str] = ()) -> Found:
    """Lay the facts of a paper beside its drafts; ``units`` are the names of proposed issuers."""
    found = Found()
    kinds = [str(draft["kind"]) for draft in drafts]
    allowed = {right["kind"], *right.get("kind_or", ()), *_promised(right)}
    found.fact(f"种类应为 {right['kind']}，草稿是 {'、'.join(kinds) or '没有'}", bool(set(kinds) & allowed))
    own = [draft for draft in drafts if draft["kind"] in allowed] or list(drafts)
    for draft in drafts:
        if draft not in own:
            found.more(f"一份草稿（{draft['kind']}）")
    document = next((draft["document"] for draft in own if isinstance(draft.get("document"), Mapping)), {})
    _head(found, right, own, document, units)
    paragraphs = _paragraphs(own, document)
    _texts(found, right, own, paragraphs)
    records = list(_records(own))
    _items(found, right, records, paragraphs)
    return found


def _promised(right: Facts) -> Sequence[str]:
    titles = f"{right.get('title', '')}{right.get('document_title', '')}"
    return _PROMISED.get(right["kind"], ()) if re.search("实事|民生工程", titles) else ()


def _head(found: Found, right: Facts, own: Sequence[Facts], document: Facts, units: Sequence[str]) -> None:
    titles = [plain(draft.get("title", "")) for draft in own]
    titles += [plain(item.get("title", "")) for draft in own for item in draft.get("items") or ()]
    titles += [plain(draft["task_table"]["title"]) for draft in own if draft.get("task_table")]
    titles += [plain(document.get("title", ""))]
    for title in [right["title"]] if "title" in right else right.get("titles", ()):
        found.fact(f"标题：{title}", plain(title) in titles or any(plain(title) in plain(h) for h in _heads(own)))
    alone = right["kind"] in ("participation", "gazette", "proposal_list")
    if "document_title" in right:
        found.fact(f"公文标题：{right['document_title']}", plain(right["document_title"]) in titles)
    if "issuer" in right and right["kind"] not in ("gazette", "proposal_list"):
        names = [document.get("signature"), document.get("printed_by"), *units]
        names += [item.get("organizer") for draft in own for item in draft.get("items") or ()]
        good = any(name and plain(right["issuer"]) in plain(name) for name in names)
        found.fact(f"发文机关：{right['issuer']}", good)
    for key in () if alone else _OF_DOCUMENT:
        if key in right:
            found.fact(f"{key}：{right[key]} ← {document.get(key)}", plain(right[key]) == plain(document.get(key)))
        elif key != "header" and document.get(key) and not _told(str(document[key]), right):
            found.more(f"{key}：{document[key]}")
    for key in () if alone else _DAYS:
        if key in right:
            day = parse_date(str(right[key]))
            found.fact(f"{key}：{right[key]} ← {document.get(key)}", day is None or day == document.get(key))
    if "valid" in right:
        found.fact(f"有效期：{right['valid']}", bool(document.get("valid_until")))
    if "genre" in right:
        found.fact(f"文件种类：{right['genre']} ← {document.get('genre')}", right["genre"] == document.get("genre"))
    _own_fields(found, right, own)


def _heads(own: Sequence[Facts]) -> Iterator[str]:
    for draft in own:
        yield from (str(category.get("title")) for category in draft.get("categories") or ())


def _own_fields(found: Found, right: Facts, own: Sequence[Facts]) -> None:
    for key in ("received", "adopted", "party_consent", "issue", "year", "table_title"):
        if key in right and not (key == "issue" and right["kind"] != "gazette"):
            table = next((draft["task_table"] for draft in own if draft.get("task_table")), {})
            given = table.get("title") if key == "table_title" else next((d[key] for d in own if key in d), None)
            good = plain(right[key]) in plain(given) if key == "party_consent" else _same(right[key], given)
            found.fact(f"{key}：{right[key]} ← {given}", good)
    for draft in own if "columns" in right and right["kind"] == "plan" else ():
        if table := draft.get("task_table"):
            heads = {plain(head["head"] if isinstance(head, Mapping) else head) for head in table["columns"]}
            for head in right["columns"]:
                found.fact(f"表头：{head}", plain(head) in heads)
    if right["kind"] == "participation":
        item = next((item for draft in own for item in draft.get("items") or ()), {})
        span = re.split("至|—|~", str(right.get("registration", "")))
        first, last = right.get("start") or span[0], right.get("end") or span[-1]
        for key, said in (("start", first), ("end", last)):
            if said:
                day = parse_date(str(said)) or parse_date(f"{str(first)[:5]}{said}")
                found.fact(f"{key}：{said} ← {item.get(key)}", day == item.get(key))
        found.fact(f"方式：{right.get('type')}", right.get("type") == item.get("type"))
        found.fact(f"承办单位：{right.get('organizer')}", _organized(right, item))
        if "contact" in right:
            found.fact(f"联系方式：{right['contact']}", plain(right["contact"]) in plain(item.get("contact")))
    totals = [text for draft in own for text in (draft.get("totals") or {}).values()]
    for text in _strings(right.get("totals")):
        found.fact(f"合计：{text}", plain(text) in map(plain, totals))


def _same(one: Any, other: Any) -> bool:
    """Alike, or the same number with its unit: 9条."""
    counted = digits(str(one)) and re.fullmatch(r"\d+[条件份]", plain(one))
    return plain(one) == plain(other) or bool(counted and digits(str(one)) == plain(other))


def _organized(right: Facts, item: Facts) -> bool:
    """The organ that signs, or the one that its notice charges with the matter."""
    names = [str(right[key]) for key in ("organizer", "issuer") if key in right]
    return any(plain(name) in plain(item.get("organizer")) for name in names)


def _paragraphs(own: Sequence[Facts], document: Facts) -> list[str]:
    texts = [str(text) for text in document.get("body") or ()]
    texts += [str(text) for draft in own for text in draft.get("preamble") or ()]
    texts += [line for draft in own for q in draft.get("questions") or () for line in str(q["answer"]).split("\n")]
    return [text for text in texts if text.strip()]


def _texts(found: Found, right: Facts, own: Sequence[Facts], paragraphs: Sequence[str]) -> None:
    """Body, preamble, sections and annexes; what a participation's notice says has no field."""
    if right["kind"] in ("participation", "gazette", "proposal_list"):
        return
    given = [plain(text) for text in paragraphs]
    whole = "".join(given) + "".join(plain(text) for text in _strings([draft.get("sections") for draft in own]))
    for key in ("body", "preamble"):
        for text in _list(right.get(key)):
            found.fact(f"{key}：{text}", any(plain(line) in each for each in given for line in [text]))
    for section in right.get("sections", ()):
        _section(found, section, whole)
    document = next((draft["document"] for draft in own if isinstance(draft.get("document"), Mapping)), {})
    annexes = "".join(plain(text) for text in document.get("annexes") or ())
    for annex in _list(right.get("annexes")):
        found.fact(f"附件说明：{annex}", plain(annex) in annexes)
    everything = plain(_everything(right))
    for text in paragraphs:
        if plain(text) not in everything and plain(_unmarked(text)) not in everything:
            if any(len(plain(said)) >= _TELLING and plain(said) in plain(text) for said in _strings(right)):
                continue
            apart = [part for part in re.split("[。；：]", text) if len(plain(part)) > 3]  # noqa: PLR2004
            if not apart or not all(plain(_unmarked(part)) in everything for part in apart):
                found.more(f"正文里的：{text}")


def _section(found: Found, section: Facts, whole: str) -> None:
    heading = plain(_unmarked(str(section["heading"])))
    good = heading in whole
    found.fact(f"一节：{section['heading']}", good)
    for line in str(section.get("text") or "").split("\n"):
        if line.strip():
            found.fact(f"一节的正文：{line}", loose(_unmarked(line)) in loose(whole))
    for below in (*section.get("sections", ()), *({"heading": item} for item in section.get("items", ()))):
        _section(found, below, whole)


def _unmarked(text: str) -> str:
    number = marker(text)
    return number.rest if number else re.sub(r"^第[一二三四五六七八九十]+[章条]\s*", "", text)


def _told(text: str, right: Facts) -> bool:
    """Whether the facts have a text, or say something that stands in it."""
    said = (plain(each) for each in _strings(right))
    return plain(text) in plain(_everything(right)) or any(len(each) >= _TELLING and each in plain(text) for each in said)


def _list(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case Mapping():
            for each in value.values():
                yield from _strings(each)
        case list() | tuple():
            for each in value:
                yield from _strings(each)
        case None:
            return
        case _:
            yield str(value)


def _everything(right: Facts) -> str:
    return "\0".join(_strings(right))


def _records(own: Sequence[Facts]) -> Iterator[Record]:
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
        row = kept | own  # blank fields are those of the row above
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


def _items(found: Found, right: Facts, records: Sequence[Record], paragraphs: Sequence[str]) -> None:
    items = list(right.get("items", ()))
    if right["kind"] == "participation" and len(items) == 1:
        return
    if right["kind"] == "document" and right.get("genre") != "解读":
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
    whole = plain(_everything(right))
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
    values = [plain(text) for text in _strings(record.values)]
    found.fact(f"{short}：文字 ← {(record.texts() or [''])[0]}", plain(item["text"]) in map(plain, record.texts()))
    addressed = "number" in record.values or "number_text" in record.values
    if "number" in item and addressed and right["kind"] != "cleanup":
        found.fact(f"{short}：序号 {item['number']}", _numbered(str(item["number"]), record))
    if "group" in item:
        found.fact(f"{short}：类别 {item['group']} ← {record.above}", _grouped(str(item["group"]), record, right))
    for key in ("heading", "topic"):
        if key in item:
            named = [*values, *map(plain, record.above)]
            found.fact(f"{short}：名称 {item[key]}", any(plain(_unmarked(str(item[key]))) in text for text in named))
    if "deadline" in item:
        due = str(item["deadline"])
        found.fact(f"{short}：时限 {due}", plain(due) in values or any(plain(due) in text for text in values if "时" in text))
    if "answer" in item:
        found.fact(f"{short}：回答", loose(item["answer"]) in {loose(record.values.get("answer"))})
    for role, names in (item.get("units") or {}).items() if right["kind"] != "cleanup" else ():
        found.fact(f"{short}：{role} {names} ← {_said(record)}", _charged(role, str(names), record, item))
    for key, value in item.items():
        if key not in _NOWHERE and not _held(key, value, values, record):
            found.fact(f"{short}：{key} {value}", good=False)
        elif key not in _NOWHERE:
            found.fact("", good=True)


def _held(key: str, value: Any, values: Sequence[str], record: Record) -> bool:
    if isinstance(value, Mapping):
        return all(_held(key, each, values, record) for each in value.values())
    if isinstance(value, list):  # columns that are ticked
        heads = [plain(head) for head in record.values.get("cells") or ()]
        return all(any(plain(each) in text for text in (*heads, *values)) for each in value)
    day = parse_date(str(value)) if "date" in key or key == "since" else None
    if day:
        return day.isoformat() in " ".join(values)
    wanted = plain(re.sub("^理由[:：]", "", str(value)))
    if key == "treatment":
        return wanted.replace("不采纳", "未采纳") == plain(record.values.get("treatment"))
    if key == "type":
        return str(record.values.get("type", ""))[:2] in str(value)
    return wanted in values or loose(value) in map(loose, values) or (len(wanted) > 6 and any(wanted in each for each in values))  # noqa: PLR2004


def _numbered(number: str, record: Record) -> bool:
    own = record.values
    cells = own.get("cells") or {}
    given = [own.get("number"), own.get("number_text"), *(text for head, text in cells.items() if "号" in head)]
    wanted = re.sub("^[\u4e00-\u9fff]{2}(?=\\d)", "", plain(number))
    value = parse_numeral(wanted.strip("（）()")) if not wanted.isdigit() else int(wanted)
    known = [plain(text) for text in given if text is not None]
    return wanted in known or any(digits(text) and int(digits(text)) == value for text in known) or any(
        parse_numeral(text.strip("（）()")) == value for text in known if value and not text.isdigit()
    ) or any(char in wanted for char in "Ol")


def _grouped(group: str, record: Record, right: Facts) -> bool:
    wanted = plain(_COUNT.sub("", _unmarked(group.strip())))
    own = record.values
    cells = own.get("cells") or {}
    above = [*record.above, own.get("area"), own.get("column"), own.get("group"), *cells.values(), own.get("result")]
    if right["kind"] == "cleanup":
        return True
    return any(wanted in plain(text) for text in above if text)


def _said(record: Record) -> str:
    return str(record.values.get("units") or record.values.get("organizers") or "")


def _charged(role: str, names: str, record: Record, item: Facts) -> bool:
    wanted = loose(names)
    cells = {str(head): str(text) for head, text in (record.values.get("cells") or {}).items()}
    said = re.sub(r"[，；,;。\s]*(?:完成)?(?:时限|时间|期限)\s*[:：].*$", "", _said(record))
    labelled = {each["role"]: each["names"] for each in _ROLE.finditer(said)}
    bare = re.sub(r"(单位|部门|主体)$", "", role)
    for head, text in (*cells.items(), *labelled.items()):
        if bare in head and wanted == loose(text):
            return True
    alone = len(item["units"]) == 1
    if alone and not labelled:
        return wanted == loose(said) or wanted in {loose(text) for text in cells.values()}
    return alone and wanted in {loose(text) for text in labelled.values()}
