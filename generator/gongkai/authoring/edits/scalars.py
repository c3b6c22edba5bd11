"""A single value as YAML: in the style that stands there where that can hold it, plain where that is safe, else quoted.

Every way of writing is tried by reading it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import yaml

from gongkai.authoring.edits.operations import EditError, same
from gongkai.authoring.yaml_draft import inline_scalar, wants_block
from gongkai.load.yaml_values import ValueProblem, load_values
from gongkai.text.characters import Flaw, flawed
from gongkai.text.patterns import anywhere, whole

_BREAK = anywhere(r"(?<=[^\n])\n")

_WIDE = 10**9
_BREAK = anywhere("[\n\r\x85\u2028\u2029]")
_DAY = whole(r"\d{4}-\d{2}-\d{2}")


def dated(value: Any) -> Any:
    """Days as days, all the way down, so that they are written without quotes as everywhere in ``plans/``."""
    if isinstance(value, dict):
        return {key: dated(item) for key, item in value.items()}
    if isinstance(value, list):
        return [dated(item) for item in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def inline(value: Any, style: str | None = None) -> str:
    """A single value on one line of a block; ``style`` is the quote that stands there now."""
    return _first(value, style, lambda text: _reads(f"k: {text} # c", {"k": value}))


def flow(value: Any, style: str | None = None) -> str:
    """Any value on one line inside brackets or braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow_key(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return _first(value, style, lambda text: _reads(f"[{text}, {{k: {text}}}]", [value, {"k": value}]))


def key(name: str) -> str:
    """A key of a block mapping, quoted only where it must be."""
    return name if _reads(f"{name}: 1", {name: 1}) else _quoted(name, '"')


def flow_key(name: str) -> str:
    """A key inside braces, quoted only where it must be."""
    return name if _reads(f"{{{name}: 1}}", {name: 1}) else _quoted(name, '"')


def block(value: Any, style: str | None, column: int, indent: int) -> tuple[str, list[str]] | None:
    """Header and lines of a block of text, or None where the value is none or a block cannot hold it.

    ``style`` is ``|`` or ``>`` where such a block stands there now: it stays one, also for a single line. ``column`` is
    that of the mapping or list that the value stands in; the lines are indented by ``indent`` characters.
    """
    if not isinstance(value, str) or not value.strip() or not (style in ("|", ">") or wants_block(value)):
        return None
    ends = len(value) - len(value.rstrip("\n"))
    chomp = ("-", "", "+")[min(ends, 2)]
    digit = "2" if value[0] in " \n" else ""
    for kind in dict.fromkeys((style if style in ("|", ">") else "|", "|")):
        lines = _lines(value, kind)
        sample = "\n".join("  " + line if line else "" for line in lines)
        if _reads(f"k: {kind}{digit}{chomp} # c\n{sample}\nl: 1\n", {"k": value, "l": 1}):
            return f"{kind}{digit and indent - column}{chomp}", [" " * indent + line if line else "" for line in lines]
    return None


def _lines(value: str, kind: str) -> list[str]:
    """The lines of a block; a folded one needs an empty line for each break, and one paragraph is one line."""
    text = value.removesuffix("\n")
    return (_BREAK.sub("\n\n", text) if kind == ">" else text).split("\n")


def _first(value: Any, style: str | None, fits: Callable[[str], bool]) -> str:
    """The first way of writing a value that reads back as that value.

    Raises:
        EditError: when there is none, because of characters that no file may have.
    """
    hidden = isinstance(value, str) and any(found.flaw is Flaw.HIDDEN for found in flawed(value))
    for text in () if hidden else _written(value, style):
        if not _BREAK.search(text) and fits(text):
            return text
    raise EditError("文字里有看不见的控制字符，或者太长，不能写入文件：请重新输入")


def _written(value: Any, style: str | None) -> Iterator[str]:
    text = value if isinstance(value, str) else ""
    if style in ("'", '"') and isinstance(value, str) and "\n" not in text:
        yield _quoted(text, style)
    yield inline_scalar(dated(value))
    yield _quoted(text, "'")
    yield _quoted(text, '"')
    yield yaml.safe_dump(text, default_style='"', allow_unicode=False, width=_WIDE).strip()


def _quoted(text: str, quote: str) -> str:
    if quote == "'":
        return "'" + text.replace("'", "''") + "'"
    dumped: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=_WIDE)
    return dumped.strip()


def _reads(text: str, value: object) -> bool:
    try:
        return same(load_values(text), value)
    except (ValueProblem, yaml.YAMLError):
        return False
