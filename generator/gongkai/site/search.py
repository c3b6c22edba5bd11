"""The search page. Without a script it leads to the static directories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.page import HOME, Crumb, Page

SEARCH = Crumb("查找", urls.SEARCH)


class Opening(Struct, frozen=True):
    """What the page must know to ask for the index at once.

    ``mode`` is how it is cut, ``directory`` where it lies, and ``names`` how many files its names are cut into.
    """

    mode: str
    directory: str
    names: int = 0

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> Opening:
        """What a manifest says."""
        return cls(manifest["mode"], manifest["directory"], manifest.get("names", 0))

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
