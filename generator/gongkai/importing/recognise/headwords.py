"""What each part of the input is: its title, and the words that tell plan, table, list and directory apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.importing.blocks import Block, LooseTable, Paragraph, Table, squeeze
from gongkai.importing.recognise.catalogues import is_catalogue
from gongkai.importing.recognise.columns import Kind
from gongkai.importing.recognise.grids import read_grid
from gongkai.importing.recognise.markers import list_item, marker
from gongkai.importing.recognise.titles import payload_title


class PartKind(StrEnum):
    """What a part becomes."""

    PLAN = "plan"
    TASKS = "tasks"
    PROJECTS = "projects"
    DECISIONS = "decisions"
    CATALOGUE = "catalogue"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Part:
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


def split_parts(blocks: Sequence[Block]) -> list[Part]:
    """Cut what a document carries at its titles."""
    parts: list[Part] = [Part(None)]
    at = 0
    while at < len(blocks):
        length = payload_title(blocks, at)
        if length:
            texts = [block.text.strip() for block in blocks[at : at + length] if isinstance(block, Paragraph)]
            parts.append(Part(texts[0] if length == 1 else squeeze("".join(texts))))
            at += length
        else:
            parts[-1].blocks.append(blocks[at])
            at += 1
    return [part for part in parts if part.title or part.blocks]


def part_kind(part: Part, notice_title: str) -> PartKind:
    """Judge a part by its title first, then by its tables and lists, then by the title of the notice."""
    named = _by_words(part.title or "")
    if named in (PartKind.TASKS, PartKind.CATALOGUE) and not part.tables:
        named = None
    if named is PartKind.PLAN and part.tables and not any(marker(p.text) for p in part.paragraphs):
        named = None
    return named or _by_content(part) or _by_words(notice_title) or PartKind.UNKNOWN


def _by_words(title: str) -> PartKind | None:
    plain = squeeze(title)
    if "决策" in plain and re.search(r"目录|事项|清单|项目", plain):
        return PartKind.DECISIONS
    if re.search(r"公开.{0,6}目录|主动公开.{0,4}清单", plain):
        return PartKind.CATALOGUE
    if re.search(r"任务分解|任务分工|分解表|分工表|任务表|任务清单|责任分工|台账|提示单", plain):
        return PartKind.TASKS
    if re.search(r"项目", plain) and re.search(r"安排|清单|名单|计划|表|目录|一览", plain):
        return PartKind.PROJECTS
    if re.search(r"要点|计划|方案|安排|意见", plain):
        return PartKind.PLAN
    return None


def _by_content(part: Part) -> PartKind | None:
    for table in part.tables:
        if isinstance(table, LooseTable):
            return PartKind.TASKS
        if is_catalogue(table):
            return PartKind.CATALOGUE
        grid = read_grid(table)
        if grid is None:
            continue
        labels = "".join(grid.labels)
        if "决策" in labels or (Kind.ITEM in grid.kinds and Kind.ORGANIZER in grid.kinds and "项目名称" not in labels):
            return PartKind.DECISIONS
        if "项目名称" in labels or ("投资" in labels and Kind.ITEM in grid.kinds):
            return PartKind.PROJECTS
        return PartKind.TASKS
    texts = [paragraph.text for paragraph in part.paragraphs]
    items = [text for text in texts if marker(text)]
    if not items:
        return None
    if sum("承办" in text for text in texts) * 2 >= len(items):
        return PartKind.DECISIONS
    if any(re.search(r"[（(]\d+个(项目)?[）)]", text) for text in items) and any(list_item(text) for text in items):
        return PartKind.PROJECTS
    return PartKind.PLAN
