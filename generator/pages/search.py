"""The search page. Without a script it leads to the static directories."""

from __future__ import annotations

from generator.model import urls
from generator.pages.page import HOME, Crumb, Page

SEARCH = Crumb("查找", urls.SEARCH)


def search_page() -> Page:
    """The page that shows results; the query is in its address."""
    return Page(
        kind="search",
        url=urls.SEARCH,
        title="查找",
        description="在本专栏的工作要点、任务、单位、重大行政决策和重点项目中查找。",
        crumbs=(HOME, SEARCH),
        keywords=("查找", "检索"),
    )
