"""Files of an exchange (数据联通) read back: the first has everything, each other what changed since the one before.

Nothing is taken on trust: every row must have the digest that is written beside it, and every change must be one of
something that is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from gongkai.column.exchange import FORMAT, TABLES, VERSION, digest_of


class ExchangeError(Exception):
    """A file cannot be used; the message is a Chinese sentence with file and line."""


class Exchanged(Struct):
    """What several files say together: rows by table and id, the newest day, and the ids of what was withdrawn."""

    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    as_of: date | None = None
    withdrawn: set[str] = field(default_factory=set)

    @property
    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Rows by table."""
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        for (table, _), row in self.rows.items():
            found[table].append(row)
        return found

    @property
    def digests(self) -> dict[tuple[str, str], str]:
        """What each row says, by table and id."""
        return {key: digest_of(row) for key, row in self.rows.items()}


def read_exchange(paths: Iterable[Path]) -> Exchanged:
    """What files say, each on top of those before.

    Raises:
        ExchangeError: when a file is no such file, has another order, or a row is not what its digest says.
    """
    found = Exchanged()
    for at, path in enumerate(paths):
        try:
            lines = path.read_text("utf-8").removesuffix("\n").split("\n")  # texts may have other ends of lines
        except (OSError, ValueError):
            raise ExchangeError(f"{path} 读不出：请重新取一份") from None
        _begin(found, path, _parsed(path, 1, lines[0] if lines else ""), first=at == 0)
        for number, line in enumerate(lines[1:], 2):
            _take(found, path, number, _parsed(path, number, line))
    return found


def _parsed(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ExchangeError(f"{path}:{number} 不是一行 JSON：请重新取一份")
    return value


def _begin(found: Exchanged, path: Path, header: dict[str, Any], *, first: bool) -> None:
    if header.get("format") != FORMAT or header.get("version") != VERSION:
        raise ExchangeError(f"{path}:1 不是 gongkai exchange 第{VERSION}版的文件")
    try:
        day = date.fromisoformat(header["as_of"])
        since = date.fromisoformat(header["since"]) if header["since"] else None
    except (KeyError, TypeError, ValueError):
        raise ExchangeError(f"{path}:1 没有写明 as_of 和 since") from None
    if first and since:
        raise ExchangeError(f"{path}:1 只有 {since} 以后的变化：第一个文件应当是全部（不写 --since 导出的）")
    if found.as_of and (since is None or since > found.as_of or day < found.as_of):
        raise ExchangeError(f"{path}:1 接不上前一个文件（到 {found.as_of} 为止）：请按先后列出，中间不能缺")
    found.as_of = day


def _take(found: Exchanged, path: Path, number: int, line: dict[str, Any]) -> None:
    table, identifier, row = line.get("table"), line.get("id"), line.get("row")
    key = (str(table), str(identifier))
    if table not in TABLES or not isinstance(identifier, str):
        raise ExchangeError(f"{path}:{number} 没有可以用的 table 和 id")
    match line.get("op"):
        case "withdrawn":
            found.rows.pop(key, None)
            found.withdrawn.add(identifier)
        case "added" | "changed":
            if not isinstance(row, dict) or row.get("id") != identifier or line.get("digest") != digest_of(row):
                raise ExchangeError(f"{path}:{number} 的内容和散列不符：请重新取一份")
            found.rows[key] = row
            found.withdrawn.discard(identifier)
        case _:
            raise ExchangeError(f"{path}:{number} 的 op 不是 added、changed、withdrawn 之一")
