"""The pictures of a paper beside its provenance: which fields are printed where on which page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai.importing.blocks import Block, placed

SUFFIX = ".pdf"
"""The files whose pages are drawn."""


def with_pictures(source: Path, said: Mapping[str, Any], blocks: Sequence[Block]) -> tuple[dict[str, Any], list[bytes]]:
    """The provenance with ``pages``, and ``spots`` of links and of what was left out; and the pictures of the pages.

    A spot is a page and left, top, right and bottom in points. Of other files than PDF there are none.
    """
    from gongkai.importing.readers.pdf_pictures import Printed, page_pictures  # noqa: PLC0415 - only for screens

    pages = list(page_pictures(source.read_bytes())) if source.suffix.lower() == SUFFIX else []
    if not pages:
        return dict(said), []
    printed = Printed(pages)
    found = {(piece.block, piece.row, piece.column): (piece.text, printed.find(piece)) for piece in placed(blocks)}

    def spotted(run: Mapping[str, Any]) -> dict[str, Any]:
        text, places = found.get((run["block"], run["row"], run["column"]), ("", ()))
        start, end = (_count(text[:at]) for at in (run["start"], run["start"] + run["length"]))
        boxes = printed.spots(places[start:end])
        return {**run, "spots": [[spot.page, *(round(side, 1) for side in spot.box)] for spot in boxes]}

    shown = [{"number": page.number, "wide": round(page.wide, 1), "high": round(page.high, 1)} for page in pages]
    runs = {name: [spotted(run) for run in said[name]] for name in ("links", "left_out")}
    return {**said, **runs, "pages": shown}, [page.png for page in pages]


def _count(text: str) -> int:
    """Characters that are no blanks."""
    return sum(not char.isspace() for char in text)
