"""Bodies of pages: Jinja templates with autoescape, one per kind of page, and the small head that each page needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from markupsafe import Markup, escape

from gongkai.alternates.beside_pages import Alternate
from gongkai.cache.cache import digest
from gongkai.column import ids, urls
from gongkai.column.document import NOT_PUBLIC, NOT_STATED, chinese_date
from gongkai.column.page import Crumb, Page, Pagination
from gongkai.column.progress import TASK_STATUS_LABELS
from gongkai.column.unit import KIND_LABELS, VIA_LABELS, Assignment
from gongkai.kinds.decision_directory.model import STAGE_STATUS_LABELS
from gongkai.kinds.decision_directory.obligations import STATE_LABELS
from gongkai.kinds.plan.model import Plan, Section
from gongkai.kinds.registry import KINDS, RECORD_LABELS
from gongkai.output.environment import Environment
from gongkai.output.links import Links
from gongkai.output.reviewers import Reviewers
from gongkai.settings import Settings
from gongkai.site.citation import citation
from gongkai.text.role import ROLE_LABELS


def clause_assignments(plan: Plan, section: Section) -> Sequence[Assignment]:
    """The units of a clause that is a task of its own (plans without a table)."""
    tasks = (task for task in plan.tasks if task.section == section.key)
    return next((task.assignments for task in tasks), ())


class PageTemplates:
    """Renders page bodies from ``bodies/`` of the theme and the templates of kinds.

    What all templates know is the same for every column; what is a column's own, its day among it, comes in with the
    page.
    """

    def __init__(
        self, theme: Sequence[Path], settings: Settings, as_of: date, links: Links, reviewers: Reviewers
    ) -> None:
        self._settings, self._as_of, self._links, self._reviewers = settings, as_of, links, reviewers
        self._rooms = (*(folder / "bodies" for folder in theme), *(kind.templates for kind in KINDS))
        self._environment = Environment(self._rooms, chinese_date)
        self._environment.globals.update(
            page_link=links.page_link,
            unit_links=links.unit_links,
            once_each_document=links.once_each_document,
            clause_assignments=clause_assignments,
            urls=urls,
            ids=ids,
            settings=settings,
            not_stated=NOT_STATED,
            not_public=NOT_PUBLIC,
            role_labels=ROLE_LABELS,
            via_labels=VIA_LABELS,
            kind_labels=KIND_LABELS,
            record_labels=RECORD_LABELS,
            status_labels=STAGE_STATUS_LABELS,
            task_status_labels=TASK_STATUS_LABELS,
            obligation_labels=STATE_LABELS,
        )

    @cached_property
    def digest(self) -> str:
        """A digest of every template that counts."""
        sources = {path.name: path for room in reversed(self._rooms) for path in sorted(room.glob("*.html"))}
        return digest(*(f"{name}\0{path.read_text(encoding='utf-8')}" for name, path in sources.items()))

    def compile(self) -> None:
        """Compile every template now, before processes part that would each do it for themselves."""
        for name in self._environment.list_templates(["html"]):
            self._environment.get_template(name)

    def slots(self, page: Page, beside: Sequence[Alternate] = ()) -> dict[str, str]:
        """Everything the layout needs to become this page; ``beside`` are the files that it offers to programs."""
        template = self._environment.get_template(f"{page.kind}.html")
        view = {"page": page, "base": page.base, "as_of": self._as_of, **page.view}
        return {
            "title": str(escape(page.title)),
            "meta": head_meta(page, self._settings, beside),
            "crumbs": breadcrumbs(page.crumbs, page.base, self._links),
            "follow": follow_link(page, beside),
            "body": template.render(view) + self._below(page, beside),
            "actions": self._actions(page, beside),
        }

    def _actions(self, page: Page, beside: Sequence[Alternate]) -> str:
        reviewed = reviewed_line(self._reviewers.of(page.source))
        return reviewed + reuse_line(page, beside) + edit_link(page, self._settings) + self._cite(page)

    def _corrections(self, page: Page) -> str:
        if not page.corrected:
            return ""
        return self._environment.get_template("_corrections.html").render(corrections=page.corrected)

    def _below(self, page: Page, beside: Sequence[Alternate]) -> str:
        """What stands below the text of every page: corrections, further pages of a list, how to follow it."""
        return self._corrections(page) + part_links(page, self._links) + self._follow(page, beside)

    def _follow(self, page: Page, beside: Sequence[Alternate]) -> str:
        """What is new of a page that can be followed, with the addresses to follow it at."""
        names = {file.name for file in beside}
        if not followed(page, beside):
            return ""
        alone = len({news.record for news in page.news or ()}) == 1  # a record's own page says what happened to it
        later = [] if alone else [news for news in page.news or () if not news.is_publication][:_LATER]
        address = self._settings.site_url and self._settings.site_url + page.url
        around = {"feed": "feed.xml" in names, "calendar": "calendar.ics" in names, "address": address, "later": later}
        return self._environment.get_template("_subscribe.html").render(base=page.base, **around)

    def _cite(self, page: Page) -> str:
        settings = self._settings
        cite = citation(page, settings.portal_name, settings.column_name, settings.site_url)
        return self._environment.get_template("_cite.html").render(cite=cite)


_LATER = 5
_FOLLOWED = ("feed.xml", "calendar.ics")


def followed(page: Page, beside: Sequence[Alternate]) -> bool:
    """Whether a page has something to subscribe to: home says it with its news, the page 最近更新 for all."""
    return page.kind != "home" and any(file.name in _FOLLOWED for file in beside)


def follow_link(page: Page, beside: Sequence[Alternate]) -> str:
    """The way from the top of a page to where it can be subscribed to."""
    return '<a class="to-follow" href="#news">订阅</a>' if followed(page, beside) else ""


def head_meta(page: Page, settings: Settings, beside: Sequence[Alternate] = ()) -> str:
    """Description, canonical address, other forms, and the content tags of 政府网站发展指引 (国办发〔2017〕47号)."""
    tags = [
        ("description", page.description),
        ("ArticleTitle", page.title),
        ("ContentSource", page.content_source or settings.portal_name),
        ("Keywords", ";".join(dict.fromkeys(page.keywords)) or page.title),
        ("Description", page.description),
    ]
    if page.content_source:
        tags.append(("Author", page.content_source))
    if page.published:
        tags.append(("PubDate", f"{page.published.isoformat()} 00:00"))
    if settings.site_url:
        tags.append(("Url", settings.site_url + page.url))
    lines = [f'<meta name="{name}" content="{escape(value)}">' for name, value in tags]
    if urls.shows_persons(page.url):
        lines.append('<meta name="robots" content="noindex, nofollow">')
    card = [("title", page.title), ("description", page.description)]
    if settings.site_url:
        card.append(("url", settings.site_url + page.url))
    lines += [f'<meta property="og:{name}" content="{escape(value)}">' for name, value in card]
    if settings.site_url:
        lines.append(f'<link rel="canonical" href="{escape(settings.site_url + page.url)}">')
    for file in beside:
        title = f' title="{escape(page.title)}"' if file.name == "feed.xml" else ""
        lines.append(f'<link rel="alternate" type="{file.mime}" href="{file.name}"{title}>')
    return "\n".join(lines)


def part_links(page: Page, links: Links) -> str:
    """The way through a list that has several pages: first, last, and the ones near this one; all of them are links."""
    part = page.part
    if part is None or part.count == 1:
        return ""
    near = range(part.number - _NEAR, part.number + _NEAR + 1)
    numbers = sorted({1, part.count, *(number for number in near if 1 <= number <= part.count)})
    items = "".join(f"<li>{_part_link(page.base, part, number, links)}</li>" for number in numbers)
    about = f"第{part.number}页，共{part.count}页"
    return f'\n<nav class="parts" aria-label="分页"><p>{about}</p><ul class="tags">{items}</ul></nav>\n'


_NEAR = 3


def _part_link(base: str, part: Pagination, number: int, links: Links) -> str:
    if number == part.number:
        return f'<span aria-current="page">第{number}页</span>'
    return links.page_link(base, part.url(number), f"第{number}页")


def reuse_line(page: Page, beside: Sequence[Alternate]) -> str:
    """复用这些数据: what the page says, as files for programs, spreadsheets, feed readers and calendars."""
    named = [file for file in beside if file.name not in _FOLLOWED or not followed(page, beside)]
    if not named:
        return ""
    links = "、".join(f'<a href="{file.name}">{file.label}</a>' for file in named)
    return f'<p class="reuse">复用这些数据：{links}；<a href="{page.base}{urls.DATA}index.html">全部数据</a></p>\n'


def reviewed_line(words: str) -> str:
    """Who reviewed what the page shows, where readers are to know it."""
    return f'<p class="reviewed">审核：{escape(words)}</p>\n' if words else ""


def breadcrumbs(crumbs: Sequence[Crumb], base: str, links: Links) -> str:
    """当前位置: every step but the last is a link."""
    steps = [f"<li>{links.page_link(base, crumb.url, crumb.label)}</li>" for crumb in crumbs[:-1]]
    steps.append(f'<li aria-current="page">{escape(crumbs[-1].label)}</li>')
    return "".join(steps)


def edit_link(page: Page, settings: Settings) -> str:
    """A link to the authored file, where the repository's address is known."""
    if not (settings.edit_url and page.source):
        return ""
    return str(
        Markup('<a class="edit" href="{}{}" rel="nofollow">修改本页数据</a>').format(settings.edit_url, page.source)
    )
