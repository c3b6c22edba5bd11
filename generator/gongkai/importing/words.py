"""What editors call a field, in reports of imports."""

from __future__ import annotations

from gongkai.authoring.difference.values import authored_words
from gongkai.column.shapes.base import Shape

_NAMES = {
    "title": "标题",
    "text": "正文",
    "units": "责任单位",
    "deadline": "完成时限",
    "area": "工作任务（一级）",
    "topic": "工作任务（二级）",
    "rows": "任务",
    "sections": "章节",
    "decisions": "决策事项",
    "projects": "项目",
    "categories": "分类",
    "items": "条目",
    "kind": "文件种类",
    "organizers": "承办单位",
    "document": "公文",
    "cells": "表中各栏",
    "preamble": "总体要求",
    "task_table": "任务分解表",
    "tags": "标签",
    "announced": "宣布的个数",
    "body": "通知正文",
}


def word_of(shape: type[Shape], key: str) -> str:
    """The word for a key of a file of this shape; heads of tables are words already."""
    return _NAMES.get(key) or authored_words(shape).get(key, key).removesuffix(" YYYY-MM-DD")
