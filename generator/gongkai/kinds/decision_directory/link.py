"""Decision directory files -> directories with every stage of every decision, published or not yet."""

from __future__ import annotations

from gongkai.column.cell import written_cells
from gongkai.column.context import Context
from gongkai.column.document import Document
from gongkai.column.linking import link_planning, note_waivers, web_address
from gongkai.column.origin import Origin
from gongkai.column.stages import StageSet
from gongkai.kinds.decision_directory.model import Completion, Decision, DecisionDirectory, NotPublic, Planned
from gongkai.kinds.decision_directory.shape import DecisionShape, DirectoryFile
from gongkai.kinds.decision_directory.stages import link_changes, link_stages

_NO_SET = StageSet("none", 0, ())


def link_directory(shape: DirectoryFile, document: Document, path: str, context: Context) -> DecisionDirectory:
    """Build one directory; which stages it shows follows from the rules in force in its year."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    stage_set = context.vocabularies.stage_set(shape.organ, shape.year)
    if stage_set is None:
        context.problems.error(
            "REF-07",
            origin.child("year"),
            f"没有适用于 {shape.year} 年的决策环节表",
            "请在 plans/vocabularies/decision-stages.yml 的 sets 中补充",
        )
    stage_set = stage_set or _NO_SET
    decisions = tuple(
        _decision(decision, shape, stage_set, origin.child("decisions", at), context)
        for at, decision in enumerate(shape.decisions)
    )
    context.numbers((decision.number, decision.origin.child("number")) for decision in decisions)
    return DecisionDirectory(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        organizer_label=shape.organizer_label,
        stage_set=stage_set,
        decisions=decisions,
        party_consent=shape.party_consent,
        changes=link_changes(shape.changes, origin, context),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _decision(
    shape: DecisionShape, directory: DirectoryFile, stage_set: StageSet, origin: Origin, context: Context
) -> Decision:
    note_waivers(shape.ignore, origin, context)
    completion = shape.completion
    if completion:
        web_address(completion.url, origin.child("completion", "url"), context)
    hidden = shape.not_public
    return Decision(
        number=shape.number,
        number_text=shape.number_text,
        title=shape.title,
        organizers_text=shape.organizers,
        organizers=context.cell(shape.organizers, directory.organ, directory.year, origin.child("organizers")),
        category=shape.category,
        planned=Planned(shape.planned.text, shape.planned.latest) if shape.planned else None,
        business_impact=shape.business_impact,
        public_concern=shape.public_concern,
        technical=shape.technical,
        risk=shape.risk,
        not_public=NotPublic(hidden.basis, hidden.approved_by, hidden.date, hidden.reviewed_on) if hidden else None,
        stages=link_stages(shape.stages, stage_set, origin, context),
        changes=link_changes(shape.changes, origin, context),
        completion=Completion(completion.text, completion.date, completion.url) if completion else None,
        evaluation_triggers=tuple(shape.evaluation_triggers),
        archived_on=shape.archived_on,
        continues=shape.continues,
        planning=link_planning(shape.planning),
        cells=written_cells(shape.cells),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )
