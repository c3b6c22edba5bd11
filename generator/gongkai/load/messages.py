"""Shape errors in words an office clerk understands: what is wrong, and what to write instead."""

from __future__ import annotations

import difflib
from typing import Any, NamedTuple

from pydantic import BaseModel

Path = tuple[str | int, ...]


class Message(NamedTuple):
    """A shape error: where, whether to point at the key, the words, and a field that is missing there."""

    code: str
    path: Path
    at_key: bool
    text: str
    hint: str | None
    missing: str | None = None


_TYPES = {
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
    "organ_since": ("SHAPE-02", "写了 former，没有写现在的名称从哪天起用", "请填写 since"),
    "stages_duty": ("SHAPE-02", "没有写 duty", "写 duty: directory.stages，文件和条款写在 law-<区县>.yml"),
    "law_organ": ("LAW-03", "写了 confirmed，没有写是哪个区县确认的", "请在最外层填写 organ"),
}
_MOVED = {
    "citation": "改写 duty（如 directory.stages）；文件和条款写在 plans/vocabularies/law-<区县>.yml",
    "adoption_within": "写在 plans/vocabularies/law-<区县>.yml：一条 duty: adoption.publish 的规定，span 是多长时间",
}
_TEXT = "constrained-str"
_BRANCHES = ("DocumentShape", "ColumnShape", _TEXT)
"""What pydantic calls the branches of unions: fields that are a mapping or a text."""
_PATTERNS = {
    "id": "编号只能用小写字母、数字和连字符，以字母开头，如 laiwu-2021",
    "division": '写成加英文引号的六位数字，如 "410703"（GB/T 2260）',
    "section": "写成 1 或 1-2 的样子，表示 一 或 一（二）",
}


def shape_messages(model: type[BaseModel], errors: list[Any]) -> list[Message]:
    """Pydantic's errors of one file as messages, in the order of the file; noise of unions is left out."""
    kept = [error for error in errors if not _is_noise(error, errors)]
    return [_message(model, error) for error in kept]


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


def _message(model: type[BaseModel], error: Any) -> Message:
    path, kind = _clean(error["loc"]), error["type"]
    name = str(path[-1]) if path else ""
    context = error.get("ctx", {})
    if kind == "extra_forbidden":
        if name in _MOVED and path[0] in ("stages", "sets"):
            return Message("SHAPE-01", path, True, f"{name} 不再写在这里", _MOVED[name])
        near = difflib.get_close_matches(name, fields_at(model, path[:-1]), n=1, cutoff=0.5)
        if "：" in name:
            return Message(
                "SHAPE-01", path, True, f"字段名 {name} 里有中文冒号", "字段名后面请用英文冒号加一个空格“: ”"
            )
        hint = f"是否想写 {near[0]}？" if near else "可用的字段见编辑手册；不需要就删去这一行"
        return Message("SHAPE-01", path, True, f"未知字段 {name}", hint)
    if kind == "missing":
        about = _description(model, path)
        return Message("SHAPE-02", path[:-1], False, f"缺少字段 {name}", f"{name}：{about}" if about else None, name)
    if kind in ("literal_error", "enum"):
        return Message("SHAPE-05", path, False, f"{name} 的内容不在可选范围内", f"可以写：{_choices(context)}")
    if kind == "string_pattern_mismatch":
        how = _PATTERNS.get(name, _PATTERNS["id"])
        return Message("SHAPE-07", path, False, f"{_label(path)} 的写法不对", how)
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = f"不小于 {context['ge']}" if "ge" in context else f"不大于 {context['le']}"
        return Message("SHAPE-08", path, False, f"{_label(path)} 超出范围", f"应当{limit}")
    if kind == "string_too_long":
        return Message("SHAPE-08", path, False, f"{_label(path)} 太长", f"最多 {context['max_length']} 个字")
    if kind == "string_type" and isinstance(error.get("input"), list | dict):
        return Message(
            "SHAPE-03", path, False, f"{_label(path)} 应当是一段文字，不是列表", "请写成一行；[ ] 或 - 开头的要去掉"
        )
    code, text, remedy = _TYPES.get(kind, ("SHAPE-09", "写法不对", "请对照编辑手册中的样例"))
    return Message(code, path, False, f"{_label(path)} {text}", remedy)


def _label(path: Path) -> str:
    if path and isinstance(path[-1], int):
        owner = next((step for step in reversed(path) if isinstance(step, str)), "列表")
        return f"{owner} 的第 {path[-1] + 1} 条"
    return str(path[-1]) if path else "文件"


def _choices(context: dict[str, Any]) -> str:
    return str(context.get("expected", "")).replace("'", "").replace(" or ", "、").replace(", ", "、")


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
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _shape_in(inner)
        if found:
            return found
    return None


def fields_at(model: type[BaseModel] | None, path: Path) -> list[str]:
    """The keys of the mapping at a path, in the order of the schema, the file's ``kind`` first; none where unknown."""
    owner = _owner(model, path) if model else None
    names = [field.alias or name for name, field in owner.model_fields.items()] if owner else []
    return names if path else sorted(names, key=lambda name: name != "kind")


def _description(model: type[BaseModel], path: Path) -> str | None:
    owner = _owner(model, path[:-1])
    field = owner.model_fields.get(str(path[-1])) if owner else None
    return field.description if field else None
