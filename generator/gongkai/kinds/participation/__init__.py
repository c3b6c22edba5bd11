"""公众参与: the occasions of a year on which people could take part, and what came of each."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.interface import FileKind, Items, in_order
from gongkai.kinds.participation.link import link_participation
from gongkai.kinds.participation.model import ParticipationList
from gongkai.kinds.participation.pages import list_and_occasion_pages
from gongkai.kinds.participation.parts import ABOUT, OCCASION, PARTICIPATION, PARTICIPATION_LIST, occasion_parts
from gongkai.kinds.participation.shape import ParticipationFile, ParticipationShape
from gongkai.kinds.participation.tables import CONSULTATIONS_TABLE, PARTICIPATION_LISTS_TABLE, occasions_workbook

KIND = FileKind(
    name="participation",
    folder=Path(__file__).parent,
    directory="participation/",
    label="公众参与",
    heads=(PARTICIPATION_LIST,),
    inner=(PARTICIPATION,),
    shape=ParticipationFile,
    model=ParticipationList,
    carries=False,
    link=link_participation,
    parts=occasion_parts,
    items=Items(
        word="occasion",
        label="一次公众参与",
        shape=ParticipationShape,
        places=lambda shape: in_order("items", of=shape.items),
        first=lambda _: ("items",),
        file_title="{year}年公众参与",
    ),
    size=lambda source: len(source.items),
    pages=list_and_occasion_pages,
    lists=lambda _column: iter(()),  # the list of all occasions has those of decisions, too: site/occasions.py
    tables=(PARTICIPATION_LISTS_TABLE, CONSULTATIONS_TABLE),
    doors=(),  # for the same reason
    relations=((ABOUT, OCCASION),),
    workbook=occasions_workbook,
    not_applicable={
        "document_page": "no official document lies in a list of occasions",
        "door": "the page of all occasions shows those of decisions, too: site/occasions.py",
    },
)
