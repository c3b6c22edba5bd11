r"""YAML text -> plain values, straight from libyaml's events.

Faster than a loader that builds nodes first, and stricter: what an office file never needs is refused with its position
(duplicate keys, anchors, tags, several documents), and scalars mean what they look like: only plain integers, ``true``,
``false`` and ``null`` are special, so 是, no, 010 and 2022-13-40 stay text. Chinese text on several lines is one text.
Characters that nobody sees are not refused here, but where the text of a file is looked at (``characters``); only those
that are written as escapes, ``"\u200b"``, can be seen nowhere else.
"""

from __future__ import annotations

from typing import Any

import yaml

from gongkai.load.yaml_folding import joined
from gongkai.text.characters import Flaw, flawed, named
from gongkai.text.patterns import whole

try:
    from yaml import CLoader as _Loader
except ImportError as error:  # pragma: no cover - an operator's machine, not a code path
    raise ImportError("PyYAML was installed without libyaml; reading would be ten times slower") from error

MAX_DEPTH = 50
MAX_SCALAR_CHARACTERS = 200_000
_INTEGER = whole(r"-?(0|[1-9][0-9]{0,17})")
_WORDS = {"": None, "null": None, "~": None, "true": True, "false": False}


class ValueProblem(Exception):
    """Text that is valid YAML but not acceptable here. ``line`` and ``column`` are 1-based, ``offset`` is 0-based."""

    def __init__(self, code: str, message: str, hint: str, mark: Any) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.line, self.column, self.offset = mark.line + 1, mark.column + 1, mark.index


def load_values(text: str) -> Any:
    """The value of a YAML document.

    Raises:
        ValueProblem: for what is refused, with its position.
        yaml.MarkedYAMLError: for text that is no YAML.
    """
    loader: Any = _Loader(text)
    loader.source = text
    try:
        _skip(loader, yaml.StreamStartEvent)
        if loader.check_event(yaml.StreamEndEvent):
            return None
        _skip(loader, yaml.DocumentStartEvent)
        value = _value(loader, _next(loader), 1)
        _skip(loader, yaml.DocumentEndEvent)
        if not loader.check_event(yaml.StreamEndEvent):
            mark = _next(loader).start_mark
            raise ValueProblem("YAML-07", "一个文件里只能有一份文档", "请删去多余的 --- 和它后面的内容", mark)
        return value
    finally:
        loader.dispose()


def _skip(loader: Any, kind: type[yaml.Event]) -> None:
    event = _next(loader)
    assert isinstance(event, kind), event


def _next(loader: Any) -> yaml.Event:
    event: yaml.Event = loader.get_event()
    return event


def _value(loader: Any, event: yaml.Event, depth: int) -> Any:
    kind = type(event)
    if kind is yaml.AliasEvent or getattr(event, "anchor", None):
        raise ValueProblem(
            "YAML-08", "不能使用锚点（&）和引用（*）", "以 & 或 * 开头的文字请加英文引号", event.start_mark
        )
    if kind is yaml.ScalarEvent:
        return _scalar(loader, event)
    if depth > MAX_DEPTH:
        raise ValueProblem("YAML-09", f"嵌套超过 {MAX_DEPTH} 层", "请检查缩进和括号", event.start_mark)
    if event.tag is not None and not event.implicit:  # type: ignore[attr-defined]
        raise _tagged(event)
    if kind is yaml.MappingStartEvent:
        return _mapping(loader, depth)
    items = []
    while type(inner := loader.get_event()) is not yaml.SequenceEndEvent:
        items.append(_value(loader, inner, depth + 1))
    return items


def _mapping(loader: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while type(event := loader.get_event()) is not yaml.MappingEndEvent:
        if type(event) is not yaml.ScalarEvent or event.anchor:
            raise ValueProblem("YAML-10", "字段名必须是文字", "冒号前面请写字段名", event.start_mark)
        key = event.value
        if key in found:
            raise ValueProblem("YAML-05", f"字段 {key} 写了两次", "请删去一个，或改成别的字段名", event.start_mark)
        if key == "<<":
            raise ValueProblem("YAML-08", "不能使用合并键 <<", "请把内容直接写在这里", event.start_mark)
        found[key] = _value(loader, loader.get_event(), depth + 1)
    return found


def _scalar(loader: Any, event: Any) -> Any:
    text: str = event.value
    if event.tag is not None:
        raise _tagged(event)
    if " " in text and event.style != "|" and event.start_mark.line != event.end_mark.line:
        text = joined(loader.source[event.start_mark.index : event.end_mark.index], event.style or "", text)
    if not event.implicit[0]:
        return _checked(text, event, loader.source)
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return _checked(text, event, loader.source)


def _checked(text: str, event: Any, source: str) -> str:
    if len(text) > MAX_SCALAR_CHARACTERS:
        words = f"一段文字超过 {MAX_SCALAR_CHARACTERS} 字"
        raise ValueProblem("YAML-11", words, "请检查引号是否漏了一半", event.start_mark)
    if event.style == '"' and "\\" in source[event.start_mark.index : event.end_mark.index]:
        hidden = next((each for each in flawed(text) if each.flaw is Flaw.HIDDEN), None)
        if hidden and hidden.written not in source:
            words = f"文字里有看不见的字符（{named(hidden.written[0])}）"
            raise ValueProblem("YAML-12", words, "请去掉反斜杠开头的那一段", event.start_mark)
    return text


def _tagged(event: Any) -> ValueProblem:
    return ValueProblem("YAML-08", f"不能使用标签 {event.tag}", "以 ! 开头的文字请加英文引号", event.start_mark)
