"""Rules on what a page may load and tell: nothing from other hosts, nothing inline, nothing private, nothing heavy."""

from __future__ import annotations

from pathlib import PurePosixPath

from gongkai.rules import laws
from gongkai.rules.rule import E, W
from gongkai.rules.site.links import parts_of
from gongkai.rules.site.markup import Place
from gongkai.rules.site.reading import BuiltPage
from gongkai.rules.site.rule import TOP, BuiltSite, SiteSettings, SiteTopic, SiteViolation, Violations
from gongkai.text.personal_data import private_data, private_data_in_markup
from gongkai.text.place import line_and_column

TOPIC = SiteTopic("安全和速度")
MAX_PAGE = 3_000_000
"""Bytes. A page of this size takes a phone on a slow network (1 Mbit/s) half a minute."""

_MARKUP = {".html", ".xml"}
_TEXT = {".html", ".json", ".csv", ".xml", ".ics", ".jsonld", ".txt"}


@TOPIC.page("SEC-01", "不向其他网站请求任何内容。", basis=laws.TECHNICAL, severity=E)
def foreign_requests(page: BuiltPage, _: SiteSettings) -> Violations:
    """Scripts, styles, pictures, frames and forms."""
    for reference, place in page.loads:
        parts = parts_of(reference)
        if parts.elsewhere and parts.scheme != "data":
            yield SiteViolation(page.name, place, f"向其他网站请求内容 {reference}")


@TOPIC.page("SEC-02", "没有内嵌的脚本和样式，内容安全策略才能真正起作用。", basis=laws.TECHNICAL, severity=E)
def inline_code(page: BuiltPage, _: SiteSettings) -> Violations:
    """Script and style elements, style attributes, event handlers."""
    for tag, place in page.inline:
        yield SiteViolation(page.name, place, f"页面里有内嵌的脚本或样式（{tag}）")


@TOPIC.site("SEC-03", "网站里没有指向别处的链接文件。", basis=laws.TECHNICAL, severity=E)
def symlinks(site: BuiltSite) -> Violations:
    """What is served is what was built."""
    for name in site.links:
        yield SiteViolation(name, TOP, "不能是链接文件")


@TOPIC.file("PRIV-03", "发布的任何文件里没有身份证号、手机号码、银行卡号。",
            duty="privacy", severity=E)  # fmt: skip
def private_numbers(name: str, content: bytes) -> Violations:
    """Pages, data, feeds and calendars."""
    suffix = PurePosixPath(name).suffix
    if suffix in _TEXT:
        look = private_data_in_markup if suffix in _MARKUP else private_data
        text = content.decode("utf-8", "replace")  # others may have put something there
        for datum in look(text):
            place = Place(*line_and_column(text, datum.start))
            yield SiteViolation(name, place, f"有{datum.kind} {datum.masked}")


@TOPIC.page("PERF-01", "页面不大，慢的网络也能打开。", basis=laws.TECHNICAL, severity=W)
def heavy_page(page: BuiltPage, facts: SiteSettings) -> Violations:
    """The limit is a setting; a page beyond 3 MB is an error anyway."""
    limit = facts.thresholds.page_kilobytes
    if page.size > MAX_PAGE:
        yield SiteViolation(page.name, TOP, f"页面超过 {MAX_PAGE // 1_000_000} MB", severity=E)
    elif page.size > limit * 1000:
        yield SiteViolation(page.name, TOP, f"页面有{page.size // 1000}千字节，超过{limit}")
