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


def law_pages(column: SiteData) -> Iterator[Page]:
    """The list of texts, a page for each duty that any of them asks for, and one for each authority."""
    norms = column.law.known(column.organs.values())
    yield _texts_page(column, norms)
    for duty in DUTIES:
        asking = [norm for norm in norms if norm.duty == duty]
        if asking:
            yield _duty_page(column, duty, asking)
    for authority in _authorities(norms):
        yield _authority_page(authority, [norm for norm in norms if norm.instrument.issuer == authority])


def _authorities(norms: Sequence[Norm]) -> list[Authority]:
    return list(dict.fromkeys(norm.instrument.issuer for norm in norms))


def _by_instrument(norms: Sequence[Norm]) -> Texts:
    """Instruments in their order, each with its norms."""
    kept: dict[str, list[Norm]] = {}
    for norm in norms:
        kept.setdefault(norm.instrument.id, []).append(norm)
    return [(found[0].instrument, found) for found in kept.values()]


def _texts_page(column: SiteData, norms: Sequence[Norm]) -> Page:
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
