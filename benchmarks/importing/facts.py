"""Right answers by somebody who does not know the files of this house: facts of a paper, laid beside drafts.

A file of facts says what the paper says (kind, doc_number, body, items with text, units by role, deadline …) and not in
which field it belongs. A correction is one act at a desk: a field, a role, a day, a paragraph or the kind to change,
to add or to delete; a missing item is one, a record too many is one. What no field of the house can hold (who sent an
opinion, where a hearing takes place) is counted by nobody, and neither is what the house writes in its own way: numbers
of a clean-up go on from list to list, a letterhead is kept, the day of a clause stands behind its units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.importing.fact_items import compare_items, records_of
from benchmarks.importing.fact_values import Facts, Found, loose, plain, strings, unmarked
from gongkai.text.dates import parse_date
from gongkai.text.numerals import digits

_TELLING = 8
_OF_DOCUMENT = ("doc_number", "index_number", "normative_number", "header", "addressees", "note", "copies")
_DAYS = ("date_signed", "date_published", "date_printed", "date_effective")
_WITHOUT_TEXT = ("participation", "gazette", "proposal_list")
"""Kinds that have no field for the text of their notice."""
_PROMISED = {"plan": ("project_list",)}
"""民生实事 are lists of projects in this house, whoever calls them tasks."""


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
    document: Facts = next((draft["document"] for draft in own if isinstance(draft.get("document"), Mapping)), {})
    _head(found, right, own, document, units)
    paragraphs = _paragraphs(own, document)
    _texts(found, right, own, paragraphs)
    records = list(records_of(own))
    compare_items(found, right, records, paragraphs)
    return found


def _promised(right: Facts) -> Sequence[str]:
    titles = f"{right.get('title', '')}{right.get('document_title', '')}"
    return _PROMISED.get(right["kind"], ()) if re.search("实事|民生工程", titles) else ()


def _head(found: Found, right: Facts, own: Sequence[Facts], document: Facts, units: Sequence[str]) -> None:
    _titles(found, right, own, document)
    if "issuer" in right and right["kind"] not in ("gazette", "proposal_list"):
        names = [document.get("signature"), document.get("printed_by"), *units]
        names += [item.get("organizer") for draft in own for item in draft.get("items") or ()]
        good = any(name and plain(right["issuer"]) in plain(name) for name in names)
        found.fact(f"发文机关：{right['issuer']}", good)
    if right["kind"] not in _WITHOUT_TEXT:
        _elements(found, right, document)
    if "valid" in right:
        found.fact(f"有效期：{right['valid']}", bool(document.get("valid_until")))
    if "genre" in right:
        found.fact(f"文件种类：{right['genre']} ← {document.get('genre')}", right["genre"] == document.get("genre"))
    _own_fields(found, right, own)


def _titles(found: Found, right: Facts, own: Sequence[Facts], document: Facts) -> None:
    titles = [plain(draft.get("title", "")) for draft in own]
    titles += [plain(item.get("title", "")) for draft in own for item in draft.get("items") or ()]
    titles += [plain(draft["task_table"]["title"]) for draft in own if draft.get("task_table")]
    titles += [plain(document.get("title", ""))]
    for title in [right["title"]] if "title" in right else right.get("titles", ()):
        found.fact(f"标题：{title}", plain(title) in titles or any(plain(title) in plain(h) for h in _heads(own)))
    if "document_title" in right:
        found.fact(f"公文标题：{right['document_title']}", plain(right["document_title"]) in titles)


def _elements(found: Found, right: Facts, document: Facts) -> None:
    """The elements of the document, and its days."""
    for key in _OF_DOCUMENT:
        if key in right:
            found.fact(f"{key}：{right[key]} ← {document.get(key)}", plain(right[key]) == plain(document.get(key)))
        elif key != "header" and document.get(key) and not _told(str(document[key]), right):
            found.more(f"{key}：{document[key]}")
    for key in _DAYS:
        if key in right:
            day = parse_date(str(right[key]))
            found.fact(f"{key}：{right[key]} ← {document.get(key)}", day is None or day == document.get(key))


def _heads(own: Sequence[Facts]) -> Iterator[str]:
    for draft in own:
        yield from (str(category.get("title")) for category in draft.get("categories") or ())


def _own_fields(found: Found, right: Facts, own: Sequence[Facts]) -> None:
    for key in ("received", "adopted", "party_consent", "issue", "year", "table_title"):
        if key in right and not (key == "issue" and right["kind"] != "gazette"):
            table: Facts | None = next((draft["task_table"] for draft in own if draft.get("task_table")), {})
            given = (
                (table or {}).get("title") if key == "table_title" else next((d[key] for d in own if key in d), None)
            )
            good = plain(right[key]) in plain(given) if key == "party_consent" else _same(right[key], given)
            found.fact(f"{key}：{right[key]} ← {given}", good)
    for draft in own if "columns" in right and right["kind"] == "plan" else ():
        if table := draft.get("task_table"):
            heads = {plain(head["head"] if isinstance(head, Mapping) else head) for head in table["columns"]}
            for head in right["columns"]:
                found.fact(f"表头：{head}", plain(head) in heads)
    if right["kind"] == "participation":
        _occasion(found, right, own)
    totals = [text for draft in own for text in (draft.get("totals") or {}).values()]
    for text in strings(right.get("totals")):
        found.fact(f"合计：{text}", plain(text) in map(plain, totals))


def _occasion(found: Found, right: Facts, own: Sequence[Facts]) -> None:
    """When, how and by whom people are invited."""
    item: Facts = next((item for draft in own for item in draft.get("items") or ()), {})
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
    if right["kind"] in _WITHOUT_TEXT:
        return
    given = [plain(text) for text in paragraphs]
    whole = "".join(given) + "".join(plain(text) for text in strings([draft.get("sections") for draft in own]))
    for key in ("body", "preamble"):
        for text in _list(right.get(key)):
            found.fact(f"{key}：{text}", any(plain(line) in each for each in given for line in [text]))
    for section in right.get("sections", ()):
        _section(found, section, whole)
    document: Facts = next((draft["document"] for draft in own if isinstance(draft.get("document"), Mapping)), {})
    annexes = "".join(plain(text) for text in document.get("annexes") or ())
    for annex in _list(right.get("annexes")):
        found.fact(f"附件说明：{annex}", plain(annex) in annexes)
    everything = plain(_everything(right))
    for text in paragraphs:
        if plain(text) not in everything and plain(unmarked(text)) not in everything:
            if any(len(plain(said)) >= _TELLING and plain(said) in plain(text) for said in strings(right)):
                continue
            apart = [part for part in re.split("[。；：]", text) if len(plain(part)) > 3]
            if not apart or not all(plain(unmarked(part)) in everything for part in apart):
                found.more(f"正文里的：{text}")


def _section(found: Found, section: Facts, whole: str) -> None:
    heading = plain(unmarked(str(section["heading"])))
    good = heading in whole
    found.fact(f"一节：{section['heading']}", good)
    for line in str(section.get("text") or "").split("\n"):
        if line.strip():
            found.fact(f"一节的正文：{line}", loose(unmarked(line)) in loose(whole))
    for below in (*section.get("sections", ()), *({"heading": item} for item in section.get("items", ()))):
        _section(found, below, whole)


def _told(text: str, right: Facts) -> bool:
    """Whether the facts have a text, or say something that stands in it."""
    said = (plain(each) for each in strings(right))
    return plain(text) in plain(_everything(right)) or any(
        len(each) >= _TELLING and each in plain(text) for each in said
    )


def _list(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def _everything(right: Facts) -> str:
    return "\0".join(strings(right))
