"""Which fields of drafts are linked to where they stand in the paper, of those that it prints word for word."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import yaml

from gongkai.importing.blocks import placed
from gongkai.importing.importer import ImportResult
from gongkai.importing.provenance import Link, Owner, owners
from gongkai.text.blanks import squeeze


class Linked(NamedTuple):
    """Fields of two characters or more that one paragraph or cell prints, those linked as a whole, and wrong links."""

    printed: int
    whole: int
    wrong: list[str]


def linked(result: ImportResult) -> Linked:
    """Look at every link of an import: it must lead to the very words of its field."""
    texts = {piece[2:]: piece.text for piece in placed(result.blocks)}
    drafts = [yaml.safe_load(draft.text) for draft in result.drafts if "/" not in draft.name]
    fields = {(at, owner.path): owner for at, draft in enumerate(drafts) for owner in owners(draft, at)}
    links: dict[Owner, list[Link]] = defaultdict(list)
    for link in result.account.links if result.account else ():
        links[fields[link.draft, link.path]].append(link)
    wrong = [
        owner.text for owner, own in links.items() for link in own if not owner.day and not _same(link, owner, texts)
    ]
    paper = "\0".join(squeeze(text) for text in texts.values())
    printed = [o for o in fields.values() if not o.day and len(o.text) > 1 and squeeze(o.text) in paper]
    return Linked(len(printed), sum(_whole(owner, links[owner]) for owner in printed), wrong)


def _same(link: Link, owner: Owner, texts: dict[tuple[int, int, int], str]) -> bool:
    place = link.place
    text = texts[place.block, place.row, place.column][place.start : place.start + place.length]
    return squeeze(text) == squeeze(owner.text[link.start : link.start + link.length]) != ""


def _whole(owner: Owner, links: list[Link]) -> bool:
    said = {at for link in links for at in range(link.start, link.start + link.length)}
    return all(at in said or char.isspace() for at, char in enumerate(owner.text))
