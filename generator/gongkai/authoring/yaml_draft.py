"""A draft as YAML: keys in the order given, texts verbatim, and a ``# 待核`` comment wherever a value was guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import yaml
from msgspec import Struct

from gongkai.text.patterns import anywhere

CHECK = "# 待核"
_WIDE = 10**9
_INDENT = "  "
_BREAKS = anywhere("[\n\x85\u2028\u2029]")


class Guess(Struct, frozen=True):
    """A value to check; ``why`` tells the editor what, in Chinese. ``printed`` values are verbatim, only doubtful."""

    value: object
    why: str
    printed: bool = False


class Remark(Struct, frozen=True):
    """A comment line of its own; as a value under any key, it stands where the key would."""

    text: str


def settled(value: object) -> object:
    """The value without its remark, all the way down: what the YAML says."""
    match value:
        case Guess():
            return settled(value.value)
        case Mapping():
            return {key: settled(item) for key, item in value.items() if not isinstance(item, Remark)}
        case list() | tuple():
            return [settled(item) for item in value if not isinstance(item, Remark)]
        case _:
            return value


def write_draft(data: Mapping[str, object], head: Sequence[str] = ()) -> str:
    """The draft's text; ``head`` are comment lines for its top."""
    lines = [f"# {line}" if line else "#" for line in head]
    lines += _mapping(data, "")
    return "\n".join(lines) + "\n"


def _mapping(data: Mapping[str, object], indent: str) -> Iterator[str]:
    for key, item in data.items():
        yield from entry_lines(f"{indent}{inline_scalar(key)}:", item, indent)


def entry_lines(label: str, item: object, indent: str) -> Iterator[str]:
    """The lines of ``label`` with its value: on its line when short, below it a list, a mapping or paragraphs."""
    remark = ""
    while isinstance(item, Guess):
        remark, item = f"  {CHECK}：{_one_line(item.why)}", item.value
    match item:
        case Remark():
            yield f"{indent}{_comment(item.text)}"
        case Mapping() if item:
            yield label + remark
            yield from _mapping(item, indent + _INDENT)
        case list() | tuple() if item:
            yield label + remark
            yield from item_lines(item, indent + _INDENT)
        case Mapping():
            yield f"{label} {{}}{remark}"
        case list() | tuple():
            yield f"{label} []{remark}"
        case str() if wants_block(item):
            yield f"{label} |-{remark}"
            yield from (f"{indent}{_INDENT}{line}" if line else "" for line in item.split("\n"))
        case _:
            yield f"{label} {inline_scalar(item)}{remark}"


def item_lines(items: Sequence[object], indent: str) -> Iterator[str]:
    """The lines of the items of a list, each behind a dash that is indented by ``indent``."""
    for item in items:
        value, why = (item.value, item.why) if isinstance(item, Guess) else (item, "")
        if isinstance(value, Remark):
            yield f"{indent}{_comment(value.text)}"
        elif isinstance(value, Mapping) and value:
            if why:
                yield f"{indent}{CHECK}：{_one_line(why)}"
            body = list(_mapping(value, indent + _INDENT))
            first = next((at for at, line in enumerate(body) if not line.lstrip().startswith("#")), 0)
            yield from (line for line in body[:first])
            yield f"{indent}- {body[first].lstrip()}"
            yield from body[first + 1 :]
        else:
            yield from entry_lines(f"{indent}-", item, indent)


def _comment(text: str) -> str:
    return "# " + _one_line(text)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def wants_block(text: str) -> bool:
    """Several paragraphs are written as a block, unless odd white space would not survive it."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(lines[0].strip())
        and bool(lines[-1])
        and all(line == line.strip() for line in lines)
        and _printable(text)
    )


def _printable(text: str) -> bool:
    return all(char == "\n" or (char.isprintable() and char != "\ufeff") or char == "\u3000" for char in text)


def inline_scalar(value: object) -> str:
    """A value on one line, quoted only where YAML would read it as something else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return (
        yaml.safe_dump(text, allow_unicode=True, width=_WIDE, default_style='"' if _BREAKS.search(text) else None)
        .removesuffix("\n")
        .removesuffix("\n...")
    )
