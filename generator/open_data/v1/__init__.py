"""The published shapes of ``/data/v1/``: one TypedDict per table. A change that removes or renames a key breaks v1.

Keys that are None are facts that no source gives. Dates are ISO 8601 days. ``url`` is relative to the site's root.
"""

from generator.open_data.v1.catalogue import CatalogueHeadRow, CatalogueRow, PublicationRow, SpanRow
from generator.open_data.v1.decisions import DecisionRow, DirectoryRow, StageRow
from generator.open_data.v1.documents import ConsultationRow, DocumentRow, GazetteItemRow, GazetteRow, InterpretationRow
from generator.open_data.v1.parts import (
    AttachmentRow,
    CategoryRef,
    ChangeRow,
    CompletionRow,
    DeadlineRow,
    LinkRow,
    OutcomeRow,
    PlannedRow,
    PlanningRow,
    ProgressRow,
    QuestionRow,
    UnitRef,
)
from generator.open_data.v1.plans import PlanRow, ProjectListRow, ProjectRow, SectionRow, TaskRow
from generator.open_data.v1.registers import OrganRow, RecordRow, ThemeRow, UnitRow

VERSION = 1

__all__ = [
    "VERSION",
    "AttachmentRow",
    "CatalogueHeadRow",
    "CatalogueRow",
    "CategoryRef",
    "ChangeRow",
    "CompletionRow",
    "ConsultationRow",
    "DeadlineRow",
    "DecisionRow",
    "DirectoryRow",
    "DocumentRow",
    "GazetteItemRow",
    "GazetteRow",
    "InterpretationRow",
    "LinkRow",
    "OrganRow",
    "OutcomeRow",
    "PlanRow",
    "PlannedRow",
    "PlanningRow",
    "ProgressRow",
    "ProjectListRow",
    "ProjectRow",
    "PublicationRow",
    "QuestionRow",
    "RecordRow",
    "SectionRow",
    "SpanRow",
    "StageRow",
    "TaskRow",
    "ThemeRow",
    "UnitRef",
    "UnitRow",
]
