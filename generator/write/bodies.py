"""Bodies of pages: Jinja templates with autoescape, one per kind of page, and the small head that each page needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from generator.model import ids, urls
from generator.model.column import RECORD_LABELS
from generator.model.decision import STAGE_STATUS_LABELS
from generator.model.document import UNKNOWN_TEXT
from generator.model.obligations import STATE_LABELS
from generator.model.plan import Plan, Section
from generator.model.progress import TASK_STATUS_LABELS
from generator.model.unit import KIND_LABELS, ROLE_LABELS, VIA_LABELS, Assignment
from generator.open_data.companions import Companion
from generator.pages.citation import chinese_date, citation
from generator.pages.page import Crumb, Page
from generator.settings import Settings


def cell_pieces(text: str, assignments: Sequence[Assignment]) -> Iterator[tuple[str, str | None]]:
    """A printed cell as (text, unit id or None) pieces: each printed name in order, every other character kept."""
    at = 0
    for given in assignments:
        found = text.find(given.printed, at)
        if found < 0:
            continue
        if found > at:
            yield text[at:found], None
        at = found + len(given.printed)
        yield given.printed, given.unit
    if at < len(text):
        yield text[at:], None


def clause_assignments(plan: Plan, section: Section) -> Sequence[Assignment]:
    """The units of a clause that is a task of its own (plans without a table)."""
    tasks = (task for task in plan.tasks if task.section == section.key)
    return next((task.assignments for task in tasks), ())


class Bodies:
    """Renders page bodies from ``overrides/bodies``; undefined names in a template are errors, never blanks."""

    def __init__(self, templates: Path, settings: Settings) -> None:
        self._settings = settings
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["day"] = chinese_date
        self._environment.globals.update(
            cell_pieces=cell_pieces,
            clause_assignments=clause_assignments,
            urls=urls,
            ids=ids,
            settings=settings,
            unknown=UNKNOWN_TEXT,
            role_labels=ROLE_LABELS,
            via_labels=VIA_LABELS,
            kind_labels=KIND_LABELS,
            record_labels=RECORD_LABELS,
            status_labels=STAGE_STATUS_LABELS,
            task_status_labels=TASK_STATUS_LABELS,
            obligation_labels=STATE_LABELS,
        )
        self._templates: dict[str, jinja2.Template] = {}

    def slots(self, page: Page, beside: Sequence[Companion] = ()) -> dict[str, str]:
        """Everything the shell needs to become this page; ``beside`` are the files that it offers to programs."""
        template = self._templates.get(page.kind)
        if template is None:
            template = self._templates[page.kind] = self._environment.get_template(f"{page.kind}.html")
        return {
            "title": str(escape(page.title)),
            "meta": head_meta(page, self._settings, beside),
            "crumbs": breadcrumbs(page.crumbs, page.base),
            "body": template.render(page=page, base=page.base, **page.view),
            "actions": reuse_line(page, beside) + edit_link(page, self._settings) + self._cite(page),
        }

    def _cite(self, page: Page) -> str:
        settings = self._settings
        cite = citation(page, settings.portal_name, settings.column_name, settings.site_url)
        return self._environment.get_template("_cite.html").render(cite=cite)


def head_meta(page: Page, settings: Settings, beside: Sequence[Companion] = ()) -> str:
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
    if settings.site_url:
        lines.append(f'<link rel="canonical" href="{escape(settings.site_url + page.url)}">')
    for file in beside:
        title = f' title="{escape(page.title)}"' if file.name == "feed.xml" else ""
        lines.append(f'<link rel="alternate" type="{file.mime}" href="{file.name}"{title}>')
    return "\n".join(lines)


def reuse_line(page: Page, beside: Sequence[Companion]) -> str:
    """复用这些数据: what the page says, as files for programs, spreadsheets, feed readers and calendars."""
    if not beside:
        return ""
    links = "、".join(f'<a href="{file.name}">{file.label}</a>' for file in beside)
    return f'<p class="reuse">复用这些数据：{links}；<a href="{page.base}{urls.DATA}index.html">全部数据</a></p>\n'


def breadcrumbs(crumbs: Sequence[Crumb], base: str) -> str:
    """当前位置: every step but the last is a link."""
    steps = [
        f'<li><a href="{escape(base + crumb.url)}index.html">{escape(crumb.label)}</a></li>' for crumb in crumbs[:-1]
    ]
    last = crumbs[-1]
    steps.append(f'<li aria-current="page">{escape(last.label)}</li>')
    return "".join(steps)


def edit_link(page: Page, settings: Settings) -> str:
    """A link to the authored file, where the repository's address is known."""
    if not (settings.edit_url and page.source):
        return ""
    return str(
        Markup('<a class="edit" href="{}{}" rel="nofollow">修改本页数据</a>').format(settings.edit_url, page.source)
    )
