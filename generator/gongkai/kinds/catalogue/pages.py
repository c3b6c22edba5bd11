"""The catalogue of what must be public (主动公开事项目录): lists, catalogues by level and 一级事项, and every item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypedDict

from msgspec import Struct

from gongkai.column import ids, urls
from gongkai.column.coverage import CATALOGUE_LABELS, CatalogueState, Coverage
from gongkai.column.document import Document, chinese_date
from gongkai.column.news import latest
from gongkai.column.page import (
    DISCLOSURE,
    HOME,
    Crumb,
    Neighbours,
    Page,
    Pagination,
    connections,
    neighbours,
    paginated,
    paginated_if_any,
    summary,
)
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.catalogue.model import Catalogue, CatalogueItem
from gongkai.kinds.catalogue.parts import CATALOGUE

CATALOGUES = Crumb("主动公开事项目录", urls.CATALOGUES)


class ItemView(Struct, frozen=True):
    """An item with what became of it."""

    item: CatalogueItem
    coverage: Coverage


class Group(Struct, frozen=True):
    """Items of one level and 一级事项. ``url`` is where it begins, for the way there from the top of the first page."""

    level: str | None
    area: str | None
    anchor: str
    url: str
    count: int

    @property
    def title(self) -> str:
        """What stands above its items: 区级：养老服务."""
        return "：".join(filter(None, (self.level, self.area))) or "未分类"


class CataloguesView(TypedDict):
    """What the template ``catalogues`` shows."""

    years: list[tuple[int, list[tuple[DocumentHead, list[tuple[CatalogueState, int]]]]]]
    organs: Mapping[str, Organ]
    labels: dict[CatalogueState, str]


def catalogues_pages(column: SiteData) -> Iterator[Page]:
    """All catalogues, newest year first, each with how its items stand; nothing where there is none."""
    heads = [head for head in column.index.heads.values() if head.entry.kind is CATALOGUE]
    for part, shown in paginated_if_any(urls.CATALOGUES, heads):
        years = [
            (year, [(head, tally(column, column.files["catalogue"][head.entry.id])) for head in found])
            for year, found in groupby(shown, lambda head: head.entry.year)
        ]
        yield Page(
            kind="catalogues",
            url=part.url(),
            title=part.named(CATALOGUES.label),
            description="依法应当主动公开哪些事项、依据是什么、由谁公开、最近一次公开了什么、是否按时。",
            crumbs=(HOME, DISCLOSURE, CATALOGUES),
            view=CataloguesView(years=years, organs=column.organs, labels=CATALOGUE_LABELS),
            keywords=(CATALOGUES.label, "政府信息公开"),
            part=part,
            rows=(("catalogues", [head.entry.id for head in shown]),),
            listed="catalogues",
            news=latest(column, urls.CATALOGUES) if part.number == 1 else None,
        )


def tally(column: SiteData, catalogue: Catalogue) -> list[tuple[CatalogueState, int]]:
    """How many items stand how, in the order of the states; only what there is."""
    counts = Counter(column.index.coverage[ids.item(catalogue.id, item.number)].state for item in catalogue.items)
    return [(state, counts[state]) for state in CatalogueState if counts[state]]


def catalogue_and_item_pages(column: SiteData, catalogue: Catalogue) -> Iterator[Page]:
    """The catalogue, cut into pages, and a page for each item."""
    crumb = Crumb(catalogue.title, urls.catalogue(catalogue.id))
    parts = list(paginated(crumb.url, _ordered(catalogue.items)))
    groups = _groups(parts)
    for part, shown in parts:
        yield _catalogue_page(column, catalogue, crumb, groups, part, shown)
    for at, item in enumerate(catalogue.items):
        yield _item_page(column, catalogue, crumb, at, item)


_Grouping = tuple[str | None, str | None]


def _grouping(item: CatalogueItem) -> _Grouping:
    return item.level, item.area


def _ordered(items: Sequence[CatalogueItem]) -> list[CatalogueItem]:
    """Items of one level together, and in it those of one area; otherwise as printed."""
    levels = {level: at for at, level in enumerate(dict.fromkeys(item.level for item in items))}
    areas = {area: at for at, area in enumerate(dict.fromkeys(map(_grouping, items)))}
    return sorted(items, key=lambda item: (levels[item.level], areas[_grouping(item)]))


def _groups(parts: Sequence[tuple[Pagination, Sequence[CatalogueItem]]]) -> Mapping[_Grouping, Group]:
    """Every group with the page on which it begins."""
    counts = Counter(_grouping(item) for _, shown in parts for item in shown)
    groups: dict[_Grouping, Group] = {}
    for part, shown in parts:
        for key in dict.fromkeys(map(_grouping, shown)):
            groups.setdefault(key, Group(*key, f"group-{len(groups) + 1}", part.url(), counts[key]))
    return groups


class CatalogueView(Neighbours):
    """What the template ``catalogue`` shows."""

    catalogue: Catalogue
    document: Document
    organ: Organ
    themes: Mapping[str, Theme]
    tally: list[tuple[CatalogueState, int]]
    labels: dict[CatalogueState, str]
    groups: list[Group]
    blocks: list[tuple[Group, list[ItemView]]]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]


def _catalogue_page(
    column: SiteData,
    catalogue: Catalogue,
    crumb: Crumb,
    groups: Mapping[_Grouping, Group],
    part: Pagination,
    shown: Sequence[CatalogueItem],
) -> Page:
    organ = column.organs[catalogue.organ].as_on(catalogue.document.date_signed)
    document = catalogue.document
    coverage = column.index.coverage
    views = [ItemView(item, coverage[ids.item(catalogue.id, item.number)]) for item in shown]
    series = column.index.series[CATALOGUE, catalogue.organ]
    return Page(
        kind="catalogue",
        of="catalogue",
        url=part.url(),
        title=part.named(catalogue.title),
        description=f"{organ.short_name}{catalogue.title}，共{len(catalogue.items)}项：公开什么、由谁公开、最近一次公开。",
        crumbs=(HOME, DISCLOSURE, CATALOGUES, crumb),
        view=CatalogueView(
            catalogue=catalogue,
            document=document,
            organ=organ,
            themes=column.themes,
            tally=tally(column, catalogue),
            labels=CATALOGUE_LABELS,
            groups=list(groups.values()) if part.number == 1 and len(groups) > 1 else [],
            blocks=[(groups[key], list(found)) for key, found in groupby(views, lambda view: _grouping(view.item))],
            related=column.index.related.get(catalogue.id, ()),
            connections=connections(column, catalogue.id),
            **neighbours(series, catalogue.id),
        ),
        published=document.date_published,
        content_source=document.issuer_name,
        keywords=(CATALOGUES.label, organ.short_name, f"{catalogue.year}年"),
        source=catalogue.origin.file,
        part=part,
        rows=(
            ("catalogues", [catalogue.id]),
            ("catalogue", [ids.item(catalogue.id, item.number) for item in shown]),
        ),
        listed="catalogue",
    )


class CatalogueItemView(TypedDict):
    """What the template ``catalogue_item`` shows."""

    item: CatalogueItem
    catalogue: Catalogue
    document: Document  # for the citation
    coverage: Coverage
    label: str
    explained: str
    where: str
    themes: Mapping[str, Theme]
    connections: list[tuple[str, list[RecordRef]]]
    previous: CatalogueItem | None
    next: CatalogueItem | None


def _item_page(column: SiteData, catalogue: Catalogue, above: Crumb, at: int, item: CatalogueItem) -> Page:
    url = urls.catalogue_item(catalogue.id, item.number)
    identifier = ids.item(catalogue.id, item.number)
    found = column.index.coverage[identifier]
    label = CATALOGUE_LABELS[found.state]
    return Page(
        kind="catalogue_item",
        url=url,
        title=item.title,
        description=summary(f"主动公开事项：{item.title}。公开主体：{item.units_text}。{label}。{item.content or ''}"),
        crumbs=(HOME, DISCLOSURE, CATALOGUES, above, Crumb(item.title, url)),
        view=CatalogueItemView(
            item=item,
            catalogue=catalogue,
            document=catalogue.document,
            coverage=found,
            label=label,
            explained=explained(item, found),
            where=where(column, item),
            themes=column.themes,
            connections=connections(column, identifier),
            previous=catalogue.items[at - 1] if at else None,
            next=catalogue.items[at + 1] if at + 1 < len(catalogue.items) else None,
        ),
        content_source=catalogue.document.issuer_name,
        keywords=("主动公开事项", item.title),
        source=catalogue.origin.file,
        rows=(("catalogue", [identifier]),),
    )


def where(column: SiteData, item: CatalogueItem) -> str:
    """What of this column belongs to an item, in words; empty where only records or pages are named."""
    kinds = "、".join(column.kind_labels.get(kind, kind) for kind in item.place.kinds)
    themes = "、".join(f"“{column.themes[theme].name}”" for theme in item.place.themes)
    if themes:
        return f"本专栏主题是{themes}的{kinds or '内容'}"
    return f"本专栏的{kinds}" if kinds else ""


def explained(item: CatalogueItem, found: Coverage) -> str:
    """Why an item stands as it does, in one sentence."""
    day = chinese_date(found.due.day) if found.due else ""
    match found.state:
        case CatalogueState.LATE:
            later = found.due and found.newest and found.newest.day and found.newest.day > found.due.day
            return f"按本目录应于{day}前公开，{'公开晚了' if later else '尚未公开'}。"
        case CatalogueState.ON_TIME:
            return f"下一次最晚在{day}公开。" if item.every else f"没有超过时限（{day}）。"
        case CatalogueState.UNKNOWN if not item.place.known:
            return "还没有写明在哪里公开。"
        case CatalogueState.UNKNOWN:
            return f"本专栏还没有收录，最晚在{day}公开。" if day else "本专栏还没有收录。"
    if item.every is None and item.within is None:
        return "目录没有规定可以按天数计算的时限，不判断是否按时。"
    return "有的日期还不知道，不判断是否按时。"
