"""The stages of a decision: what is written of each, and the kind of detail that only it has."""

from __future__ import annotations

from gongkai.column.context import Context
from gongkai.column.linking import web_address
from gongkai.column.origin import Origin
from gongkai.column.stages import StageSet
from gongkai.kinds.decision_directory import shape as shapes
from gongkai.kinds.decision_directory.model import (
    Adoption,
    Assessment,
    Change,
    Consultation,
    Detail,
    Hearing,
    Legality,
    Meeting,
    Result,
    Stage,
    StageStatus,
)


def link_stages(shape: shapes.StagesShape, stage_set: StageSet, origin: Origin, context: Context) -> tuple[Stage, ...]:
    """Every stage of the vocabulary in its order; what is not written is not yet published (尚未公开).

    Stages that concern few decisions are left out where nothing is written about them and the directory does not
    show them (``stage_set``).
    """
    known = context.vocabularies.stage_kinds
    for kind in sorted(shape.model_fields_set):
        if kind not in known and getattr(shape, kind) is not None:
            context.problems.error(
                "REF-07",
                origin.child("stages", kind),
                f"环节表里没有 {kind}",
                "请在 plans/vocabularies/decision-stages.yml 的 stages 中补充，或删去这一环节",
            )
    shown = {kind for slot in stage_set.slots for kind in slot.stages}
    written = {kind: getattr(shape, kind, None) for kind in known}
    return tuple(
        _stage(kind, written[kind], origin, context)
        for kind, about in known.items()
        if written[kind] is not None or not about.optional or kind in shown
    )


def link_changes(items: list[shapes.ChangeShape], origin: Origin, context: Context) -> tuple[Change, ...]:
    """Adjustments of a directory or an item, as written."""
    for at, item in enumerate(items):
        web_address(item.url, origin.child("changes", at, "url"), context)
    return tuple(
        Change(item.date, item.kind, item.reason, item.approved_by, item.url, origin.child("changes", at))
        for at, item in enumerate(items)
    )


def _stage(kind: str, written: shapes.StageShape | None, origin: Origin, context: Context) -> Stage:
    if written is None:
        return Stage(kind, StageStatus.PENDING, None, None, None, None, origin)
    place = origin.child("stages", kind)
    web_address(written.url, place.child("url"), context)
    detail = _detail(written)
    if isinstance(detail, Hearing):
        web_address(detail.participants_url, place.child("participants_url"), context)
    return Stage(kind, written.status, written.title, written.url, written.date, written.reason, place, detail)


def _detail(shape: shapes.StageShape) -> Detail | None:
    match shape:
        case shapes.ConsultationShape():
            channels = tuple(shape.channels)
            return Consultation(shape.start, shape.end, shape.shortened_reason, channels, shape.enterprises)
        case shapes.AdoptionShape():
            return Adoption(shape.received, shape.adopted, shape.unadopted_reasons)
        case shapes.HearingShape():
            return Hearing(
                shape.held, shape.materials_delivered, shape.participants_url, shape.participants, shape.interested
            )
        case shapes.AssessmentShape():
            return Assessment(shape.by)
        case shapes.LegalityShape():
            return Legality(shape.sent, shape.opinion)
        case shapes.MeetingShape():
            return Meeting(shape.type, shape.name, shape.held)
        case shapes.ResultShape():
            return Result(shape.doc_number, shape.issued)
    return None
