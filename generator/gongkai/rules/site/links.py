"""Rules on links: they open, they lead where they say, and lists need no script."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gongkai.column.attachment import FORMATS
from gongkai.rules.rule import E, W
from gongkai.rules.site.reading import BuiltPage
from gongkai.rules.site.rule import TOP, SiteFacts, SiteRule, SiteTopic, SiteViolation, Violations

TOPIC = SiteTopic("链接和附件")
OUTSIDE = SiteRule("LINK-02", "站外链接都能打开（gongkai check --links）。", ("site.links",), "", W, W, None, None)
_SCHEMES = {"", "http", "https", "mailto", "tel", "data"}
_GENERIC = re.compile(r"(点击)?(这里|此处|查看|更多|详情|链接|下载|>>|»)+")
_MAGIC = {extension: known.magic for extension, known in FORMATS.items() if known.magic} | {
    ".zip": b"PK\x03\x04", ".jpeg": b"\xff\xd8\xff",
}  # fmt: skip
_LISTS = re.compile(r"(years|organs|themes|units|plans|decisions|projects|documents)/(?:[^/]+/)?index\.html")


@TOPIC.page("LINK-01", "站内链接和页内位置都能打开。", duty="site.links", severity=E)
def broken(page: BuiltPage, facts: SiteFacts) -> Violations:
    """Files and anchors; 404.html is served at any depth, so its links hold only on the server."""
    if page.name == "404.html":
        return
    seen: set[str] = set()
    for reference, place in (*page.leads, *page.loads):
        if reference in seen:
            continue
        seen.add(reference)
        parts = urlsplit(reference)
        if parts.scheme not in _SCHEMES:
            yield SiteViolation(page.name, place, f"链接的协议不允许 {reference}")
        if parts.scheme or parts.netloc:
            continue
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), unquote(parts.path)))
        target = joined if parts.path else page.name
        if target.startswith("..") or not (facts.root / target).is_file():
            yield SiteViolation(page.name, place, f"链接打不开 {reference}")
        elif parts.fragment and target in facts.anchors and unquote(parts.fragment) not in facts.anchors[target]:
            yield SiteViolation(page.name, place, f"链接的位置不存在 {reference}")


TOPIC.rules.append(OUTSIDE)  # asks other computers, so that it has a command of its own: rules/outside.py


@TOPIC.page("LINK-03", "链接到的外部网站，是政府网站或者列入许可的网站。", duty="site.links", severity=W)
def foreign(page: BuiltPage, facts: SiteFacts) -> Violations:
    """Hosts outside .gov.cn that nobody allowed in the settings; one finding a host and page."""
    told: set[str] = set()
    for reference, place in page.leads:
        host = urlsplit(reference).hostname or ""
        if host and not host.endswith(".gov.cn") and host not in facts.allowed_hosts and host not in told:
            told.add(host)
            hint = "确需链接的，加进 mkdocs.yml 的 extra.column.allowed_hosts"
            yield SiteViolation(page.name, place, f"链接到政府网站以外的 {host}", hint)


@TOPIC.site("LINK-04", "附件不是空文件，内容和扩展名相符。", duty="site.links", severity=E)
def odd_files(facts: SiteFacts) -> Violations:
    """The first bytes tell the kind."""
    for path in sorted(facts.root.rglob("*")):
        if path.is_file() and path.suffix.lower() in _MAGIC:
            yield from _odd_file(path, path.relative_to(facts.root).as_posix())


def _odd_file(path: Path, name: str) -> Violations:
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        yield SiteViolation(name, TOP, "附件是空的")
    elif not head.startswith(_MAGIC[path.suffix.lower()]):
        yield SiteViolation(name, TOP, f"内容不是 {path.suffix} 文件")


@TOPIC.page("LINK-05", "链接文字说明点开是什么。", duty=("access.links", "access"), severity=W)
def empty_words(page: BuiltPage, _: SiteFacts) -> Violations:
    """Links without words, or with words that say nothing on their own."""
    for link in page.links:
        words = link.given.get("aria-label") or link.text
        if "href" not in link.given:
            continue
        if not words:
            yield SiteViolation(page.name, link.place, f"链接没有文字：{link.given['href']}")
        elif _GENERIC.fullmatch(words):
            yield SiteViolation(page.name, link.place, f"链接文字“{words}”看不出点开是什么", "请写明内容")


@TOPIC.page("LINK-06", "列表不用脚本也能看到每一条。", duty="platform.functions", severity=E)
def scripted_lists(page: BuiltPage, _: SiteFacts) -> Violations:
    """A list page without any link in its main part shows nothing to those without scripts."""
    if _LISTS.fullmatch(page.name) and not page.within("main"):
        yield SiteViolation(page.name, TOP, "列表里没有链接")
