"""Ids of records. They are promises: the open data, links between records and permanent addresses use them."""

from __future__ import annotations


def section(plan_id: str, key: str) -> str:
    """Id of a heading, for example ``shili-2021/sections/1-2``."""
    return f"{plan_id}/sections/{key}"


def task(plan_id: str, number: int) -> str:
    """Id of a task, for example ``shili-2022/tasks/22``."""
    return f"{plan_id}/tasks/{number}"


def item(list_id: str, number: int) -> str:
    """Id of a decision or project, for example ``shili-2021-decisions/3``."""
    return f"{list_id}/{number}"


def question(document_id: str, number: int) -> str:
    """Id of a question that an interpretation answers, for example ``shili-yanglao-wenda/questions/1``."""
    return f"{document_id}/questions/{number}"
