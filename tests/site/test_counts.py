"""Every number that leads to a list is the length of that list, and no page tells of a district without its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from gongkai import pipeline
from gongkai.column import urls
from tests.miniature.build import build_miniature
from tests.pages import all_pages, parsed, resolve

NUMBERS = re.compile(r"\d+")
COUNTED = ".count, .totals a, .figure td a, .figure svg a, [data-label] > a[href^='#']"
"""Where the pages show how long a list is."""


def parts(path: Path) -> Iterator[HTMLParser]:
    """The pages of a list: its own, and those that it is continued on."""
    yield parsed(path)
    further = path.parent / "page"
    for number in sorted(further.iterdir()) if further.is_dir() else ():
        yield parsed(number / "index.html")


def lengths(site: Path, path: Path, place: str) -> list[int]:
    """How long the lists are that an address leads to: one for each number that may stand there."""
    page = parsed(path)
    if place.startswith("theme-"):
        rows = [
            row for row in page.css("tr[data-themes]") if place[6:] in (row.attributes["data-themes"] or "").split()
        ]
        return [len(records(rows))]
    if place:
        return [_behind(page, place)]
    if path.parts[-3] == "units":
        duties = {record for part in parts(path) for record in records(part.css(".duties tr[data-state]"))}
        return [len(duties), sum(len(part.css("#decisions tbody tr")) for part in parts(path))]
    shown = {"units": ".cards-list > li", "documents": "main tbody > tr"}.get(
        path.relative_to(site).parts[0], ".entries > li"
    )
    return [sum(len(part.css(shown)) - len(part.css(f"#news {shown}")) for part in parts(path))]


def _behind(page: HTMLParser, place: str) -> int:
    """How long the list is that begins at an anchor."""
    mark = next((node for node in page.css("[id]") if node.attributes["id"] == place), None)
    assert mark is not None, place
    if state := mark.attributes.get("data-state"):
        assert mark.parent is not None
        return len(records(mark.parent.css(f"tr[data-state={state}]")))
    if mark.tag == "th":  # of a group in a table
        group = mark.parent and mark.parent.parent
        assert group is not None
        return len(group.css("tr:not(.group)"))
    if mark.tag != "table":  # a heading, with its list behind it
        following = mark.next
        while following is not None and following.tag != "ul":
            following = following.next
        assert following is not None
        return len(following.css("ul.projects > li, ul.entries > li"))
    return len(mark.css("tbody tr"))


def records(rows: Iterable[Node]) -> set[str]:
    """The records that rows of a table are about."""
    links = (row.css_first("[data-label=任务] a, td.number a") for row in rows)
    return {link.attributes["href"] or "" for link in links if link is not None}


def leading(node: Node) -> str | None:
    """Where a number leads to."""
    above: Node | None = node
    while above is not None and above.tag != "a":
        above = above.parent
    return above.attributes["href"] if above else None


def wrong_counts(site: Path) -> tuple[list[str], Counter[str]]:
    """What is wrong, and how many numbers were compared, by where they lead."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for path in all_pages(site):
        for node in parsed(path).css(COUNTED):
            numbers = [int(number) for number in NUMBERS.findall(node.text().rpartition("年")[2])]
            href = leading(node)
            if href is None:
                found += [f"{path.relative_to(site)}: {node.text()} leads nowhere"] if any(numbers) else []
                continue
            target, place = resolve(site, path, href)
            if not numbers or (target.parent.parent == site and target.parent.name not in ("units", "organs", "years")):
                continue  # doors to all of a kind count what is in the files, too
            if place.startswith("group-") and parsed(target).css_first("nav.parts"):
                continue  # a group may go on on the next page
            known = lengths(site, target, place)
            seen[target.relative_to(site).parts[0] + ("#" if place else "")] += 1
            if any(one != other for one, other in zip(numbers, known, strict=False)):
                found.append(f"{path.relative_to(site)}: {node.text()} leads to {known} of {href}")
    return found, seen


@pytest.mark.parametrize("most", [200, 2], ids=["whole", "in parts"])
def test_every_number_is_the_length_of_its_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("gongkai.column.page.PAGE_ITEMS", most)
    wrong, seen = wrong_counts(build_miniature(tmp_path))
    assert not wrong, "\n".join(wrong)
    assert {"plans#", "units", "units#", "themes", "years", "organs"} <= set(seen)


def test_every_number_of_the_column_is_the_length_of_its_list(site: Path) -> None:
    wrong, seen = wrong_counts(site)
    assert not wrong, "\n".join(wrong)
    assert seen.total() > 1000


def test_no_page_of_a_district_shows_what_another_published_without_its_name(
    site: Path, checked: pipeline.Checked
) -> None:
    column = checked.column
    owners = {f"{entry.url}index.html": entry.organ for entry in column.index.entries.values()}
    owners |= {f"{urls.unit(unit.id)}index.html": unit.organ for unit in column.units.values()}
    seen = 0
    for path in all_pages(site):
        own = owners.get(path.relative_to(site).as_posix())
        for link in parsed(path).css("main a[href]") if own else ():
            target, _ = resolve(site, path, link.attributes["href"] or "")
            other = owners.get(target.relative_to(site).as_posix()) if target.is_relative_to(site) else own
            if other in (None, own):
                continue
            line = link
            while line.parent is not None and line.tag not in ("li", "tr", "div", "p"):
                line = line.parent
            seen += 1
            assert column.organs[other].short_name in line.text(), (path, link.html)
    assert seen > 0
