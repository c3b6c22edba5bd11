"""Questions about the whole column that have a short answer.

Whoever counts all records to show a number depends on the number, not on the records: a page that asks such a question
is made again when the answer is another one. Arguments are plain values, so that the question can be kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from gongkai.column.site_data import SiteData

QUESTIONS: dict[str, Callable[..., Any]] = {}
"""By name: the function that answers from a column."""
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def question(
    answer: Callable[Concatenate[SiteData, Arguments], Answer],
) -> Callable[Concatenate[SiteData, Arguments], Answer]:
    """Have a function of a column, which must do nothing but read, asked as one question."""
    name = f"{answer.__module__}.{answer.__qualname__}"
    QUESTIONS[name] = answer

    @wraps(answer)
    def ask(column: SiteData, *arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
        return cast(Answer, column.ask(name, answer, *arguments, **named))

    return cast(Callable[Concatenate[SiteData, Arguments], Answer], ask)
