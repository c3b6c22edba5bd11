"""The home page: what people can do now, what is due, what came last, and the doors to everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.news import News, latest
from gongkai.column.page import HOME, Page
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.column.vocabulary import Audience, Organ, Theme, ThemeScheme
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.decision_directory.model import DecisionDirectory
from gongkai.kinds.decision_directory.parts import DIRECTORY
from gongkai.site.audience import used_audiences
from gongkai.site.current import Ongoing, Quarter, decisions_in_progress, due_this_quarter
from gongkai.site.landing import used_themes
from gongkai.site.lists import holdings
from gongkai.site.occasions import Occasion, open_now
from gongkai.site.standing import Standing, standing

_NEWEST, _DIRECTORIES, _ORGANS = 8, 3, 60
"""What the page shows of each at most; the pages behind its headings show everything."""


class HomeView(TypedDict):
    """What the template ``home`` shows."""

    holdings: str
    units: int
    years: list[tuple[int, int]]
    organs: list[tuple[Organ, int]]
    audiences: list[tuple[Audience, int]]
    themes: list[tuple[Theme, int]]
    newest: list[DocumentHead]
    directories: list[DecisionDirectory]
    occasions: list[tuple[Occasion, int]]
    in_progress: list[Ongoing]
    quarter: Quarter | None
    standings: list[Standing]
    news: list[News]
    organ_names: Mapping[str, Organ]


def home_page(column: SiteData) -> Page:
    """What there is, the three doors, and what came last."""
    heads, news = column.index.heads, latest(column)
    newest = sorted(heads.values(), key=lambda head: (_signed(head), head.entry.id), reverse=True)[:_NEWEST]
    directories: dict[str, str] = {}
    for head in heads.values():
        if head.entry.kind is DIRECTORY:
            directories.setdefault(head.entry.organ, head.entry.id)
    by_year = Counter(head.entry.year for head in heads.values())
    by_organ = Counter(head.entry.organ for head in heads.values())
    return Page(
        kind="home",
        url=urls.HOME,
        title="政府信息公开",
        description="年度政务公开工作要点、重点项目和重大行政决策事项目录：今年承诺了什么、谁负责、什么时候完成，一查便知。",
        crumbs=(HOME,),
        view=HomeView(
            holdings=holdings(column),
            units=len(column.units),
            years=[(year, by_year[year]) for year in column.index.years],
            organs=[(organ, by_organ[organ.id]) for organ in islice(column.organs.values(), _ORGANS)],
            audiences=used_audiences(column),
            themes=used_themes(column, ThemeScheme.LOCAL),
            newest=newest,
            directories=[DIRECTORY_FILES.of(column)[newest] for newest in islice(directories.values(), _DIRECTORIES)],
            occasions=open_now(column)[:_NEWEST],
            in_progress=decisions_in_progress(column),
            quarter=due_this_quarter(column),
            standings=list(islice(filter(None, (standing(column, organ) for organ in column.organs)), _ORGANS)),
            news=[told for told in news if not told.is_publication][:_NEWEST],
            organ_names=column.organs,
        ),
        keywords=("政府信息公开", "政务公开工作要点", "重大行政决策", "重点项目"),
        rows=(("records", [head.entry.id for head in newest]),),
        news=news,
    )


def _signed(head: DocumentHead) -> str:
    return head.date_signed.isoformat() if head.date_signed else str(head.entry.year)
