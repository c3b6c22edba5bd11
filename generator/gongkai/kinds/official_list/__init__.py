"""清单: official tables of whatever columns (权责清单, 收费目录清单, 检查事项, 预决算表), each row with an address."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.interface import Door, FileKind, Items, in_order
from gongkai.kinds.official_list.link import link_list
from gongkai.kinds.official_list.model import LISTS, OfficialList
from gongkai.kinds.official_list.pages import list_pages, lists_pages
from gongkai.kinds.official_list.parts import FOLLOWED, FOLLOWS, LIST_ROW, OFFICIAL_LIST, list_parts
from gongkai.kinds.official_list.shape import ListRowShape, OfficialListFile
from gongkai.kinds.official_list.tables import LIST_ROWS_TABLE, LISTS_TABLE
from gongkai.kinds.official_list.workbook import list_workbook

KIND = FileKind(
    name="official_list",
    folder=Path(__file__).parent,
    directory="lists/",
    label="清单",
    heads=(OFFICIAL_LIST,),
    inner=(LIST_ROW,),
    shape=OfficialListFile,
    model=OfficialList,
    carries=True,
    link=link_list,
    parts=list_parts,
    items=Items(
        word="list_row",
        label="清单的一行",
        shape=ListRowShape,
        places=lambda shape: in_order("rows", of=shape.rows),
        first=lambda _: ("rows",),
    ),
    size=lambda listed: len(listed.rows),
    pages=list_pages,
    lists=lists_pages,
    tables=(LISTS_TABLE, LIST_ROWS_TABLE),
    doors=(
        Door(
            crumb=LISTS,
            about="权责、收费、检查事项、补贴标准等按规定公开的清单，逐行可查。",
            holds=lambda _, total: f"{total[OFFICIAL_LIST]}份" if total[OFFICIAL_LIST] else "",
            place=55,
        ),
    ),
    relations=((FOLLOWS, FOLLOWED),),
    workbook=list_workbook,
    holding=lambda total: f"{total[OFFICIAL_LIST]}份清单" if total[OFFICIAL_LIST] else "",
    not_applicable={
        "calendar": "a list is published on one day, which feeds tell; nobody has to come by a day",
    },
)
