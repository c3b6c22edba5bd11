"""Rules on links: they open, they lead where they say, and lists need no script."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from gongkai.column.attachment import FORMATS
from gongkai.rules.rule import E, W
from gongkai.rules.site.markup import Place
from gongkai.rules.site.reading import BuiltPage
from gongkai.rules.site.rule import TOP, Anchors, SiteRule, SiteSettings, SiteTopic, SiteViolation, Violations
from gongkai.text.address import split_address
from gongkai.text.patterns import whole

TOPIC = SiteTopic("链接和附件")
OUTSIDE = SiteRule("LINK-02", "站外链接都能打开（gongkai check --links）。", ("site.links",), "", W, W)
Target = tuple[str, str]
"""A file of the site by address, and a place in it or ""."""
_SCHEMES = {"", "http", "https", "mailto", "webcal", "tel", "data"}
_GENERIC = whole(r"(点击)?(这里|此处|查看|更多|详情|链接|下载|>>|»)+")
_MAGIC = {extension: known.magic for extension, known in FORMATS.items() if known.magic} | {
    ".zip": b"PK\x03\x04", ".jpeg": b"\xff\xd8\xff",
}  # fmt: skip
_LISTS = whole(r"(years|organs|themes|units|plans|decisions|projects|documents)/(?:[^/]+/)?index\.html")


@TOPIC.links("LINK-01", "站内链接和页内位置都能打开。", duty="site.links", severity=E)
def broken(page: BuiltPage, anchors: Anchors) -> Violations:
    """Files and anchors; 404.html is served at any depth, so its links hold only on the server."""
    for reference, place in _references(page).items():
        target, fragment = target_of(page.name, reference) or (page.name, "")
        if parts_of(reference).scheme not in _SCHEMES:
            yield SiteViolation(page.name, place, f"链接的协议不允许 {reference}")
        elif target not in anchors:
            yield SiteViolation(page.name, place, f"链接打不开 {reference}")
        elif not opens((target, fragment), anchors):
            yield SiteViolation(page.name, place, f"链接的位置不存在 {reference}")


def _references(page: BuiltPage) -> dict[str, Place]:
    """What a page refers to, with the first place of each."""
    found: dict[str, Place] = {}
    for reference, place in (*page.leads, *page.loads) if page.name != "404.html" else ():
        found.setdefault(reference, place)
    return found


class Reference(NamedTuple):
    """The parts of a reference: ``path`` and ``fragment`` as they are meant, ``host`` in small letters."""

    scheme: str
    elsewhere: bool
    host: str
    path: str
    fragment: str


@lru_cache(1024)
def parts_of(reference: str) -> Reference:
    """The parts of a reference; the same ones stand on many pages."""
    parts = split_address(reference)
    elsewhere = bool(parts.scheme or parts.netloc)
    return Reference(parts.scheme, elsewhere, parts.hostname or "", unquote(parts.path), unquote(parts.fragment))


def targets(page: BuiltPage) -> set[Target]:
    """Where the links of a page lead inside the site; a scheme that is not allowed leads to no file."""
    return {found for reference in _references(page) if (found := target_of(page.name, reference))}


def target_of(name: str, reference: str) -> Target | None:
    """The file of the site that a reference on a page leads to, and the place in it; None for what is elsewhere."""
    parts = parts_of(reference)
    if parts.scheme not in _SCHEMES:
        return reference, ""
    if parts.elsewhere:
        return None
    if not parts.path:
        return name, parts.fragment
    base = "" if parts.path.startswith("/") else name[: name.rfind("/") + 1]
    return posixpath.normpath(base + parts.path), parts.fragment


def opens(target: Target, anchors: Anchors) -> bool:
    """Whether there is such a file, with such a place in it where it is a page."""
    file, fragment = target
    inside = anchors.get(file, frozenset())
    return file in anchors and (not fragment or inside is None or fragment in inside)


TOPIC.rules.append(OUTSIDE)  # asks other computers, so that it has a command of its own: rules/outside.py


@TOPIC.page("LINK-03", "链接到的外部网站，是政府网站或者列入许可的网站。", duty="site.links", severity=W)
def foreign(page: BuiltPage, facts: SiteSettings) -> Violations:
    """Hosts outside .gov.cn that nobody allowed in the settings; one finding a host and page."""
    told: set[str] = set()
    for reference, place in page.leads:
        host = parts_of(reference).host
        if host and not host.endswith(".gov.cn") and host not in facts.allowed_hosts and host not in told:
            told.add(host)
            hint = "确需链接的，加进 mkdocs.yml 的 extra.column.allowed_hosts"
            yield SiteViolation(page.name, place, f"链接到政府网站以外的 {host}", hint)


@TOPIC.file("LINK-04", "附件不是空文件，内容和扩展名相符。", duty="site.links", severity=E)
def odd_file(name: str, content: bytes) -> Violations:
    """The first bytes tell the kind."""
    suffix = PurePosixPath(name).suffix
    magic = _MAGIC.get(suffix.lower())
    if magic and not content:
        yield SiteViolation(name, TOP, "附件是空的")
    elif magic and not content.startswith(magic):
        yield SiteViolation(name, TOP, f"内容不是 {suffix} 文件")


@TOPIC.page("LINK-05", "链接文字说明点开是什么。", duty=("access.links", "access"), severity=W)
def empty_words(page: BuiltPage, _: SiteSettings) -> Violations:
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
def scripted_lists(page: BuiltPage, _: SiteSettings) -> Violations:
    """A list page without any link in its main part shows nothing to those without scripts."""
    if _LISTS.fullmatch(page.name) and not page.within("main"):
        yield SiteViolation(page.name, TOP, "列表里没有链接")
