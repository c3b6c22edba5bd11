"""The texts that rules cite, by the names people use, so that one text is always cited in the same words."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

DECISIONS = "《重大行政决策程序暂行条例》（国务院令第713号）"
OPENNESS = "《政府信息公开条例》（国务院令第711号）"
COMPETITION = "《公平竞争审查条例》"
OFFICIAL_FORM = "《党政机关公文格式》（GB/T 9704-2012）"
OFFICIAL_HANDLING = "《党政机关公文处理工作条例》"
ALL_STAGES_OPEN = "国办发〔2016〕80号"
CATALOGUES = "国办发〔2019〕54号"
WEB_GUIDELINES = "《政府网站发展指引》（国办发〔2017〕47号）"
WEB_INSPECTION = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）"
COLUMN_FORM = "国办公开办函〔2019〕61号"
ANNUAL_REPORT = "国办公开办函〔2021〕30号"
PERSONAL_DATA = "《个人信息保护法》"
ACCESSIBILITY = "GB/T 37668-2019；《无障碍环境建设法》第三十二条"

PRACTICE = "参考做法"
"""Stands where no text asks for it: good practice, never a duty."""
CONSISTENT = "参考做法：文件自身前后一致"
TECHNICAL = "技术做法"


class LocalText(NamedTuple):
    """A text that binds one province, city or district only: its words, its issuer's code, the day it took effect."""

    words: str
    division: str
    since: date | None = None


SHANDONG_DECISIONS = LocalText("《山东省重大行政决策程序规定》（省政府令第336号）第四条", "370000", date(2021, 1, 1))
SHANDONG_PARTICIPATION = LocalText("《山东省重大行政决策公众参与工作办法》", "370000", date(2025, 10, 1))
SHANDONG_NUMBERS = LocalText("本省规范性文件登记号的格式", "370000")
SHANDONG_DIRECTORIES = LocalText("《山东省重大行政决策事项目录管理办法》第十五条", "370000", date(2023, 1, 1))
"""Its first day is not known; a notice of the province of 2023 cites it as in force."""


def article(text: str, *numbers: str) -> str:
    """A citation with its articles: 《…》第十五条、第十六条."""
    return text + "、".join(f"第{number}条" for number in numbers)
