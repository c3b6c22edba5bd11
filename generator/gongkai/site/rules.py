"""Pages about the rules: one for each, their list, and what the office knowingly leaves as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.document import chinese_date
from gongkai.column.page import HOME, Crumb, Page
from gongkai.column.rulebook import Retired, RuleText
from gongkai.column.site_data import SiteData
from gongkai.column.waiver import Ignored
from gongkai.law.duties import DUTIES

HANDBOOK = Crumb("编辑手册", urls.HANDBOOK)
RULES = Crumb("检查规则", urls.RULES)


class ExceptionsView(TypedDict):
    """What the template ``exceptions`` shows."""

    ignored: tuple[Ignored, ...]
    known: list[str]


class RulesView(TypedDict):
    """What the template ``rules`` shows."""

    retired: Mapping[str, Retired]
    topics: list[tuple[str, list[RuleText]]]
    count: int


def rules_page(column: SiteData) -> Page:
    """The list of rules."""
    topics = [(topic, list(rules)) for topic, rules in groupby(column.rulebook, key=lambda rule: rule.topic)]
    return Page(
        kind="rules",
        url=urls.RULES,
        title="检查规则",
        description=f"发布前自动检查的{len(column.rulebook)}条规则，每条写明依据和写法。",
        crumbs=(HOME, HANDBOOK, RULES),
        view=RulesView(topics=topics, count=len(column.rulebook), retired=column.retired),
        keywords=("检查规则", "编辑手册"),
    )


def exceptions_page(column: SiteData) -> Page:
    """What the office knowingly leaves as it is."""
    return Page(
        kind="exceptions",
        url=urls.EXCEPTIONS,
        title="数据说明：有意保留的问题",
        description=f"检查发现、经说明理由后保留的{len(column.ignored)}处问题。",
        crumbs=(HOME, Crumb("数据说明", urls.DATA_NOTES), Crumb("有意保留的问题", urls.EXCEPTIONS)),
        view=ExceptionsView(ignored=column.ignored, known=[*column.retired, *(rule.id for rule in column.rulebook)]),
        keywords=("数据说明",),
    )


def known_rules(column: SiteData) -> list[str]:
    """The ids of the rules that hold for one of the districts."""
    return [rule.id for rule in column.rulebook]


def rule_pages(column: SiteData, name: str) -> Iterator[Page]:
    """The page of a rule, or of one that is no more, by its id in small letters."""
    yield from (rule_page(rule) for rule in column.rulebook if rule.id.lower() == name)
    yield from (retired_page(known, gone) for known, gone in column.retired.items() if known.lower() == name)


class RetiredRuleView(TypedDict):
    """What the template ``retired_rule`` shows."""

    rule: Retired


def retired_page(identifier: str, rule: Retired) -> Page:
    """The page of a rule that is no more."""
    return Page(
        kind="retired_rule",
        url=urls.rule(identifier),
        title=f"{identifier} 不再检查",
        description=f"{identifier}（{rule.promise.rstrip('。')}）从{chinese_date(rule.since)}起不再检查。{rule.reason}",
        crumbs=(HOME, HANDBOOK, RULES, Crumb(identifier, urls.rule(identifier))),
        view=RetiredRuleView(rule=rule),
        keywords=("检查规则",),
    )


class RuleView(TypedDict):
    """What the template ``rule`` shows."""

    rule: RuleText
    duties: Mapping[str, str]


def rule_page(rule: RuleText) -> Page:
    """The page of one rule."""
    return Page(
        kind="rule",
        url=urls.rule(rule.id),
        title=f"{rule.id} {rule.promise.rstrip('。')}",
        description=f"{rule.promise}依据：{rule.citation}。",
        crumbs=(HOME, HANDBOOK, RULES, Crumb(rule.id, urls.rule(rule.id))),
        view=RuleView(rule=rule, duties=DUTIES),
        keywords=("检查规则", rule.topic),
    )
