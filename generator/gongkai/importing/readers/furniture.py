"""What a portal prints around every text, told by where it stands and how it looks: menus, buttons."""

from __future__ import annotations

from typing import Any

from gongkai.importing.blocks import LeftOut
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import IGNORECASE, anywhere, whole

REASON = "网页上正文以外的文字（导航、按钮、页脚等）"
_TAGS = frozenset(["nav", "footer", "aside"])
_NAMED = anywhere(
    r"(?:^|[\s_-])(?:nav|navbar|menu|foot|footer|bottom|copyright|position|location|crumbs?|breadcrumbs?|share|bdshare|"
    r"sidebar|toolbar|close|print|related|prevnext)(?:$|[\s_-])",
    IGNORECASE,
)
"""Names that makers of web pages give to what is no text (class, id)."""
_HOME = frozenset(["首页", "网站首页", "返回首页", "设为首页", "加入收藏"])
_FILE = anywhere(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)(?:$|[?#])", IGNORECASE)
_BETWEEN = whole(r"[\s|>＞»›/·\-—:：]*")
_MOST_OF = 0.5


def set_aside(body: Any) -> list[LeftOut]:
    """Take menus and the like out of a page; their texts are given back, so that nothing is lost without a word."""
    whole = len(squeeze(body.text_content()))
    gone: list[LeftOut] = []
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        text = squeeze(element.text_content())
        if len(text) < whole * _MOST_OF and _is_furniture(element, text):
            gone += [LeftOut(" ".join(element.text_content().split()), REASON, 0)] if text else []
            element.drop_tree()
    return gone


def _is_furniture(element: Any, text: str) -> bool:
    named = _NAMED.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    if element.tag in _TAGS or named:
        return element.find(".//table") is None and not _files(element)
    if element.tag == "a":
        return text in _HOME
    return element.tag in ("div", "ul", "ol", "table", "p") and _only_links(element) and not _files(element)


def _only_links(element: Any) -> bool:
    """A menu: several links with nothing but signs between them, or the way here from the first page."""
    links = [link for link in element.iter("a") if squeeze(link.text_content())]
    home = any(squeeze(link.text_content()) in _HOME for link in links)
    apart = element.tag in ("ul", "ol")
    if len(links) < (2 if home or apart else 3):  # two addresses may be a sentence
        return False
    rest = squeeze(element.text_content())
    for link in links:
        rest = rest.replace(squeeze(link.text_content()), "", 1)
    return _BETWEEN.fullmatch(rest) is not None


def _files(element: Any) -> bool:
    """Whether links lead to files: these are annexes, not menus."""
    return any(_FILE.search(link.get("href") or "") for link in element.iter("a"))
