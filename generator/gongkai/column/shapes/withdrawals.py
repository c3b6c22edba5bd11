"""The list of withdrawals: what is no longer published, since when and why, without a word of what it said."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gongkai.column.shapes.base import Day, Shape, Text

Address = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9_-]+/)+$", max_length=400)]


class WithdrawalShape(Shape):
    """一次撤回，由 gongkai withdraw 写入。"""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9/._-]+$", max_length=400)] = Field(
        description="撤回的是什么：文件、事项或附件的编号，或者 content/ 里的文件"
    )
    date: Day = Field(description="哪一天撤回")
    reason: Text = Field(description="为什么撤回，读者会看到；不要写撤回的内容")
    addresses: list[Address] = Field(default_factory=list, description="原来的网址；读者打开会看到已经撤回")
    restored: Day | None = Field(default=None, description="重新公开的，写从哪一天起；没有就不写")


class WithdrawalsFile(Shape):
    """plans/withdrawn.yml：撤回名单。已经写下的不删去。"""

    kind: Literal["withdrawals"]
    withdrawn: list[WithdrawalShape]
