"""Columns of a decision directory that stand for a stage of the procedure (决策草案、会议审议、决策结果 …)."""

from __future__ import annotations

import re

from gongkai.column.vocabularies import Vocabularies

_WORDS = (
    ("draft", r"草案"),
    ("background", r"背景|概述|说明"),
    ("consultation", r"意见征集|征求意见|预公开|公众参与"),
    ("adoption", r"采纳|反馈"),
    ("expert", r"专家"),
    ("risk", r"风险"),
    ("legality", r"合法性"),
    ("meeting", r"会议|审议"),
    ("result", r"结果|决定|出台"),
    ("evaluation", r"评估|评价"),
)


def stage_of(label: str, vocabularies: Vocabularies | None) -> str | None:
    """The id of the stage that a heading names, when the vocabulary has such a stage."""
    kinds = vocabularies.stage_kinds if vocabularies else {}
    for stage in kinds.values():
        if label in stage.name or stage.name in label:
            return stage.id
    return next((stage for stage, pattern in _WORDS if re.search(pattern, label) and stage in kinds), None)
