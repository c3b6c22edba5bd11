"""JSON Schemas of everything editors write, with the Chinese meaning of every field, for editors such as VS Code."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from gongkai.column.shapes import Shape
from gongkai.column.shapes.form import EACH, FieldType, FormField, form_of
from gongkai.load.files import KIND_LABELS, SHAPES, holds_records
from gongkai.text.patterns import anywhere

_HAN = anywhere("[\u4e00-\u9fff]")
DIRECTORY = "plans/schemas"


def schema_files() -> dict[str, str]:
    """Every schema by file name: one for each kind of file, which names the kind as its first field."""
    return {f"{kind}.json": _schema(kind, model) for kind, model in SHAPES.items()}


_TYPES = {
    FieldType.TEXT: "文字",
    FieldType.ID: "编号",
    FieldType.DAY: "日期",
    FieldType.NUMBER: "数字",
    FieldType.FLAG: "true 或 false",
    FieldType.CHOICE: "选一个",
    FieldType.MAPPING: "名称和文字",
    FieldType.GROUP: "一组",
}


_PAGE = """\
# 全部字段

各种文件可以写的全部字段，由程序写出：`gongkai schema --fields all`。“必填”的没有就不能通过检查；其他的不知道就不填。
缩进的字段写在上一行那个字段里面。怎样写、写在哪里，见编辑手册。
"""


def handbook_page() -> str:
    """The page of the handbook that lists the fields of every kind of file, as Markdown."""
    parts = [_PAGE]
    for title, records in (("公开的文件", True), ("词表和名录", False)):
        parts.append(f"## {title}\n")
        parts += [
            f"### {label}（kind: {kind}）\n\n```text\n{field_list(kind)}```\n"
            for kind, label in KIND_LABELS.items()
            if holds_records(kind) is records
        ]
    return "\n".join(parts)


def field_list(kind: str) -> str:
    """The fields of a kind of file as its form asks for them, one a line, those of a group below it."""
    return "".join(f"{_line(field)}\n" for field in form_of(SHAPES[kind]))


def _line(field: FormField) -> str:
    depth = len(field.path) - field.path.count(EACH) - 1
    types = [_TYPES[field.type], *([_TYPES[field.or_type]] if field.or_type else [])]
    facts = ["必填"] if field.required else []
    facts += [f"{'或'.join(types)}{'，可以多个' if field.many else ''}"]
    words = f"{field.label}（{'；'.join(facts)}）"
    more = [f"可以写：{'、'.join(field.choices)}"] if field.choices else []
    more += [field.help] if field.help and not all(choice in field.help for choice in field.choices or [""]) else []
    return f"{'  ' * depth}{field.name}  {words}{'：' if more else ''}{'；'.join(more)}"


def modeline(path: str, kind: str) -> str:
    """The first line of a YAML file that tells its schema; ``path`` is relative to the repository."""
    depth = len(PurePosixPath(path).parts) - 2
    return f"# yaml-language-server: $schema={'../' * depth}schemas/{kind}.json"


def _schema(kind: str, model: type[Shape]) -> str:
    schema = model.model_json_schema()
    _tidy(schema)
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
    whole["description"] = (model.__doc__ or kind).strip()
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _tidy(value: Any) -> None:
    """Leave out what only repeats field names in English, and say dates in the form that editors type."""
    if isinstance(value, dict):
        if isinstance(value.get("title"), str):
            del value["title"]
        if isinstance(value.get("description"), str) and not _HAN.search(value["description"]):
            del value["description"]  # the docstring of an enumeration: for developers
        if value.get("format") == "date":
            del value["format"]
            value["pattern"] = r"^\d{4}-\d{2}-\d{2}$"
        if value.get("default", 0) is None:
            del value["default"]
        for inner in value.values():
            _tidy(inner)
    elif isinstance(value, list):
        for inner in value:
            _tidy(inner)
