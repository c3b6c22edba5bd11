"""The texts that rules cite, by the names people use, so that one text is always cited in the same words."""

from __future__ import annotations

DECISIONS = "《重大行政决策程序暂行条例》（国务院令第713号）"
OPENNESS = "《政府信息公开条例》（国务院令第711号）"
SHANDONG_DECISIONS = "《山东省重大行政决策程序规定》（省政府令第336号）"
SHANDONG_PARTICIPATION = "《山东省重大行政决策公众参与工作办法》（2025年10月1日起施行）"
LAIWU_2021 = "莱芜政办发〔2021〕3号"
CHANGQING_2022 = "济长政办发〔2022〕2号"
LAIWU_2025 = "2025年莱芜区政务公开工作要点"
OFFICIAL_FORM = "《党政机关公文格式》（GB/T 9704-2012）"
WEB_GUIDELINES = "《政府网站发展指引》（国办发〔2017〕47号）"
WEB_INSPECTION = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）"
COLUMN_FORM = "国办公开办函〔2019〕61号"
RULES_COLLECTED = "国办公开办函〔2021〕33号"
ANNUAL_REPORT = "国办公开办函〔2021〕30号"
PERSONAL_DATA = "《个人信息保护法》"


def article(text: str, *numbers: str) -> str:
    """A citation with its articles: 《…》第十五条、第十六条."""
    return text + "、".join(f"第{number}条" for number in numbers)
