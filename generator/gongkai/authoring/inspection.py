"""``gongkai inspect``: a sheet for self-inspection (自查表) by 检查指标: page, evidence, and what is missing.

Lines that a program can judge say what was looked at and what was found; all others are marked blanks for the office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from gongkai.authoring.paper import BLANK, Cell, Chapter, Grid, Paper
from gongkai.column import urls
from gongkai.column.site_data import SiteData
from gongkai.findings.finding import Finding
from gongkai.law.model import Force, Norm, State
from gongkai.text.dates import printed_day

_HEADS = ("序号", "指标", "要求", "看哪里", "依据", "缺什么")
_WIDTHS = (6, 22, 46, 30, 40, 46)
_MOST = 5
"""Findings that a line names; the others are counted."""
_BY_HAND: tuple[tuple[str, str], ...] = (
    ("站点无法访问", "门户网站的访问记录"),
    ("首页不更新", "门户网站首页"),
    ("互动回应差", "门户网站的互动栏目"),
    ("服务不实用", "门户网站的办事服务栏目"),
)
"""Lines of 单项否决 about the portal, which a column knows nothing of; what they ask for is not repeated here."""
_PAGES: Mapping[str, tuple[str, str]] = {
    "publication.honest": ("全部公文", urls.DOCUMENTS),
    "site.blank": ("法定主动公开内容", urls.DISCLOSURE),
    "site.fresh": ("最近更新", urls.CHANGES),
    "site.links": ("全部网页", urls.HOME),
    "writing": ("全部网页", urls.HOME),
}
"""Where a reader sees what a duty is about."""


class Inspected(Struct, frozen=True):
    """What was looked at: rules by duty, findings of the column, and of the built site (``site``) where one was given.

    ``on_site`` are the rules that judge a built site; ``files`` is how many files that has.
    """

    rules: Mapping[str, Sequence[str]]
    on_site: frozenset[str]
    findings: Sequence[Finding]
    site: str | None
    files: int


def inspection(column: SiteData, looked: Inspected, site_url: str) -> Paper:
    """The sheet: a line for each norm of 检查指标 that holds for the column's districts, then those of the portal."""
    norms = [
        norm
        for norm in column.law.known(column.organs.values())
        if norm.instrument.force is Force.INDICATOR and norm.holds(column.as_of)
    ]
    lines = [_line(norm, looked, site_url) for norm in norms]
    lines += [(f"单项否决指标“{name}”", BLANK, where, BLANK, BLANK) for name, where in _BY_HAND]
    rows = [_HEADS, *((str(at), *line) for at, line in enumerate(lines, 1))]
    cells = [Cell(row, at, text) for row, texts in enumerate(rows) for at, text in enumerate(texts)]
    about = f"检查了网站 {looked.site} 的{looked.files}个文件" if looked.site else "没有检查生成的网站：请写网站的目录"
    return Paper(
        "政府信息公开专栏自查表（草稿）",
        f"截至{printed_day(column.as_of)}。程序能查的写明查了什么；“{BLANK}”请人工检查后填写。{about}。",
        (Chapter("对照检查指标", (), (Grid("检查指标", _WIDTHS, tuple(cells)),)),),
    )


def _line(norm: Norm, looked: Inspected, site_url: str) -> tuple[str, ...]:
    rules = [rule for rule in looked.rules.get(norm.duty, ()) if looked.site or rule not in looked.on_site]
    name, address = _PAGES.get(norm.duty, ("", ""))
    where = f"{name}（{site_url}{address}）" if name and site_url else name or BLANK
    indicator = f"《{norm.instrument.title}》{norm.clause or ''}"
    text = norm.text if norm.state is State.READ else f"{norm.text}（条款文字待核）"
    if not rules:
        return indicator, text, where, BLANK, BLANK
    found = [finding for finding in looked.findings if finding.code in rules]
    evidence = f"程序按{'、'.join(rules)}检查，{f'发现{len(found)}处' if found else '没有发现问题'}"
    missing = [f"{finding.file}：{finding.message}" for finding in found[:_MOST]]
    if len(found) > _MOST:
        missing.append(f"还有{len(found) - _MOST}处")
    return indicator, text, where, evidence, "\n".join(missing) or "程序没有发现"
