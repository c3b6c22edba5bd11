"""Every table of the open data, in the order of the data page: the kinds of files' own, and those of no kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from gongkai.alternates.registers import CORRECTIONS, DOCUMENTS, ORGANS, RECORDS, THEMES_TABLE, UNITS, PublishedTable
from gongkai.kinds.registry import KINDS

VERSION = 1
"""Of the published data: a change that removes or renames a field breaks it."""
TABLES: Mapping[str, PublishedTable] = {
    "documents": DOCUMENTS,
    **{
        table.name: PublishedTable(table.label, table.row, partial(kind.rows, table))
        for kind in KINDS
        for table in kind.tables
    },
    "corrections": CORRECTIONS,
    "units": UNITS,
    "organs": ORGANS,
    "themes": THEMES_TABLE,
    "records": RECORDS,
}
