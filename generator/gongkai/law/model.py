"""Authorities, the instruments that they issue, and norms: one duty of one clause of an instrument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from gongkai.law.division import NATION
from gongkai.text.periods import Span, SpanUnit


class Force(StrEnum):
    """What an instrument is (效力层级); the values are what editors write."""

    LAW = "法律"
    REGULATION = "行政法规"
    LOCAL_REGULATION = "地方性法规"
    RULE = "规章"
    NORMATIVE = "规范性文件"
    NOTICE = "通知"
    STANDARD = "标准"
    INDICATOR = "检查指标"
    ANNUAL_PLAN = "年度工作要点"


BINDING = frozenset({Force.LAW, Force.REGULATION, Force.LOCAL_REGULATION, Force.RULE, Force.NORMATIVE})
"""What may say that somebody is late (逾期), where it has a number."""


class Modality(StrEnum):
    """How a clause binds: must, in general (departing from it takes reasons), may, should."""

    MUST = "应当"
    GENERAL = "一般"
    MAY = "可以"
    SHOULD = "鼓励"


class State(StrEnum):
    """How far a norm was looked at.

    READ: its clause and number were read whole. UNCOMPARED: the instrument holds and is cited, the wording of the
    clause could not be compared (条款待核), so that no day comes from it. UNCONFIRMED: known from reports only; it says
    nothing until an office confirms it.
    """

    READ = "read"
    UNCOMPARED = "uncompared"
    UNCONFIRMED = "unconfirmed"


class Body(StrEnum):
    """Whom a clause binds."""

    GOVERNMENT = "县级以上地方人民政府"
    DEPARTMENT = "政府部门"
    TOWNSHIP = "乡镇人民政府、街道办事处"


class Condition(StrEnum):
    """What must be true of a record for a norm to ask something of it; the values are what editors write."""

    PUBLIC_CONCERN = "社会公众普遍关心"
    TECHNICAL = "专业性、技术性较强"
    RISK = "可能造成不利影响"
    BUSINESS = "与市场主体生产经营活动密切相关"
    LIVELIHOOD = "重大民生事项"


class Authority(Struct, frozen=True):
    """Who issues texts. ``division`` is the code of the area that they bind; 000000 is the nation."""

    id: str
    name: str
    division: str

    @property
    def national(self) -> bool:
        """True where its texts bind everybody."""
        return self.division == NATION


class Checked(Struct, frozen=True):
    """When, and against what, an instrument was looked at."""

    on: date
    source: str


class Instrument(Struct, frozen=True):
    """One text with its life. ``until`` is the last day on which it held; ``replaced_by`` its successor's number."""

    id: str
    title: str
    number: str | None
    force: Force
    issuer: Authority
    in_force: date | None
    until: date | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    amended: tuple[str, ...] = ()
    note: str | None = None
    checked: Checked | None = None

    @property
    def name(self) -> str:
        """As it is cited: whose it is where that is not the nation's, title and number."""
        issuer = "" if self.issuer.national else self.issuer.name
        return f"{issuer}{self.short}{f'（{self.number}）' if self.number else ''}"

    @property
    def short(self) -> str:
        """Its title in brackets; standards are called by their number."""
        return f"《{self.title}》"


class Norm(Struct, frozen=True):
    """One duty of one clause.

    ``span`` is a length of time that counts from or to an event: what has to be done within it, or at least that long.
    ``day`` is a fixed day of the year (MM-DD), ``share`` a fraction that must be reached, ``pattern`` a form that
    something must have. ``when``: one of these must be true of the record. ``since`` and ``until`` narrow the life of
    the instrument; ``confirmed`` says who switched it on.
    """

    id: str
    instrument: Instrument
    clause: str | None
    duty: str
    text: str
    modality: Modality
    state: State
    span: Span | None = None
    at_least: bool = False
    day: str | None = None
    share: float | None = None
    pattern: str | None = None
    when: tuple[Condition, ...] = ()
    binds: tuple[Body, ...] = (Body.GOVERNMENT, Body.DEPARTMENT, Body.TOWNSHIP)
    since: date | None = None
    until: date | None = None
    confirmed: str | None = None

    @property
    def first(self) -> date | None:
        """The first day on which it holds; None where nobody knows, so that it never does by itself."""
        return self.since or self.instrument.in_force

    @property
    def last(self) -> date | None:
        """The last day on which it holds; None while it does."""
        ends = [day for day in (self.until, self.instrument.until) if day]
        return min(ends, default=None)

    def holds(self, day: date) -> bool:
        """True on the days of its life."""
        return self.first is not None and self.first <= day and (self.last is None or day <= self.last)

    @property
    def counted(self) -> bool:
        """True where it sets a day or number that was read."""
        return self.state is State.READ and (self.span is not None or self.day is not None or self.share is not None)

    @property
    def makes_late(self) -> bool:
        """True where missing its day may be called late (逾期): a binding instrument with a number, and a must."""
        binding = self.instrument.force in BINDING and self.instrument.number is not None
        return self.counted and binding and self.modality in (Modality.MUST, Modality.GENERAL)

    @property
    def citation(self) -> str:
        """In words: 《…》（…）第十五条."""
        return cite([self])

    @property
    def clause_words(self) -> str:
        """The clause, what is still to be compared of it, and who confirmed it."""
        unread = "（条款待核）" if self.state is State.UNCOMPARED else ""
        return f"{self.clause or ''}{unread}{f'（{self.confirmed}）' if self.confirmed else ''}"

    @property
    def text_label(self) -> str:
        """What readers are told ``text`` is: the words themselves only where they were compared."""
        return "原文" if self.state is State.READ and self.instrument.force is not Force.STANDARD else "大意"

    @property
    def counted_words(self) -> str:
        """How its time is counted, for readers."""
        if self.span:
            length = f"不少于{self.span.words}" if self.at_least else f"{self.span.words}以内"
            by = "，按工作日计算" if self.span.unit is SpanUnit.WORKDAY else ""
            moved = "" if by or self.at_least else "，最后一天是休息日的顺延"
            return f"{length}{by}，开始的当日不计入{moved}"
        if self.day:
            month, day = self.day.split("-")
            return f"每年{int(month)}月{int(day)}日以前"
        return f"不低于{self.share:.0%}" if self.share else "没有规定日期或者天数"


def cite(norms: Iterable[Norm]) -> str:
    """Norms in words, an instrument once with all its clauses; what could not be compared says so."""
    clauses: dict[str, list[Norm]] = {}
    for norm in norms:
        clauses.setdefault(norm.instrument.id, []).append(norm)
    return "；".join(_cited(found) for found in clauses.values())


def _cited(norms: list[Norm]) -> str:
    named = list(dict.fromkeys(norm.clause for norm in norms if norm.clause))
    unread = "（条款待核）" if any(norm.state is State.UNCOMPARED for norm in norms) else ""
    confirmed = next((norm.confirmed for norm in norms if norm.confirmed), None)
    return f"{norms[0].instrument.name}{'、'.join(named)}{unread}{f'（{confirmed}）' if confirmed else ''}"
