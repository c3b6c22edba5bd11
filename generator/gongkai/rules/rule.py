"""What a rule is: an id, one promise in plain words, where it comes from, how much it weighs, and two examples."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from textwrap import dedent

from msgspec import Struct, field
from pydantic import BaseModel, ConfigDict, Field

from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.column.unit import body_of
from gongkai.findings.finding import Severity
from gongkai.law.book import Asked
from gongkai.law.model import Condition
from gongkai.text.dates import printed_day

EXAMPLE_DAY = date(2024, 9, 2)
"""The day on which examples are judged."""
NOTICE = timedelta(days=31)
"""How long before its day the check tells of what that day will make wrong."""


class Thresholds(BaseModel):
    """Numbers that the cited texts leave open; a district sets its own under ``extra.column.rules`` in mkdocs.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    evaluation_months: int = Field(12, ge=1, description="决策结果公布多少个月后应当考虑效果评估")
    withheld_review_days: int = Field(365, ge=1, description="不公开的事项多少天评估审查一次")
    topic_review_days: int = Field(365, ge=1, description="专题多少天没有核对要提示")
    archive_days: int = Field(90, ge=1, description="决策结果公布多少天内归档")
    interpretation_workdays: int = Field(0, ge=0, description="解读最迟在文件公开后多少个工作日内发布")
    backdating_days: int = Field(30, ge=0, description="公开日期比第一次提交早多少天以上要提示")
    similar_from: float = Field(0.6, ge=0, le=1, description="正文与表格文字相似度的下限")
    similar_to: float = Field(0.98, ge=0, le=1, description="正文与表格文字相似度的上限")
    column_max_age_days: int = Field(183, ge=1, description="栏目多少天没有更新要提示")
    home_max_age_days: int = Field(14, ge=1, description="首页多少天没有更新要提示")
    page_kilobytes: int = Field(500, ge=1, description="一个页面最多多少千字节")


class Facts(Struct, frozen=True):
    """What rules look at: the SiteData, the district's numbers, and when each file was first committed."""

    column: SiteData
    thresholds: Thresholds = field(default_factory=Thresholds)
    first_commits: Mapping[str, date] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day the column reflects."""
        return self.column.as_of

    def asked(
        self, duty: str, organ: str, day: date | None, conditions: Collection[Condition] | None = None, *, by: str
    ) -> Asked:
        """What the law asks of the district ``organ`` on ``day``, the day of what is judged; see :class:`LawBook`.

        Nothing where no organ of that name is known, which is an error of its own. ``by`` is the id of the unit that
        did it, "" where none is written: then it is the government.
        """
        body = body_of(self.column.units.get(by))
        return self.column.law.asked(duty, self.column.organs.get(organ), day, conditions, body=body)


class Violation(Struct, frozen=True):
    """One place where a promise is not kept. ``severity`` is set where it depends on the case.

    ``offset`` is the character inside the text at ``origin``, ``target`` the id that a reference means. ``day`` is the
    day of the event that is judged where that is not the day of the file's document, ``organ`` its district where the
    file says none; ``law`` is what the check has asked itself.
    """

    origin: Origin
    message: str
    hint: str | None = None
    offset: int | None = None
    severity: Severity | None = None
    target: str | None = None
    day: date | None = None
    organ: str | None = None
    law: Asked | None = None


class Example(Struct, frozen=True):
    """A rule's two examples: YAML put at ``place`` of a district without mistakes (``tests/rules/district``)."""

    place: str
    good: str
    bad: str


Check = Callable[[Facts], Iterable[Violation]]


class Rule(Struct, frozen=True):
    """One rule. ``check`` is None where reading or linking finds it already (``TAB-02``, ``DOC-07``).

    ``duties`` are what it judges: number, weight and citation come from the norms that bind the district on the day of
    the event, and where none does it is silent, or says its ``basis``. What only the passing of days makes wrong weighs
    a warning at most: it must not stop a site.

    ``severity`` holds for publication, ``demo`` while the site is a demonstration. A rule with ``across`` compares
    files with each other; all others see one file with its document at a time, and what they found is kept with it.
    """

    id: str
    promise: str
    duties: tuple[str, ...]
    basis: str
    severity: Severity
    demo: Severity
    example: Example
    check: Check | None
    fixable: bool = False
    across: bool = False
    waivable: bool = True


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - the letters of the catalogue


class Topic(Struct):
    """The rules of one module, collected by its decorator in the order they stand."""

    title: str
    rules: list[Rule] = field(default_factory=list)

    def rule(
        self,
        identifier: str,
        promise: str,
        *,
        severity: Severity,
        example: tuple[str, str, str],
        duty: str | tuple[str, ...] = (),
        basis: str = "",
        demo: Severity | None = None,
        fixable: bool = False,
        across: bool = False,
    ) -> Callable[[Check], Check]:
        """Register a check; ``example`` is (place, good, bad), ``demo`` the weight in a demonstration."""

        def register(check: Check) -> Check:
            weight, shown = demo or severity, _example(*example)
            rule = Rule(identifier, promise, several(duty), basis, severity, weight, shown, check, fixable, across)
            self.rules.append(rule)
            return check

        return register

    def found_earlier(
        self,
        identifier: str,
        promise: str,
        *,
        severity: Severity,
        example: tuple[str, str, str],
        duty: str | tuple[str, ...] = (),
        basis: str = "",
        demo: Severity | None = None,
        waivable: bool = False,
    ) -> None:
        """Register a rule that reading or linking enforces, so that it is explained with the others."""
        shown, weight = _example(*example), demo or severity
        duties = several(duty)
        self.rules.append(Rule(identifier, promise, duties, basis, severity, weight, shown, None, waivable=waivable))


def several(duty: str | tuple[str, ...]) -> tuple[str, ...]:
    """One or more as a tuple."""
    return (duty,) if isinstance(duty, str) else duty


def _example(place: str, good: str, bad: str) -> Example:
    return Example(place, dedent(good).strip(), dedent(bad).strip())


def quote(items: Iterable[str]) -> str:
    """Words listed in a Chinese sentence: 甲、乙、丙."""
    return "、".join(items)


dated = printed_day
"""A day in a Chinese sentence."""


Violations = Iterator[Violation]
