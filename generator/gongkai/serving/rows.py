"""Rows of the open data, made file by file when a page shows them; a build reads them from its tables instead."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from gongkai.alternates.files import JSON_BETWEEN, JSON_TAIL, Form, MadeRows, columns_of, csv_head, json_head
from gongkai.column.site_data import DocumentHead, SiteData
from gongkai.output.groups import issued_together, narrowed
from gongkai.output.rows import OF_VOCABULARIES

_FILES = 128
"""Files whose rows stay in memory: as many as a page of a list shows, or nearly."""


class FileRows:
    """A store of rows (see ``alternates.files.RowStore``) of a whole column that holds few of them at a time."""

    def __init__(self, column: SiteData) -> None:
        self._column = column
        self._together = issued_together(column)
        self._vocabularies = MadeRows(column)
        self._recent: OrderedDict[str, MadeRows] = OrderedDict()

    def texts(self, table: str, form: Form, ids: Iterable[str]) -> list[bytes]:
        """Some rows, in the order asked for."""
        return [self._rows(table, identifier).table(table, form)[identifier] for identifier in ids]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return sum(1 for _ in self._all(table, "json"))

    def table(self, table: str, form: Form) -> bytes:
        """A whole table as a file."""
        rows = self._all(table, form)
        if form == "csv":
            return csv_head(columns_of(table, self._column)) + b"".join(rows)
        return json_head(self._column.as_of.isoformat()) + JSON_BETWEEN.join(rows) + JSON_TAIL

    def _rows(self, table: str, identifier: str) -> MadeRows:
        if table in OF_VOCABULARIES:
            return self._vocabularies
        file = identifier.partition("/")[0]
        if file not in self._recent:
            self._recent[file] = self._made(self._column.index.heads[file])
            if len(self._recent) > _FILES:
                self._recent.popitem(last=False)
        self._recent.move_to_end(file)
        return self._recent[file]

    def _made(self, head: DocumentHead) -> MadeRows:
        own = {head.entry.id: head}
        return MadeRows(narrowed(self._column, head, own, self._together[head.document]))

    def _all(self, table: str, form: Form) -> Iterator[bytes]:
        """All rows in the order of the tables that a build writes; a document has its row with the file it lies in."""
        if table in OF_VOCABULARIES:
            yield from self._vocabularies.table(table, form).values()
            return
        for head in self._column.index.heads.values():
            for identifier, text in self._made(head).table(table, form).items():
                if table != "documents" or identifier == head.entry.id:
                    yield text
