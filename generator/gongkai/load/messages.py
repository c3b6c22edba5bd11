"""Shape errors in words an office clerk understands: what is wrong, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pydantic import BaseModel

from gongkai.column.shapes.base import is_identifier
from gongkai.load.suggestions import (
    choice_labels,
    labels,
    meant_boolean,
    meant_choice,
    meant_day,
    meant_fields,
    meant_identifier,
    meant_number,
    meant_section,
)
from gongkai.text.patterns import anywhere, whole

_BETWEEN = anywhere(r"[、，,；;\s【】\[\]]+")
_ID = whole(r"[a-z][a-z0-9/-]*")

Path = tuple[str | int, ...]


class Message(NamedTuple):
    """A shape error: where, whether to point at the key, the words, and a field that is missing there.

    ``instead`` is what should be written in place of the value or key, where there is no doubt.
    """

    code: str
    path: Path
    at_key: bool
    text: str
    hint: str | None
    missing: str | None = None
    instead: str | None = None


_NOTHING = "nothing"
_TYPES = {
    _NOTHING: (
        "SHAPE-03",
        "后面没有内容",
        "请填写；可以不写的字段，没有内容就不写；内容以 # 开头的，整段加英文引号，不然算作注释",
    ),
    "string_type": ("SHAPE-03", "应当是文字", "数字、true、false 要作为文字时请加英文引号"),
    "int_type": ("SHAPE-03", "应当是整数", None),
    "int_parsing": ("SHAPE-03", "应当是整数", "只写数字，不加引号和单位"),
    "int_from_float": ("SHAPE-03", "应当是整数", None),
    "bool_type": ("SHAPE-03", "应当是 true 或 false", None),
    "bool_parsing": ("SHAPE-03", "应当是 true 或 false", None),
    "list_type": ("SHAPE-03", "应当是列表", "每一条单独一行，以“- ”开头；只有一条也要这样写"),
    "dict_type": ("SHAPE-03", "应当是一组“字段: 内容”", None),
    "model_type": ("SHAPE-03", "应当是一组“字段: 内容”", None),
    "date_form": ("SHAPE-04", "不是日期", "请写成 2021-06-17 的样子"),
    "date_impossible": ("SHAPE-04", "没有这一天", "请核对月份和日期"),
    "string_too_short": ("SHAPE-06", "不能为空", "没有内容就不写这个字段"),
    "too_short": ("SHAPE-06", "至少要有一条", None),
    "law_clause": ("LAW-01", "读过全文的规定没有写条款", "请填写 clause；还没有读到条文的，写 state: unconfirmed"),
    "law_until": ("LAW-02", "年度工作要点没有写适用到哪天", "请填写 until，一般是当年最后一天：它只管当年"),
    "law_order": ("LAW-02", "失效的日子早于施行的日子", "请核对 in_force 和 until"),
    "law_pattern": (
        "SHAPE-07",
        "pattern 不是能用的编号格式",
        r'只能写文字、\d、[A-Z] 这样的一类字和次数 {2}、{2,6}，长短不定的至多四处，如 "[A-Z]{2,6}R-\\d{4}-\\d{7}"',
    ),
    "organ_since": ("SHAPE-02", "写了 former，没有写现在的名称从哪天起用", "请填写 since"),
    "stages_duty": ("SHAPE-02", "没有写 duty", "写 duty: directory.stages，文件和条款写在 law-<区县>.yml"),
    "law_organ": ("LAW-03", "写了 confirmed，没有写是哪个区县确认的", "请在最外层填写 organ"),
}
_TEXT = "constrained-str"
_BRANCHES = ("DocumentShape", "ColumnShape", _TEXT)
"""What pydantic calls the branches of unions: fields that are a mapping or a text."""
_PATTERNS = {
    "id": "编号只能用小写字母、数字和连字符，以字母开头，如 laiwu-2021",
    "division": '写成加英文引号的六位数字，如 "410703"（GB/T 2260）',
    "section": "写成 1 或 1-2 的样子，表示 一 或 一（二）",
}


_MEANT: dict[str, Callable[[object], str | None]] = {
    "date_form": meant_day,
    "int_type": meant_number,
    "int_parsing": meant_number,
    "bool_type": meant_boolean,
    "bool_parsing": meant_boolean,
}


def shape_messages(model: type[BaseModel], errors: list[Any], stem: str = "") -> list[Message]:
    """Pydantic's errors of one file as messages, in the order of the file; noise of unions is left out.

    ``stem`` is the name of the file without its ending, which the id of a record should be.
    """
    kept = [error for error in errors if not _is_noise(error, errors)]
    return [_message(model, error, stem) for error in kept]


def _is_noise(error: Any, errors: list[Any]) -> bool:
    """A union reports every branch; the branch for another type of value is no help when one branch fits better."""
    path = error["loc"]
    for at, step in enumerate(path):
        if step in _BRANCHES:
            siblings = [e for e in errors if len(e["loc"]) > at and e["loc"][:at] == path[:at]]
            deeper = {e["loc"][at] for e in siblings if e["loc"][at] != _TEXT and e["type"] != "model_type"}
            return len({e["loc"][at] for e in siblings}) > 1 and step not in (deeper or {_TEXT})
    return False


def _clean(path: tuple[Any, ...]) -> Path:
    return tuple(step for step in path if step not in _BRANCHES)


def _kind(error: Any) -> str:
    """What pydantic calls an error; nothing at all, and blanks alone, go by one name whatever should stand there."""
    kind, given = str(error["type"]), error.get("input", "")
    if kind.endswith("_type") and given is None:
        return _NOTHING
    return "string_too_short" if kind == "string_pattern_mismatch" and not str(given).strip() else kind


def _message(model: type[BaseModel], error: Any, stem: str) -> Message:
    path, kind = _clean(error["loc"]), _kind(error)
    context = error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(model, path)
    if kind == "missing":
        return _missing_field(model, path)
    if kind in ("literal_error", "enum"):
        return _other_choice(model, path, error)
    if kind == "string_pattern_mismatch":
        return _other_form(path, error.get("input"), stem)
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = f"不小于 {context['ge']}" if "ge" in context else f"不大于 {context['le']}"
        return Message("SHAPE-08", path, False, f"{_label(path)}超出范围", f"应当{limit}")
    if kind == "string_too_long":
        return Message("SHAPE-08", path, False, f"{_label(path)}太长", f"最多 {context['max_length']} 个字")
    if kind == "string_type" and isinstance(error.get("input"), list | dict):
        return _list_for_text(path, error["input"])
    code, text, remedy = _TYPES.get(kind, ("SHAPE-09", "写法不对", "请对照编辑手册中的样例"))
    meant = _MEANT[kind](error.get("input")) if kind in _MEANT else None
    if kind == "list_type":
        meant = _list_of(error.get("input"))
    hint = f"请写成 {meant}" if meant else remedy
    return Message(code, path, False, f"{_label(path)}{text}", hint, instead=meant)


def _unknown_field(model: type[BaseModel], path: Path) -> Message:
    name, owner = str(path[-1]), _owner(model, path[:-1])
    if "：" in name:
        words, hint = f"字段名 {name} 里有中文冒号", "字段名后面请用英文冒号加一个空格“: ”"
        return Message("SHAPE-01", path, True, words, hint, instead=name.replace("：", ": ", 1))
    words = f"未知字段 {name}"
    if meant := meant_fields(owner, name):
        hint = f"字段名用英文，请写 {'、'.join(meant)}"
        return Message("SHAPE-01", path, True, words, hint, instead=meant[0] if len(meant) == 1 else None)
    near = difflib.get_close_matches(name, fields_at(model, path[:-1]), n=1, cutoff=0.5)
    if near:
        return Message("SHAPE-01", path, True, words, f"是否想写 {near[0]}？", instead=_sure(name, near[0]))
    known = "、".join(f"{each}（{label}）" if label else each for each, label in (labels(owner) if owner else ()))
    return Message("SHAPE-01", path, True, words, f"这里可以写：{known}" if known else "可用的字段见编辑手册")


_SURE = 0.85


def _sure(written: str, near: str) -> str | None:
    """A known field that differs by a letter or so, as ``fix`` may write it."""
    return near if difflib.SequenceMatcher(None, written, near).ratio() >= _SURE else None


def _missing_field(model: type[BaseModel], path: Path) -> Message:
    name, about = str(path[-1]), _description(model, path)
    return Message("SHAPE-02", path[:-1], False, f"缺少字段 {name}", f"{name}：{about}" if about else None, name)


def _other_choice(model: type[BaseModel], path: Path, error: Any) -> Message:
    expected = str(error.get("ctx", {}).get("expected", ""))
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    named = choice_labels(choices, _description(model, path))
    meant = meant_choice(error.get("input"), choices, named)
    shown = "、".join(f"{choice}（{named[choice]}）" if choice in named else choice for choice in choices)
    near = difflib.get_close_matches(str(error.get("input")), choices, n=1, cutoff=0.5)
    hint = f"请写 {meant}" if meant else f"可以写：{shown}" + (f"；是否想写 {near[0]}？" if near else "")
    words = f"{_label(path)}的内容不在可选范围内"
    return Message("SHAPE-05", path, False, words, hint, instead=meant)


def _other_form(path: Path, value: object, stem: str) -> Message:
    name = str(path[-1])
    meant = None
    if name == "section":
        meant = meant_section(value)
    elif path == ("id",):
        meant = stem if is_identifier(stem) else meant_identifier(value)
    how = _PATTERNS.get(name, _PATTERNS["id"])
    hint = f"请写成 {meant}：{how}" if meant else how
    return Message("SHAPE-07", path, False, f"{_label(path)}的写法不对", hint, instead=meant)


def _list_for_text(path: Path, value: Any) -> Message:
    what = "列表" if isinstance(value, list) else "一组字段"
    words = f"{_label(path)}应当是一段文字，不是{what}"
    if value and isinstance(value, list) and isinstance(path[-1], str) and all(isinstance(item, str) for item in value):
        hint = f"请写成一行，如 {path[-1]}: {'、'.join(value)}"
    else:
        hint = "请写成一行；[ ]、{ } 或 - 开头的要去掉，或者整段加英文引号"
    return Message("SHAPE-03", path, False, words, hint)


def _list_of(value: object) -> str | None:
    """A single text, or several with marks between them, as a list in brackets: only ids, for a text may hold marks."""
    parts = [part for part in _BETWEEN.split(value) if part] if isinstance(value, str) else []
    return f"[{', '.join(parts)}]" if parts and all(_ID.fullmatch(part) for part in parts) else None


def _label(path: Path) -> str:
    """What a message speaks of; a blank parts a field's name from the words that follow."""
    if path and isinstance(path[-1], int):
        owner = next((step for step in reversed(path) if isinstance(step, str)), "列表")
        return f"{owner} 的第{path[-1] + 1}条"
    return f"{path[-1]} " if path else "文件"


