"""What a rule is: an id, one promise in plain words, where it comes from, how much it weighs, and two examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from textwrap import dedent

from pydantic import BaseModel, ConfigDict, Field

from gongkai.column.division import covers
from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.findings.finding import Severity
from gongkai.rules.laws import LocalText

EXAMPLE_DAY = date(2024, 9, 2)
"""The day on which examples are judged."""
NOTICE = timedelta(days=31)
"""How long before its day the check tells of what that day will make wrong."""


class Thresholds(BaseModel):
    """Numbers that the cited texts leave open; a district sets its own under ``extra.column.rules`` in mkdocs.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    evaluation_months: int = Field(12, ge=1, description="决策结果公布多少个月后应当考虑效果评估")
    archive_days: int = Field(90, ge=1, description="决策结果公布多少天内归档")
    interpretation_workdays: int = Field(10, ge=0, description="解读最迟在文件公开后多少个工作日内发布")
    backdating_days: int = Field(30, ge=0, description="公开日期比第一次提交早多少天以上要提示")
    directory_due: str | None = Field(
        None, pattern=r"^\d\d-\d\d$", description="本地规定的年度目录最迟公布日，月-日；没有规定的不填"
    )
    directory_due_from: int = Field(2026, description="从哪一年的目录起适用最迟公布日")
    similar_from: float = Field(0.6, ge=0, le=1, description="正文与表格文字相似度的下限")
    similar_to: float = Field(0.98, ge=0, le=1, description="正文与表格文字相似度的上限")
    column_max_age_days: int = Field(365, ge=1, description="栏目多少天没有更新要提示")
    page_kilobytes: int = Field(500, ge=1, description="一个页面最多多少千字节")
    normative_number: str | None = Field(
        None, description="本地规定的规范性文件登记号格式（正则表达式）；没有规定的不填"
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules look at: the SiteData, the district's numbers, and when each file was first committed."""

    column: SiteData
    thresholds: Thresholds = field(default_factory=Thresholds)
    first_commits: Mapping[str, date] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day the column reflects."""
        return self.column.as_of

    def bound(self, organ: str, text: LocalText, day: date | None = None) -> bool:
        """True where a local text binds the district ``organ`` on ``day``, the day of what is judged.

        Never where no organ of that name is known, which is an error of its own.
        """
        known = self.column.organs.get(organ)
        begun = not (text.since and day and day < text.since)
        return begun and known is not None and covers(text.division, known.division)


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a promise is not kept. ``severity`` and ``citation`` are set where they depend on the case.

    ``offset`` is the character inside the text at ``origin``, ``target`` the id that a reference means.
    """

    origin: Origin
    message: str
    hint: str | None = None
    offset: int | None = None
    severity: Severity | None = None
    target: str | None = None
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's two examples: YAML put at ``place`` of a district without mistakes (``tests/rules/district``)."""

    place: str
    good: str
    bad: str


Check = Callable[[Facts], Iterable[Violation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``check`` is None where reading or linking finds it already (``TAB-02``, ``DOC-07``).

    ``citation`` names what holds everywhere, ``local`` what binds some districts only: a rule with nothing else is
    silent elsewhere. What only the passing of days makes wrong weighs a warning at most: it must not stop a site.

    ``severity`` holds for publication, ``demo`` while the site is a demonstration. A rule with ``across`` compares
    files with each other; all others see one file with its document at a time, and what they found is kept with it.
    """

    id: str
    promise: str
    citation: str
    severity: Severity
    demo: Severity
    example: Example
    check: Check | None
    fixable: bool = False
    across: bool = False
    waivable: bool = True
    local: tuple[LocalText, ...] = ()

    def cited(self, divisions: Iterable[str | None]) -> str:
        """What it rests on in districts with these codes; empty where it rests on nothing there."""
        wanted = tuple(divisions)
        local = (text.words for text in self.local if any(covers(text.division, division) for division in wanted))
        return "；".join(filter(None, (self.citation, *local)))


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - the letters of the catalogue


@dataclass(slots=True)
class Topic:
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
        citation: str = "",
        local: tuple[LocalText, ...] = (),
        demo: Severity | None = None,
        fixable: bool = False,
        across: bool = False,
    ) -> Callable[[Check], Check]:
        """Register a check; ``example`` is (place, good, bad), ``demo`` the weight in a demonstration."""

        def register(check: Check) -> Check:
            weight, shown = demo or severity, _example(*example)
            rule = Rule(identifier, promise, citation, severity, weight, shown, check, fixable, across, local=local)
            self.rules.append(rule)
            return check

        return register

    def found_earlier(
        self,
        identifier: str,
        promise: str,
        *,
        citation: str,
        severity: Severity,
        example: tuple[str, str, str],
        demo: Severity | None = None,
        waivable: bool = False,
    ) -> None:
        """Register a rule that reading or linking enforces, so that it is explained with the others."""
        shown, weight = _example(*example), demo or severity
        self.rules.append(Rule(identifier, promise, citation, severity, weight, shown, None, waivable=waivable))


def _example(place: str, good: str, bad: str) -> Example:
    return Example(place, dedent(good).strip(), dedent(bad).strip())


def quote(items: Iterable[str]) -> str:
    """Words listed in a Chinese sentence: 甲、乙、丙."""
    return "、".join(items)


def dated(day: date) -> str:
    """A day in a Chinese sentence: 2021年6月17日."""
    return f"{day.year}年{day.month}月{day.day}日"


Violations = Iterator[Violation]
