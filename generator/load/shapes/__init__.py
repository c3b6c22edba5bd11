"""The shapes editors write: one class per kind of mapping in ``plans/``, with the meaning of every key.

These are the *authored* types. They know nothing of each other's files; ``link`` turns them into the model. The
``description`` of each field is Chinese on purpose: it is what editors see in their editor and in the handbook.
"""

from __future__ import annotations

from generator.load.shapes.base import IgnoreShape, Shape
from generator.load.shapes.catalogue import CatalogueFile
from generator.load.shapes.decisions import ChangeShape, DecisionShape, DirectoryFile, StageShape
from generator.load.shapes.documents import DocumentShape, InterpretationShape
from generator.load.shapes.plans import PlanFile, ProgressShape, SectionShape, TaskShape, TaskTableShape
from generator.load.shapes.projects import CategoryShape, ProjectListFile, ProjectShape
from generator.load.shapes.publications import AudiencesFile, DocumentFile, GazetteFile, ParticipationFile
from generator.load.shapes.vocabularies import (
    OrgansFile,
    PrefixesFile,
    SearchVocabularyFile,
    StagesFile,
    ThemesFile,
    UnitsFile,
    UnitShape,
    WorkdaysFile,
)
from generator.load.shapes.withdrawals import WithdrawalsFile, WithdrawalShape

RECORD_FILES: dict[str, type[Shape]] = {
    "plan": PlanFile,
    "project_list": ProjectListFile,
    "decision_directory": DirectoryFile,
    "document": DocumentFile,
    "gazette": GazetteFile,
    "participation": ParticipationFile,
    "catalogue": CatalogueFile,
}
VOCABULARY_FILES: dict[str, type[Shape]] = {
    "organs": OrgansFile,
    "themes": ThemesFile,
    "units": UnitsFile,
    "document_numbers": PrefixesFile,
    "decision_stages": StagesFile,
    "search_vocabulary": SearchVocabularyFile,
    "workdays": WorkdaysFile,
    "audiences": AudiencesFile,
    "withdrawals": WithdrawalsFile,
}

__all__ = [
    "RECORD_FILES",
    "VOCABULARY_FILES",
    "AudiencesFile",
    "CatalogueFile",
    "CategoryShape",
    "ChangeShape",
    "DecisionShape",
    "DirectoryFile",
    "DocumentFile",
    "DocumentShape",
    "GazetteFile",
    "IgnoreShape",
    "InterpretationShape",
    "OrgansFile",
    "ParticipationFile",
    "PlanFile",
    "PrefixesFile",
    "ProgressShape",
    "ProjectListFile",
    "ProjectShape",
    "SearchVocabularyFile",
    "SectionShape",
    "Shape",
    "StageShape",
    "StagesFile",
    "TaskShape",
    "TaskTableShape",
    "ThemesFile",
    "UnitShape",
    "UnitsFile",
    "WithdrawalShape",
    "WithdrawalsFile",
    "WorkdaysFile",
]
