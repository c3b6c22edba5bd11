"""A directory of decisions as an Excel workbook."""

from __future__ import annotations

from datetime import date

from gongkai.column.cell import cell_heads, cell_texts
from gongkai.column.sheets import Book, Fill, workbook
from gongkai.column.stages import StageSlot
from gongkai.kinds.decision_directory.model import (
    STAGE_STATUS_LABELS,
    Decision,
    DecisionDirectory,
    Stage,
    StageStatus,
)


def directory_workbook(directory: DecisionDirectory, flat: Fill) -> bytes:
    """The directory as its page shows it: every item, with what is public of each stage that it asks for."""
    slots = directory.stage_set.slots
    beside = cell_heads(directory.decisions)
    heads = ("序号", "决策事项名称", directory.organizer_label, *beside, *(slot.label for slot in slots))

    def fill(book: Book) -> None:
        sheet = book.sheet(
            "决策事项目录", directory.title, heads, (8, 50, 24, *(24 for _ in beside), *(26 for _ in slots))
        )
        for at, decision in enumerate(directory.decisions, 2):
            sheet.put(at, 0, decision.number_text, "centre")
            sheet.put(at, 1, decision.title, "text")
            sheet.put(at, 2, decision.organizers_text, "centre")
            cells = cell_texts(decision)
            for column, head in enumerate(beside, 3):
                sheet.put(at, column, cells.get(head, ""), "text")
            for column, slot in enumerate(slots, 3 + len(beside)):
                sheet.put(at, column, _slot_text(decision, slot), "text")

    document = directory.document
    created = document.date_signed or date(directory.year, 1, 1)
    return workbook(directory.title, document.issuer_name, created, fill, flat)


def _slot_text(decision: Decision, slot: StageSlot) -> str:
    stages = [stage for kind in slot.stages if (stage := decision.stage(kind))]
    public = [stage for stage in stages if stage.status is StageStatus.PUBLISHED]
    return "\n".join(_stage_text(stage, slot.label) for stage in public or stages[:1])


def _stage_text(stage: Stage, label: str) -> str:
    if stage.status is StageStatus.PUBLISHED:
        day = stage.date.isoformat() if stage.date else ""
        return " ".join(filter(None, (stage.title or label, day, stage.url)))
    return STAGE_STATUS_LABELS[stage.status] + (f"（{stage.reason}）" if stage.reason else "")
