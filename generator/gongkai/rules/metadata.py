"""Rules on the elements of a document: number, title, summary, dates, validity, theme."""

from __future__ import annotations

from gongkai.column.document import LAPSED, Validity
from gongkai.rules import laws
from gongkai.rules.rule import NOTICE, E, Facts, I, Topic, Violation, Violations, W, dated, quote
from gongkai.rules.walk import documents
from gongkai.text.patterns import anywhere, whole

TOPIC = Topic("文件要素")
_NUMBER_IN_TITLE = anywhere(
    r"[【〔\[（(][^【〔\[（(】〕\]）)]{0,40}[〔\[【﹝]\d{4}[〕\]】﹞]\s{0,4}\d{1,6}\s{0,4}号[^】〕\]）)]{0,40}[】〕\]）)]"
)
"""A number with its marks around: lengths are bounded, so that no title takes long."""
_OUT_OF_FORCE = (Validity.ABOLISHED, Validity.EXPIRED)


@TOPIC.rule(
    "META-01",
    "目录里的每份文件有索引号、标题、内容概述和生成日期。",
    duty="document.elements",
    severity=W,
    demo=I,
    example=("document", "summary: 2024年政务公开的两项任务和责任单位。", "summary: null"),
)
def missing_catalogue_items(facts: Facts) -> Violations:
    """One finding a document."""
    for document in documents(facts.column):
        given = {
            "索引号（index_number）": document.index_number,
            "标题（title）": document.title,
            "内容概述（summary）": document.summary,
            "成文日期（date_signed）": document.date_signed,
        }
        missing = [name for name, value in given.items() if not value]
        if missing:
            yield Violation(document.origin, f"缺少{quote(missing)}", "请填写；来源没有的，请向发文单位核实")


@TOPIC.rule(
    "META-02",
    "规范性文件写明标题、正文、文号、成文日期、发布日期、有效性，不再有效的写明废止日期。",
    basis=laws.PRACTICE,
    severity=W,
    example=(
        "document",
        """
        normative: true
        validity: 有效
        interpretations:
          - {title: 文件解读, url: "https://www.example.gov.cn/j", form: 文字, date: 2024-03-08}
        """,
        """
        normative: true
        interpretations:
          - {title: 文件解读, url: "https://www.example.gov.cn/j", form: 文字, date: 2024-03-08}
        """,
    ),
)
def incomplete_normative(facts: Facts) -> Violations:
    """The seven items of a normative document (行政规范性文件)."""
    for document in documents(facts.column):
        if not document.normative:
            continue
        given = {
            "标题（title）": document.title,
            "正文（body）": document.paragraphs,
            "文号（doc_number）": document.doc_number,
            "成文日期（date_signed）": document.date_signed,
            "发布日期（date_published）": document.date_published,
            "有效性（validity）": document.validity,
        }
        missing = [name for name, value in given.items() if not value]
        if missing:
            yield Violation(document.origin, f"规范性文件缺少{quote(missing)}", "请补齐")


@TOPIC.rule(
    "META-03",
    "失效、废止的文件写明日期和依据。",
    basis=laws.PRACTICE,
    severity=W,
    example=(
        "document",
        "validity: 废止\ndate_abolished: 2024-08-01\nabolished_by: 理政办发〔2024〕9号",
        "validity: 废止",
    ),
)
def unexplained_end(facts: Facts) -> Violations:
    """A document that is no longer in force, and one that was ended but is still called valid."""
    for document in documents(facts.column):
        if document.validity in _OUT_OF_FORCE:
            given = {
                "日期（date_abolished）": document.date_abolished,
                "依据（abolished_by 或 replaced_by）": document.abolished_by or document.replaced_by,
            }
            missing = [name for name, value in given.items() if not value]
            if missing and not (document.validity is Validity.EXPIRED and document.valid_until):
                words = f"有效性是“{document.validity.value}”，没有写{quote(missing)}"
                yield Violation(document.origin.child("validity"), words)
        elif document.date_abolished and document.date_abolished <= facts.today:
            yield Violation(document.origin.child("validity"), "写了废止日期，有效性应当是 废止 或 失效")


