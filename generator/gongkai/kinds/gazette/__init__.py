"""政府公报: issues with their contents, each item linked to its document where the column has it."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.gazette.link import link_gazette
from gongkai.kinds.gazette.model import GAZETTES, Gazette
from gongkai.kinds.gazette.pages import gazette_pages, gazettes_pages
from gongkai.kinds.gazette.parts import CONTAINS, GAZETTE, PRINTED_IN, gazette_parts
from gongkai.kinds.gazette.shape import GazetteFile, GazetteItemShape
from gongkai.kinds.gazette.tables import GAZETTES_TABLE, gazette_workbook
from gongkai.kinds.interface import Door, FileKind, Items, in_order

KIND = FileKind(
    name="gazette",
    folder=Path(__file__).parent,
    directory="gazettes/",
    label="政府公报",
    heads=(GAZETTE,),
    shape=GazetteFile,
    model=Gazette,
    carries=False,
    link=link_gazette,
    day=lambda shape: shape.date,
    parts=gazette_parts,
    items=Items(
        word="article",
        label="公报的一篇",
        shape=GazetteItemShape,
        places=lambda shape: in_order("items", of=shape.items),
        first=lambda _: ("items",),
        numbered=False,
    ),
    size=lambda issue: len(issue.items),
    pages=gazette_pages,
    lists=gazettes_pages,
    tables=(GAZETTES_TABLE,),
    doors=(
        Door(
            crumb=GAZETTES,
            about="历期公报的目录。",
            holds=lambda _, total: f"{total[GAZETTE]}期" if total[GAZETTE] else "",
            place=80,
        ),
    ),
    relations=((CONTAINS, PRINTED_IN),),
    within=True,
    workbook=gazette_workbook,
    not_applicable={
        "document_page": "an issue prints documents and is none",
        "calendar": "an issue is published on one day, which feeds tell; nobody has to come by a day",
    },
)
