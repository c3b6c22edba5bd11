"""公文: documents that stand for themselves, such as policies, notices, plans of the planning system, 政策解读."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from gongkai.column.document import Genre
from gongkai.column.site_data import SiteData
from gongkai.column.words import RecordKind
from gongkai.kinds.document.link import link_paper
from gongkai.kinds.document.model import StandaloneDocument
from gongkai.kinds.document.pages import DOCUMENTS, INTERPRETATIONS, document_and_interpretation_lists, question_pages
from gongkai.kinds.document.parts import (
    DOCUMENT,
    EXPLAINED,
    EXPLAINS,
    INTERPRETATION,
    INTERPRETATION_QUESTION,
    document_parts,
)
from gongkai.kinds.document.shape import DocumentFile, QuestionShape
from gongkai.kinds.document.tables import INTERPRETATION_QUESTIONS_TABLE, INTERPRETATIONS_TABLE
from gongkai.kinds.interface import Door, FileKind, Items, in_order


def _documents(column: SiteData, _total: Counter[RecordKind]) -> str:
    """Every official document counts, whatever file carries it."""
    count = sum(document.genre is not Genre.INTERPRETATION for document in column.index.documents.values())
    return f"{count}件" if count else ""


KIND = FileKind(
    name="document",
    folder=Path(__file__).parent,
    directory="documents/",
    label="公文",
    heads=(DOCUMENT, INTERPRETATION),
    inner=(INTERPRETATION_QUESTION,),
    shape=DocumentFile,
    model=StandaloneDocument,
    carries=True,
    standalone=True,
    link=link_paper,
    parts=document_parts,
    items=Items(
        word="question",
        label="一问一答",
        shape=QuestionShape,
        places=lambda shape: in_order("questions", of=shape.questions),
        first=lambda _: ("questions",),
        numbered=False,
    ),
    size=lambda paper: len(paper.questions),
    pages=question_pages,  # besides the page of its document, which every carrying file has
    lists=document_and_interpretation_lists,
    tables=(INTERPRETATIONS_TABLE, INTERPRETATION_QUESTIONS_TABLE),
    doors=(
        Door(crumb=DOCUMENTS, about="规范性文件、政策文件和通知。", holds=_documents, place=40),
        Door(
            crumb=INTERPRETATIONS,
            about="政策文件说了什么、与谁有关。",
            holds=lambda _, total: f"{total[INTERPRETATION]}件" if total[INTERPRETATION] else "",
            place=50,
        ),
    ),
    relations=((EXPLAINS, EXPLAINED),),
    genres=lambda paper: (paper.document.genre.value,),
    neighbours=False,
    not_applicable={
        "workbook": "a document is text; its elements stand in the table of all documents",
        "calendar": "a document is published on one day, which feeds tell; nobody has to come by a day",
    },
)
