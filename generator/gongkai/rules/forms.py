"""Rules on the form of what is printed: announced counts, numbering, annexes, the note on publication."""

from __future__ import annotations

from collections.abc import Container, Iterable

from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.withdrawal import gone
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.kinds.project_list import KIND as PROJECT_FILES
from gongkai.kinds.project_list.model import Category, ProjectList
from gongkai.kinds.walk import all_files
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated
from gongkai.rules.walk import documents
from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import anywhere, whole

TOPIC = Topic("公文格式")
_CHINESE_HEADING = whole(r"[（(]?[一二三四五六七八九十百]+[）)]?")
_TABLE_ANNEX = anywhere(r"任务分解|分工表|责任分解|任务清单")


@TOPIC.rule(
    "DOC-06",
    "宣布的个数和实际列出的个数相符。",
    basis=laws.CONSISTENT,
    severity=W,
    example=("list", "announced: 2", "announced: 3"),
)
def other_count(facts: Facts) -> Violations:
    """At every level of a project list; where print is wrong, an editor note tells the reader."""
    for project_list in PROJECT_FILES.of(facts.column).values():
        listed = len(project_list.projects)
        if project_list.announced is not None and project_list.announced != listed:
            words = f"标题说{project_list.announced}个项目，实际列出{listed}个"
            yield Violation(project_list.origin.child("announced"), words, "原文如此的，用编者注说明")
        for category in project_list.categories:
            count = _listed(category, project_list)
            if category.announced is not None and category.announced != count:
                words = f"“{category.title}”说{category.announced}个项目，实际列出{count}个"
                yield Violation(category.origin.child("announced"), words, "原文如此的，用编者注说明")


def _listed(category: Category, project_list: ProjectList) -> int:
    below = [other for other in project_list.categories if other.parent == category.key]
    return len(category.projects) + sum(len(other.projects) for other in below)


@TOPIC.rule(
    "DOC-07",
    "序号连续，不重复、不跳号。",
    basis=laws.CONSISTENT,
    severity=W,
    example=(
        "list",
        """
        categories:
          - number: 一
            title: 学校
            projects:
              - {number: 1, title: 理州区第一小学改造}
              - {number: 2, title: 理州区第二中学新建}
        """,
        """
        categories:
          - number: 一
            title: 学校
            projects:
              - {number: 1, title: 理州区第一小学改造}
              - {number: 3, title: 理州区第二中学新建}
        """,
    ),
)
def gaps(facts: Facts) -> Violations:
    """A number left out in a table, directory, list or outline; repeats are found while linking.

    What was withdrawn was printed: its number is not left out.
    """
    withdrawn = gone(facts.column.withdrawals)
    for plan in PLAN_FILES.of(facts.column).values():
        if plan.table:
            yield from _gaps(((task.number, task.origin) for task in plan.tasks), f"{plan.id}/tasks", withdrawn)
        for level in (1, 2):
            sections = [section for section in plan.sections if section.level == level]
            yield from _gaps(
                ((parse_numeral(section.number) or 0, section.origin) for section in sections), restarts=level > 1
            )
    for directory in DIRECTORY_FILES.of(facts.column).values():
        yield from _gaps(((item.number, item.origin) for item in directory.decisions), directory.id, withdrawn)
    for project_list in PROJECT_FILES.of(facts.column).values():
        yield from _gaps(((item.number, item.origin) for item in project_list.projects), project_list.id, withdrawn)


def _gaps(
    numbered: Iterable[tuple[int, Origin]], above: str = "", withdrawn: Container[str] = (), *, restarts: bool = False
) -> Violations:
    """Jumps of the numbers of what has the id ``above/number``."""
    before: int | None = None
    for number, origin in numbered:
        again = number == before
        expected = before is None or number == before + 1 or again or (restarts and number == 1)
        left = range((before or 0) + 1, number)
        if not expected and not (left and all(f"{above}/{each}" in withdrawn for each in left)):
            words = f"序号从{before}跳到{number}"
            yield Violation(origin.child("number"), words, "请对照原文核对有没有漏项；原文如此的，用编者注说明")
        before = number + again  # one that stands twice is told while linking, and stands for the next


@TOPIC.rule(
    "DOC-08",
    "附件说明里写了的附件，要收录进来。",
    duty="form.annexes",
    severity=E,
    example=(
        "plan",
        """
        document: {annexes: [附件：任务分解表]}
        """,
        """
        document: {annexes: [附件：任务分解表]}
        task_table: null
        """,
    ),
)
def missing_annex(facts: Facts) -> Violations:
    """A plan that announces a task table and has none."""
    for plan in PLAN_FILES.of(facts.column).values():
        for at, line in enumerate(plan.document.annexes):
            if _TABLE_ANNEX.search(line) and plan.table is None:
                words = "附件说明里有任务分解表，文件里没有收录"
                yield Violation(plan.document.origin.child("annexes", at), words, "请填写 task_table")


@TOPIC.rule(
    "DOC-09",
    "层次序数依次用 一、（一）1.（1），不跳级。",
    duty="form.levels",
    severity=W,
    example=(
        "plan",
        """
        sections:
          - {number: 一, title: 公开教育信息, text: 公布学校招生范围和收费标准。}
          - {number: 二, title: 加强监督, text: 年底前对各镇（街道）落实情况进行检查。}
        """,
        """
        sections:
          - {number: "1.", title: 公开教育信息, text: 公布学校招生范围和收费标准。}
          - {number: 二, title: 加强监督, text: 年底前对各镇（街道）落实情况进行检查。}
        """,
    ),
)
def level_jump(facts: Facts) -> Violations:
    """The two upper levels are Chinese numerals, the second in brackets."""
    for plan in PLAN_FILES.of(facts.column).values():
        for section in plan.sections:
            bracketed = section.number.startswith(("（", "("))
            chinese = _CHINESE_HEADING.fullmatch(section.number.rstrip("、.．"))
            if not chinese or bracketed != (section.level > 1):
                words = f"第{section.level}级标题的序号写成了“{section.number}”"
                yield Violation(section.origin.child("number"), words, "第一级写 一，第二级写 （一）；请核对层级")


@TOPIC.rule(
    "DOC-10",
    "主动公开的文件有附注，如（此件公开发布）。",
    duty="form.note",
    severity=I,
    example=("document", "note: （此件公开发布）", "note: null"),
)
def no_note(facts: Facts) -> Violations:
    """A custom, not a duty."""
    for document in documents(facts.column):
        if not document.note:
            yield Violation(document.origin, "没有附注", "原文有的请照录到 note，如 （此件公开发布）")


@TOPIC.rule(
    "DOC-11",
    "年度和成文日期相差不超过一年，也不是很久以后的年份。",
    basis=laws.CONSISTENT,
    severity=W,
    example=("plan", "year: 2024", "year: 2042"),
)
def far_year(facts: Facts) -> Violations:
    """A slip of the finger in the year puts a file where nobody looks for it."""
    for file in all_files(facts.column):
        signed = file.document.date_signed if isinstance(getattr(file, "document", None), Document) else None
        place, hint = file.origin.child("year"), "请对照原文核对；原文如此的，用 ignore 说明"
        if signed and abs(file.year - signed.year) > 1:
            yield Violation(place, f"年度是{file.year}年，成文日期是{dated(signed)}", hint)
        elif file.year > facts.today.year + 1:
            yield Violation(place, f"年度是{file.year}年，还早", hint)
