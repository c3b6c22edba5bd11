"""Pages on the law: which texts the column was checked against, what each duty asks for, who issued it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.page import HOME, Crumb, Page
from gongkai.column.rulebook import RuleText
from gongkai.column.site_data import SiteData
from gongkai.column.vocabulary import Organ
from gongkai.law.division import level
from gongkai.law.duties import DUTIES
from gongkai.law.model import Authority, Instrument, Norm
from gongkai.site.rules import HANDBOOK, RULES

TEXTS = Crumb("检查依据的文本", urls.LAW)
Texts = list[tuple[Instrument, list[Norm]]]


class LawView(TypedDict):
    """What the template ``law`` shows."""

    blocks: list[tuple[str, Texts]]
    duties: Mapping[str, str]
    organs: list[Organ]


class DutyView(TypedDict):
    """What the template ``law_duty`` shows."""

    norms: Sequence[Norm]
    rules: list[RuleText]
    duty: str


class AuthorityView(TypedDict):
    """What the template ``law_authority`` shows."""

    authority: Authority
    level: str
    texts: Texts
    duties: Mapping[str, str]


def duties_asked(column: SiteData) -> dict[str, str]:
    """By the name in its address: every duty that a text asks of one of the districts."""
    asking = {norm.duty for norm in _known(column)}
    return {urls.duty_name(duty): duty for duty in DUTIES if duty in asking}


def authorities(column: SiteData) -> dict[str, Authority]:
    """By id: who issued what may bind one of the districts."""
    return {norm.instrument.issuer.id: norm.instrument.issuer for norm in _known(column)}


def duty_pages(column: SiteData, name: str) -> Iterator[Page]:
    """The page of a duty."""
    duty = duties_asked(column)[name]
    yield _duty_page(column, duty, [norm for norm in _known(column) if norm.duty == duty])


def authority_pages(column: SiteData, identifier: str) -> Iterator[Page]:
    """The page of an authority."""
    authority = authorities(column)[identifier]
    yield _authority_page(authority, [norm for norm in _known(column) if norm.instrument.issuer == authority])


def _known(column: SiteData) -> Sequence[Norm]:
    return column.law.known(column.organs.values())


def _by_instrument(norms: Sequence[Norm]) -> Texts:
    """Instruments in their order, each with its norms."""
    kept: dict[str, list[Norm]] = {}
    for norm in norms:
        kept.setdefault(norm.instrument.id, []).append(norm)
    return [(found[0].instrument, found) for found in kept.values()]


def texts_page(column: SiteData) -> Page:
    """The list of texts."""
    norms = _known(column)
    blocks = [
        (name, _by_instrument(list(found)))
        for name, found in groupby(norms, key=lambda norm: level(norm.instrument.issuer.division))
    ]
    count = len({norm.instrument.id for norm in norms})
    return Page(
        kind="law",
        url=urls.LAW,
        title="数据说明：检查依据的文本",
        description=f"本专栏发布前对照检查的{count}份法规、文件和标准，以及各条规定的事。",
        crumbs=(HOME, Crumb("数据说明", urls.DATA_NOTES), TEXTS),
        view=LawView(blocks=blocks, duties=DUTIES, organs=list(column.organs.values())),
        keywords=("数据说明", "法规依据"),
    )


def _duty_page(column: SiteData, duty: str, norms: Sequence[Norm]) -> Page:
    rules = [rule for rule in column.rulebook if duty in rule.duties]
    return Page(
        kind="law_duty",
        url=urls.duty(duty),
        title=f"依据：{DUTIES[duty]}",
        description=f"{DUTIES[duty]}：由哪份文件的哪一条规定，约束谁，从什么时候起，期限怎样计算。",
        crumbs=(HOME, HANDBOOK, RULES, Crumb(DUTIES[duty], urls.duty(duty))),
        view=DutyView(norms=norms, rules=rules, duty=duty),
        keywords=("法规依据", DUTIES[duty]),
    )


def _authority_page(authority: Authority, norms: Sequence[Norm]) -> Page:
    return Page(
        kind="law_authority",
        url=urls.authority(authority.id),
        title=f"依据：{authority.name}",
        description=f"{authority.name}的哪些文件、哪些条款适用于本专栏的区县。",
        crumbs=(HOME, HANDBOOK, RULES, Crumb(authority.name, urls.authority(authority.id))),
        view=AuthorityView(
            authority=authority, level=level(authority.division), texts=_by_instrument(norms), duties=DUTIES
        ),
        keywords=("法规依据", authority.name),
    )
