"""The search page. Without a script it leads to the static directories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from gongkai.column import urls
from gongkai.column.page import HOME, Crumb, Page

SEARCH = Crumb("查找", urls.SEARCH)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the page must know to ask for the index at once: how it is cut, and the directory it lies in."""

    mode: str
    directory: str

    @property
    def first(self) -> str:
        """The file that every query needs."""
        return "pack" if self.mode == "pack" else "head"


class SearchView(TypedDict):
    """What the template ``search`` shows."""

    opening: Opening


def search_page(opening: Opening) -> Page:
    """The page that shows results; the query is in its address."""
    return Page(
        kind="search",
        url=urls.SEARCH,
        title="查找",
        description="在本专栏的工作要点、任务、单位、重大行政决策和重点项目中查找。",
        crumbs=(HOME, SEARCH),
        keywords=("查找", "检索"),
        view=SearchView(opening=opening),
    )
