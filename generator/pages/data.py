"""The page that offers the open data, with every table and column explained."""

from __future__ import annotations

from typing import Any

from generator.model import urls
from generator.model.column import Column
from generator.pages.page import HOME, Crumb, Page

DATA = Crumb("数据开放", urls.DATA)


def data_page(column: Column, tables: list[dict[str, Any]]) -> Page:
    """The data index. ``tables`` describes each table: name, label, rows, columns, file addresses."""
    return Page(
        kind="data",
        url=urls.DATA,
        title="数据开放",
        description="本专栏的全部数据，JSON 和 CSV 两种格式，可自由下载和再利用。",
        crumbs=(HOME, DATA),
        view={"tables": tables, "as_of": column.as_of},
        keywords=("数据开放", "JSON", "CSV"),
    )
