"""Rules on document numbers (发文字号): issuing code, year in 〔〕, serial number."""

from __future__ import annotations

from gongkai.column.document import Document
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W
from gongkai.rules.walk import documents
from gongkai.text.docnumber import strict_number
from gongkai.text.patterns import anywhere, whole

TOPIC = Topic("发文字号")
_STRICT = whole(r"(?P<code>[\u4e00-\u9fff]{2,12})〔(?P<year>(?:19|20)\d{2})〕(?P<number>[1-9]\d{0,3})号")
_NUMBERED = anywhere(r"[\u4e00-\u9fff〕]\d+号$")
_ORDER = whole(r".+令第?[1-9]\d{0,3}号")


@TOPIC.rule(
    "DOC-01",
    "发文字号由机关代字、年份、序号组成，如 示政办发〔2021〕3号。",
    duty="form.number",
    severity=E,
    example=("document", "doc_number: 理政办发〔2024〕3号", "doc_number: 理政办发2024-3"),
)
def unreadable_number(facts: Facts) -> Violations:
    """Neither a number of this form nor an order (令第N号, 令N号); other numbers may be printed so (2024年第3号)."""
    for document in documents(facts.column):
        number = document.doc_number
        if number and not _is_known_form(number) and strict_number(number) is None:
            words = f"看不懂发文字号“{number}”"
            hint = "公文写成 示政办发〔2021〕3号 的样子；印发原文如此的照录，加 ignore 说明"
            weight = W if _NUMBERED.search(number) else None
            yield Violation(document.origin.child("doc_number"), words, hint, severity=weight)


@TOPIC.rule(
    "DOC-02",
    "发文字号的年份用六角括号〔〕，不加空格，序号不加“第”、不补零。",
    duty="form.brackets",
    severity=W,
    example=("document", "doc_number: 理政办发〔2024〕3号", "doc_number: 理政办发【2024】 03号"),
    fixable=True,
)
def loose_number(facts: Facts) -> Violations:
    """Readable, but not in the standard's form; the fix is safe."""
    for document in documents(facts.column):
        number = document.doc_number
        better = strict_number(number) if number and not _is_known_form(number) else None
        if better:
            words = f"发文字号“{number}”的写法不规范"
            yield Violation(document.origin.child("doc_number"), words, f"应当写 {better}；gongkai fix 可以自动改")


def _is_known_form(number: str) -> bool:
    return bool(_STRICT.fullmatch(number) or _ORDER.fullmatch(number))


@TOPIC.rule(
    "DOC-03",
    "发文字号的年份和成文日期相符。",
    basis=laws.PRACTICE,
    severity=I,
    example=("document", "doc_number: 理政办发〔2024〕3号", "doc_number: 理政办发〔2023〕3号"),
)
def other_year(facts: Facts) -> Violations:
    """The year in 〔〕 is the year of issue."""
    for document in documents(facts.column):
        match = _STRICT.fullmatch(document.doc_number or "")
        if match and document.date_signed and int(match["year"]) != document.date_signed.year:
            words = f"发文字号是{match['year']}年，成文日期是{document.date_signed.year}年"
            yield Violation(document.origin.child("doc_number"), words, "请对照原文核对；原文如此的，加编者注和 ignore")


@TOPIC.rule(
    "DOC-04",
    "机关代字和发文机关相符。",
    basis=laws.PRACTICE,
    severity=W,
    example=("document", "doc_number: 理政办发〔2024〕3号", "doc_number: 理财发〔2024〕3号"),
)
def other_issuer(facts: Facts) -> Violations:
    """The code must be in the table of issuing codes, under this issuer."""
    for document in documents(facts.column):
        match = _STRICT.fullmatch(document.doc_number or "")
        if match is None:
            continue
        prefix = facts.column.prefixes.get(match["code"])
        place = document.origin.child("doc_number")
        if prefix is None:
            hint = "请核对；确有这个代字的，加进 plans/vocabularies/document-numbers.yml"
            yield Violation(place, f"不认识机关代字“{match['code']}”", hint)
        elif prefix.issuer != document.issuer:
            owner = facts.column.units.get(prefix.issuer)
            words = f"“{match['code']}”是{owner.name if owner else prefix.issuer}的代字，和发文机关不同"
            yield Violation(place, words, "请核对 issuer 和 doc_number")


@TOPIC.rule(
    "DOC-05",
    "一个发文字号只属于一份文件。",
    basis=laws.PRACTICE,
    severity=W,
    example=("document", "doc_number: 理政办发〔2024〕3号", "doc_number: 理政办发〔2024〕5号"),
    across=True,
)
def repeated_number(facts: Facts) -> Violations:
    """The same number under two titles; the same document issued with two lists is written once."""
    seen: dict[str, Document] = {}
    for document in facts.column.index.documents.values():
        number = strict_number(document.doc_number) if document.doc_number else None
        if number is None:
            continue
        first = seen.setdefault(number, document)
        if first.title != document.title:
            words = f"发文字号和 {first.id} 相同，标题不同"
            yield Violation(document.origin.child("doc_number"), words, "请对照原文核对哪一个写错了")
