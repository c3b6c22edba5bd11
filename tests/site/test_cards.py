"""What other programs show of a page: the card of a shared link, the icon of a tab and of a home screen."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.pages import all_pages, page, parsed, resolve

PNG = b"\x89PNG\r\n\x1a\n"


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(PNG)
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_every_page_says_what_it_is_where_its_link_is_shared(site: Path) -> None:
    for path in all_pages(site):
        tree = parsed(path)
        told = {
            str(tag.attributes["property"]): str(tag.attributes["content"]) for tag in tree.css('meta[property^="og:"]')
        }
        heading = tree.css_first("h1")
        if path.name == "404.html" or not heading or tree.css_first('meta[http-equiv="refresh"]'):
            continue
        assert told["og:title"], path
        assert heading.text(strip=True) == told["og:title"] or path.parts[-2] not in ("units", "plans"), path
        assert told["og:description"], path
        assert not {"og:url", "og:image"} & told.keys(), "a site without an address has none to give"


def test_icons_are_there_and_are_pictures(site: Path) -> None:
    home = page(site, "")
    links = {(link.attributes["rel"], link.attributes["href"] or "") for link in home.css('link[rel$="icon"]')}
    assert links == {
        ("icon", "./favicon.ico"),
        ("icon", "./assets/icon.svg"),
        ("apple-touch-icon", "./assets/touch-icon.png"),
    }
    for _, reference in links:
        target, _ = resolve(site, site / "index.html", reference)
        assert target.is_file()
    assert size_of((site / "assets/touch-icon.png").read_bytes()) == (180, 180)
    assert size_of((site / "assets/card.png").read_bytes()) == (1200, 630)
    icon = (site / "favicon.ico").read_bytes()
    assert icon[:6] == b"\0\0\1\0\1\0"
    assert size_of(icon[22:]) == (32, 32)
