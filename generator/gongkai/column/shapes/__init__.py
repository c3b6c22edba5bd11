"""The shapes editors write: one class per kind of mapping in ``plans/``, with the meaning of every key.

These are the *authored* types. They know nothing of each other's files; ``link`` turns them into the model. The
``description`` of each field is Chinese on purpose: it is what editors see in their editor and in the handbook.
"""

from __future__ import annotations

from gongkai.column.shapes.base import Shape
from gongkai.column.shapes.law import LawFile
from gongkai.column.shapes.vocabularies import (
    AudiencesFile,
    OrgansFile,
    PrefixesFile,
    SearchVocabularyFile,
    StagesFile,
    ThemesFile,
    UnitsFile,
    UnitShape,
    WordingFile,
    WorkdaysFile,
)
from gongkai.column.shapes.withdrawals import WithdrawalsFile, WithdrawalShape

VOCABULARY_FILES: dict[str, type[Shape]] = {
    "organs": OrgansFile,
    "themes": ThemesFile,
    "units": UnitsFile,
    "document_numbers": PrefixesFile,
    "decision_stages": StagesFile,
    "search_vocabulary": SearchVocabularyFile,
    "workdays": WorkdaysFile,
    "audiences": AudiencesFile,
    "law": LawFile,
    "wording": WordingFile,
    "withdrawals": WithdrawalsFile,
}

__all__ = [
    "VOCABULARY_FILES",
    "AudiencesFile",
    "LawFile",
    "OrgansFile",
    "PrefixesFile",
    "SearchVocabularyFile",
    "Shape",
    "StagesFile",
    "ThemesFile",
    "UnitShape",
    "UnitsFile",
    "WithdrawalShape",
    "WithdrawalsFile",
    "WordingFile",
    "WorkdaysFile",
]
