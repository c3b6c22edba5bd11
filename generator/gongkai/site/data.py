"""The page that offers the open data, with every table and column explained."""

from __future__ import annotations

from typing import Any, TypedDict

from gongkai.column import urls
from gongkai.column.page import HOME, Crumb, Page
from gongkai.column.site_data import SiteData
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES

DATA = Crumb("数据开放", urls.DATA)


class DataView(TypedDict):
    """What the template ``data`` shows."""

    tables: list[dict[str, Any]]
    parts: list[Any]
    offline: bool
    decisions: bool


def data_page(column: SiteData, tables: list[dict[str, Any]], parts: list[Any], *, offline: bool = False) -> Page:
    """The data index.

    Args:
        column: what is published.
        tables: of each table its name, label, number of rows, columns, meanings of fields and file addresses.
        parts: of each kind of value inside rows its name, label and meanings of fields.
        offline: whether the whole site lies at the root as one zip.
    """
    return Page(
        kind="data",
        url=urls.DATA,
        title="数据开放",
        description="本专栏的全部数据，JSON 和 CSV 两种格式，可自由下载和再利用。",
        crumbs=(HOME, DATA),
        view=DataView(tables=tables, parts=parts, offline=offline, decisions=bool(DIRECTORY_FILES.of(column))),
        keywords=("数据开放", "JSON", "CSV"),
    )