def _owner(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The shape that a path leads to, following fields by name and skipping list positions."""
    current: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int) or current is None:
            continue
        field = current.model_fields.get(step)
        current = _shape_in(field.annotation) if field else None
    return current


def _shape_in(annotation: Any) -> type[BaseModel] | None:
    return next(iter(_shapes_in(annotation)), None)


def all_fields(models: Iterable[type[BaseModel]]) -> frozenset[str]:
    """Every field of these shapes and of those in them."""
    found: set[str] = set()
    waiting, seen = list(models), set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            found.add(field.alias or name)
            waiting += _shapes_in(field.annotation)
    return frozenset(found)


def _shapes_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [shape for inner in getattr(annotation, "__args__", ()) for shape in _shapes_in(inner)]


def fields_at(model: type[BaseModel] | None, path: Path) -> list[str]:
    """The keys of the mapping at a path, in the order of the schema, the file's ``kind`` first; none where unknown."""
    owner = _owner(model, path) if model else None
    names = [field.alias or name for name, field in owner.model_fields.items()] if owner else []
    return names if path else sorted(names, key=lambda name: name != "kind")


def _description(model: type[BaseModel], path: Path) -> str | None:
    owner = _owner(model, path[:-1])
    field = owner.model_fields.get(str(path[-1])) if owner else None
    return field.description if field else None
