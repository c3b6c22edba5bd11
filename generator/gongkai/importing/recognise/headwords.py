"""The parts of a document: what stands under each title."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from gongkai.importing.blocks import Block, LooseTable, Paragraph, Table
from gongkai.importing.recognise.titles import payload_title
from gongkai.text.blanks import squeeze


class Part(Struct):
    """A titled piece of what a document carries."""

    title: str | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its paragraphs alone."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def tables(self) -> list[Table | LooseTable]:
        """Its tables alone."""
        return [block for block in self.blocks if not isinstance(block, Paragraph)]


def split_parts(blocks: Sequence[Block], name: str | None = None) -> list[Part]:
    """Cut what a document carries at its titles; ``name`` is what its notice says it issues."""
    parts: list[Part] = [Part(None)]
    at = 0
    while at < len(blocks):
        length = payload_title(blocks, at, name)
        if length:
            texts = [block.text.strip() for block in blocks[at : at + length] if isinstance(block, Paragraph)]
            parts.append(Part(texts[0] if length == 1 else squeeze("".join(texts))))
            at += length
        else:
            parts[-1].blocks.append(blocks[at])
            at += 1
    return [part for part in parts if part.title or part.blocks]