@TOPIC.rule(
    "META-04",
    "过了有效期的文件，不能还写“有效”。",
    basis=laws.OWN_VALIDITY,
    severity=W,
    example=(
        "document",
        "validity: 有效\nvalid_until: 2029-03-31",
        "validity: 有效\nvalid_until: 2024-06-30",
    ),
)
def outlived(facts: Facts) -> Violations:
    """Noted a month before; after it pages say 已过有效期 by themselves until somebody says what became of it."""
    for document in documents(facts.column):
        until, place = document.valid_until, document.origin.child("validity")
        if until is None or document.validity is not Validity.IN_FORCE:
            continue
        if until < facts.today:
            hint = "请把 validity 改为 失效；已经延长的，修改 valid_until 并注明依据"
            yield Violation(place, f"有效期到{dated(until)}，已经过了，页面显示“{LAPSED}”", hint)
        elif until - facts.today <= NOTICE:
            hint = f"到期以后页面会显示“{LAPSED}”；要延长或者重新公布的，请提前办理"
            yield Violation(place, f"有效期到{dated(until)}，快要到期了", hint, severity=I)


@TOPIC.rule(
    "META-05",
    "每份文件有一个国务院主题分类。",
    basis=laws.PRACTICE,
    severity=I,
    example=("document", "themes: [n02-openness]", "themes: [n02-openness, n11-education]"),
)
def unclear_theme(facts: Facts) -> Violations:
    """None of the national list, or themes of more than one of its top-level classes."""
    themes = facts.column.themes
    for document in documents(facts.column):
        national = [themes[theme] for theme in document.themes if themes[theme].scheme == "national"]
        tops = {theme.parent or theme.id for theme in national}
        place = document.origin.child("themes")
        if not national:
            yield Violation(place, "没有国务院主题分类", "编号用 gongkai terms themes 列出，如 n02-openness")
        elif len(tops) > 1:
            yield Violation(place, f"属于{len(tops)}个一级主题", "请只保留最主要的一个；其他的用特色主题")


@TOPIC.rule(
    "META-06",
    "索引号不重复。",
    duty="document.elements",
    severity=E,
    example=(
        "files",
        """
        lizhou-2024: {document: {index_number: 113700000001/2024-00003}}
        """,
        """
        lizhou-2024: {document: {index_number: 113700000001/2024-00005}}
        """,
    ),
    across=True,
)
def repeated_index_number(facts: Facts) -> Violations:
    """Within a district. Its form differs from place to place, and no national text sets one."""
    seen: dict[tuple[str, str], str] = {}
    for document in facts.column.index.documents.values():
        number = (document.index_number or "").strip()
        place = document.origin.child("index_number")
        if number and (first := seen.setdefault((document.organ, number), document.id)) != document.id:
            yield Violation(place, f"索引号和 {first} 相同", "索引号不能重复，也不能再用；请核对")


@TOPIC.rule(
    "META-09",
    "标题里不重复文号。",
    duty="form.title",
    severity=W,
    example=("document", "title: 关于印发工作要点的通知", "title: 【理政办发〔2024〕3号】关于印发工作要点的通知"),
)
def number_in_title(facts: Facts) -> Violations:
    """The number has its own field."""
    for document in documents(facts.column):
        found = _NUMBER_IN_TITLE.search(document.title or "")
        if found:
            place = document.origin.child("title")
            yield Violation(place, "标题里带着文号", "请把文号移到 doc_number", offset=found.start())


@TOPIC.rule(
    "META-10",
    "规范性文件的登记号符合格式。",
    duty="normative.number",
    severity=W,
    example=("document", "normative_number: LZCR-2024-0020003", "normative_number: LZCR2024-3"),
)
def odd_normative_number(facts: Facts) -> Violations:
    """The form is that of a text that binds the district; no text of the nation sets one."""
    for document in documents(facts.column):
        number, day = document.normative_number, document.date_printed or document.date_signed
        law = facts.asked("normative.number", document.organ, day, by=document.issuer)
        patterns = [norm.pattern for norm in law.norms if norm.pattern]
        if number and patterns and not any(whole(pattern).fullmatch(number) for pattern in patterns):
            yield Violation(document.origin.child("normative_number"), f"登记号“{number}”不符合格式", law=law)


@TOPIC.rule(
    "META-11",
    "到了核对日期的文件和清单，核对以后更新日期，或者写明已经废止。",
    basis=laws.PRACTICE,
    severity=W,
    example=("document", "review_by: 2099-03-04", "review_by: 2024-03-20"),
)
def review_due(facts: Facts) -> Violations:
    """Nothing is due of what has ended."""
    for document in documents(facts.column):
        if document.review_by and document.review_by <= facts.today and not document.ended:
            words = f"核对日期（{dated(document.review_by)}）到了"
            hint = "核对以后把 review_by 改成下一次的日期；不再适用的写 validity 和 date_abolished"
            yield Violation(document.origin.child("review_by"), words, hint)
