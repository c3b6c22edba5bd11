"""What a rule rests on where no text of law asks for it; texts of law are data (:mod:`gongkai.law`)."""

from __future__ import annotations

from datetime import date

from gongkai.column.rulebook import Retired

PRACTICE = "参考做法"
"""Stands where no text asks for it: good practice, never a duty, and never about being late."""
CONSISTENT = "参考做法：文件自身前后一致"
TECHNICAL = "技术做法"
OWN_VALIDITY = "文件自己写明的有效期"
OWN_ANSWER = "公告自己写明的答复日期（answer_due）"
NOTICES = "国务院办公厅每年部分节假日安排的通知"

RETIRED = {
    "PUB-02": Retired(
        "成文、印发、公开依次不早于前一个日期。",
        date(2026, 11, 26),
        "《政府信息公开条例》没有要求先印发再公开：在网上先公开的公文不违反任何规定。只有日期准确这一条还在检查。",
        "PUB-06",
    ),
}
"""Ids that waivers and links may still name; they are never given again."""

FALLBACKS = frozenset({PRACTICE, CONSISTENT, TECHNICAL})
"""Said only where no text binds; the others stand beside the texts."""


def grounds(law: str, basis: str) -> str:
    """What is cited: the texts that bind, and what the rule rests on besides or instead."""
    return law if law and basis in FALLBACKS else "；".join(filter(None, (law, basis)))
