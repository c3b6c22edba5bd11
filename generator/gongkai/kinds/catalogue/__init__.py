"""主动公开事项目录: catalogues of what must be public, each item with what was published of it."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.catalogue.link import link_catalogue
from gongkai.kinds.catalogue.model import Catalogue
from gongkai.kinds.catalogue.pages import CATALOGUES, catalogue_and_item_pages, catalogues_pages
from gongkai.kinds.catalogue.parts import ASKED_BY, CATALOGUE, CATALOGUE_ITEM, PUBLISHED, catalogue_parts
from gongkai.kinds.catalogue.shape import CatalogueFile, CatalogueItemShape
from gongkai.kinds.catalogue.tables import CATALOGUE_TABLE, CATALOGUES_TABLE
from gongkai.kinds.catalogue.workbook import catalogue_workbook
from gongkai.kinds.interface import Door, FileKind, Items, in_order

KIND = FileKind(
    name="catalogue",
    folder=Path(__file__).parent,
    directory="catalogues/",
    label="主动公开事项目录",
    heads=(CATALOGUE,),
    inner=(CATALOGUE_ITEM,),
    shape=CatalogueFile,
    model=Catalogue,
    carries=True,
    link=link_catalogue,
    parts=catalogue_parts,
    items=Items(
        word="catalogue_item",
        label="主动公开事项目录的一项",
        shape=CatalogueItemShape,
        places=lambda shape: in_order("items", of=shape.items),
        first=lambda _: ("items",),
    ),
    size=lambda catalogue: len(catalogue.items),
    pages=catalogue_and_item_pages,
    lists=catalogues_pages,
    tables=(CATALOGUES_TABLE, CATALOGUE_TABLE),
    doors=(
        Door(
            crumb=CATALOGUES,
            about="依法要公开哪些事项、哪个单位公开、最近公开了什么、是否按时。",
            holds=lambda _, total: f"{total[CATALOGUE_ITEM]}项" if total[CATALOGUE_ITEM] else "",
            place=90,
        ),
    ),
    relations=((PUBLISHED, ASKED_BY),),
    workbook=catalogue_workbook,
    demands=True,
    not_applicable={
        "calendar": "when an item is due follows from what was published last: a calendar once fetched goes wrong",
    },
)
