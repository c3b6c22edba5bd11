"""Rules on how documents hang together: revisions, interpretations, and the three ways to find them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from gongkai.column.document import Document, Genre, Validity
from gongkai.column.withdrawal import gone
from gongkai.kinds.registry import KINDS
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, Topic, Violation, Violations, W, dated
from gongkai.rules.walk import annexed, explanations

TOPIC = Topic("修订、解读和分类")


@TOPIC.rule(
    "VER-01",
    "修订文本首尾相接，同一份文件只有一个文本有效。",
    basis=laws.CONSISTENT,
    severity=E,
    example=(
        "document",
        "validity: 失效\ndate_abolished: 2024-08-01\nreplaced_by: lizhou-2024-projects",
        "validity: 失效\ndate_abolished: 2024-08-01\nreplaced_by: lizhou-2019",
    ),
    across=True,
)
def broken_chain(facts: Facts) -> Violations:
    """A link to nothing, a circle, or two texts in force."""
    known = facts.column.index.documents
    withdrawn = gone(facts.column.withdrawals)
    texts: dict[str, list[Document]] = defaultdict(list)
    for document in known.values():
        for key in ("replaced_by", "revises"):
            target = getattr(document, key)
            if target and target not in known and target not in withdrawn:
                words = f"没有编号为 {target} 的文件"
                yield Violation(document.origin.child(key), words, "请写文件的编号", target=target)
        root = _first_text(document, known)
        if root is None:
            yield Violation(document.origin.child("revises"), "修订关系绕成了圈", "请核对 revises")
        else:
            texts[root].append(document)
    for versions in texts.values():
        in_force = [document for document in versions if document.validity is Validity.IN_FORCE]
        for document in in_force[1:]:
            words = f"{in_force[0].id} 和它是同一份文件的不同文本，都写着“有效”"
            yield Violation(document.origin.child("validity"), words, "被修订的文本请写 已修改", severity=W)


def _first_text(document: Document, known: Mapping[str, Document]) -> str | None:
    """The id of the first text of a chain of revisions; None when the chain is a circle."""
    seen = {document.id}
    while document.revises and document.revises in known:
        document = known[document.revises]
        if document.id in seen:
            return None
        seen.add(document.id)
    return document.id


@TOPIC.rule(
    "VER-02",
    "已经废止的文件，不再作为后来文件的依据。",
    basis=laws.PRACTICE,
    severity=W,
    example=(
        "files",
        """
        lizhou-2024: {related: [lizhou-2024-projects]}
        """,
        """
        lizhou-2024: {related: [lizhou-2023-projects]}
        lizhou-2023-projects:
          like: lizhou-2024-projects
          year: 2023
          document: {validity: 废止, date_abolished: 2024-01-02, abolished_by: 理政办发〔2024〕1号}
        """,
    ),
    across=True,
)
def dead_basis(facts: Facts) -> Violations:
    """A later record that is related to a document abolished before it was signed."""
    column = facts.column
    shelves = (kind.of(column) for kind in KINDS)
    related = (shelf[record] for shelf in shelves for record in shelf if record in column.index.related)
    for record in related:
        for at, target in enumerate(record.related):
            other = column.index.documents.get(target)
            ended = other.date_abolished if other else None
            if ended and record.document.date_signed and ended < record.document.date_signed:
                words = f"{target} 在{dated(ended)}已经废止，早于本文件"
                yield Violation(record.origin.child("related", at), words, "请改为现行有效的文件")


@TOPIC.rule(
    "INT-01",
    "政策文件和解读同步公开、互相链接。",
    duty="interpretation.publish",
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
        validity: 有效
        """,
    ),
    across=True,
)
def uninterpreted(facts: Facts) -> Violations:
    """Normative documents and policies; the days of grace are the district's setting, no cited text sets them.

    An interpretation is a document of its own that explains this one, or material elsewhere; a second one may be late.
    """
    days = facts.thresholds.interpretation_workdays
    papers = explanations(facts.column)
    for document in facts.column.index.documents.values():
        day = document.date_published
        if day is None or not (document.normative or document.genre is Genre.POLICY):
            continue
        due = facts.column.calendar.after(day, days).day
        found = [(item.date, item.origin.child("date")) for item in document.interpretations] + papers[document.id]
        if not found and facts.today > due:
            hint = "请在 interpretations 填写，或者建一份解读、在 explains 写它的编号；解读应当和文件同步公开"
            yield Violation(document.origin, "没有解读材料", hint)
        for published, place in found:
            if published and published > due:
                late = f"解读晚于文件公开{days}个工作日以上" if days else "解读晚于文件公开"
                words = f"{late}，应当同步公开"
                yield Violation(place, words, "日期无误的，请在编者注说明原因")


@TOPIC.rule(
    "CLS-01",
    "每份文件都能按机构、年份、主题三种方式找到。",
    basis=laws.PRACTICE,
    severity=W,
    example=("document", "themes: [n02-openness]", "themes: []"),
)
def unclassified(facts: Facts) -> Violations:
    """Organ and year are always there; a document without any theme is in no theme's list."""
    column = facts.column
    for record in annexed(column):
        if not record.themes and not record.document.themes:
            hint = "请填写 themes，编号见 themes.yml"
            yield Violation(record.origin, "没有任何主题，按主题找不到它", hint, target=record.document.id)
