"""Exchange (数据联通) with the libraries of city and province: documents, interpretations and links, line by line.

JSON Lines: a first line that says whose it is and since when, then one line for each row that was added, changed or
withdrawn since then. A row is known by its table and id, and its digest says what it says; nothing else is compared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from gongkai.alternates.schemas import schema_files, schema_of
from gongkai.alternates.tables import TABLES
from gongkai.column.exchange import CARRIED, FORMAT, LINKS, REGISTERS, VERSION, digest_of
from gongkai.column.fields import Row
from gongkai.column.site_data import SiteData

_LINK_FIELDS = {
    "id": "编号，长期不变",
    "organ": "区县的编号",
    "from": "哪一个记录的编号",
    "relation": "是什么关系，如 解读的是、已由下列文件替代",
    "to": "另一个记录的编号",
}
Rows = Mapping[tuple[str, str], Row]
"""Rows by table and id, in the order of tables."""


class Header(Struct, frozen=True):
    """The first line: whose papers, where they are published, on which day, and since when (None: all of them)."""

    organs: tuple[str, ...]
    home: str
    as_of: date
    since: date | None

    @property
    def line(self) -> dict[str, Any]:
        """As JSON has it."""
        since = self.since.isoformat() if self.since else None
        about = {"format": FORMAT, "version": VERSION, "organs": list(self.organs), "home": self.home}
        return {**about, "as_of": self.as_of.isoformat(), "since": since}


def rows_of(column: SiteData) -> Rows:
    """Every row that is exchanged, by table and id."""
    papers = set(column.index.documents)
    found: dict[tuple[str, str], Row] = {}
    for table in (*REGISTERS, *CARRIED):
        for row in TABLES[table].rows(column):
            if table != "records" or _of_paper(row["id"], papers):
                found[table, row["id"]] = row
    for record, edges in column.index.edges.items():
        if _of_paper(record, papers):
            for edge in edges:
                link = _link(column, record, edge.relation.value, edge.entry.id)
                found[LINKS, link["id"]] = link
    return found


def _of_paper(record: str, papers: set[str]) -> bool:
    return record.partition("/")[0] in papers


def _link(column: SiteData, record: str, relation: str, target: str) -> dict[str, Any]:
    key = hashlib.sha256(f"{relation}\n{target}".encode()).hexdigest()[:12]
    organ = column.index.entries[record].organ
    return {"id": f"{record}/links/{key}", "organ": organ, "from": record, "relation": relation, "to": target}


def changes(before: Mapping[tuple[str, str], str], now: Rows, column: SiteData) -> Iterator[dict[str, Any]]:
    """What happened to rows since a state that is known by its digests: additions and changes, then withdrawals."""
    for (table, identifier), row in now.items():
        digest = digest_of(row)
        known = before.get((table, identifier))
        if known != digest:
            operation = "changed" if known else "added"
            yield {"op": operation, "table": table, "id": identifier, "digest": digest, "row": row}
    reasons = {record: told for told in column.withdrawals if not told.restored for record in told.records}
    for table, identifier in before:
        if (table, identifier) not in now:
            told = reasons.get(identifier) or reasons.get(identifier.partition("/")[0])
            about = {"day": told.day.isoformat() if told else None, "reason": told.reason if told else None}
            moved = column.moved.get(identifier) or column.renumbered.get(identifier)
            yield {"op": "withdrawn", "table": table, "id": identifier, **about, "moved_to": moved}


def written(header: Header, lines: Iterable[Mapping[str, Any]]) -> bytes:
    """The file: one JSON object a line."""
    every = (header.line, *lines)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in every).encode()


def exchange_schema() -> dict[str, Any]:
    """The schema of one line of the file."""
    plain = {"type": "string"}
    rows = [_row_line(table, schema_of(TABLES[table].row)) for table in (*REGISTERS, *CARRIED)]
    link = {key: plain | {"description": meaning} for key, meaning in _LINK_FIELDS.items()}
    rows.append(_row_line(LINKS, {"type": "object", "required": list(link), "properties": link}))
    day = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
    header = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "organs": {"type": "array", "items": plain, "description": "区县的编号"},
        "home": plain | {"description": "栏目的网址；没有的为空文本"},
        "as_of": {"type": "string", "format": "date", "description": "数据反映到哪一天"},
        "since": day | {"description": "从哪一天起的变化；为空的是全部"},
    }
    gone = {
        "op": {"const": "withdrawn"},
        "table": {"enum": [*REGISTERS, *CARRIED, LINKS]},
        "id": plain,
        "day": day | {"description": "撤回的日期；没有说明的为空"},
        "reason": {"type": ["string", "null"], "description": "撤回的理由；没有说明的为空"},
        "moved_to": {"type": ["string", "null"], "description": "改了编号的，现在的编号"},
    }
    kinds = [_object(header), *rows, _object(gone)]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "数据联通的一行", "oneOf": kinds}


def all_schema_files() -> Iterator[tuple[str, bytes]]:
    """Every schema that is published, as (name of the file, content): those of the tables, and that of a line."""
    yield from schema_files()
    yield "exchange.json", f"{json.dumps(exchange_schema(), ensure_ascii=False, indent=1)}\n".encode()


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _row_line(table: str, row: dict[str, Any]) -> dict[str, Any]:
    return _object(
        {
            "op": {"enum": ["added", "changed"]},
            "table": {"const": table},
            "id": {"type": "string", "description": "编号，长期不变"},
            "digest": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$", "description": "这一行内容的散列"},
            "row": row,
        }
    )
