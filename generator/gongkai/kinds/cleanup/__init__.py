"""文件清理结果: decisions on which documents are abolished, lapsed, to be revised, or stay in force."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.cleanup.link import link_cleanup
from gongkai.kinds.cleanup.model import CLEANUPS, Cleanup
from gongkai.kinds.cleanup.pages import cleanup_pages, cleanups_pages
from gongkai.kinds.cleanup.parts import CLEANED_BY, CLEANS, CLEANUP, cleanup_parts
from gongkai.kinds.cleanup.shape import CleanupFile, CleanupItemShape
from gongkai.kinds.cleanup.tables import CLEANUP_ITEMS, CLEANUPS_TABLE, cleanup_workbook
from gongkai.kinds.interface import Door, FileKind, Items, in_order

KIND = FileKind(
    name="cleanup",
    folder=Path(__file__).parent,
    directory="cleanups/",
    label="文件清理结果",
    heads=(CLEANUP,),
    shape=CleanupFile,
    model=Cleanup,
    carries=True,
    link=link_cleanup,
    parts=cleanup_parts,
    items=Items(
        word="cleanup_item",
        label="清理的一份文件",
        shape=CleanupItemShape,
        places=lambda shape: in_order("items", of=shape.items),
        first=lambda _: ("items",),
    ),
    size=lambda cleanup: len(cleanup.items),
    pages=cleanup_pages,
    lists=cleanups_pages,
    tables=(CLEANUPS_TABLE, CLEANUP_ITEMS),
    doors=(
        Door(
            crumb=CLEANUPS,
            about="哪些文件已经废止、失效，哪些继续有效。",
            holds=lambda _, total: f"{total[CLEANUP]}份" if total[CLEANUP] else "",
            place=45,
        ),
    ),
    relations=((CLEANS, CLEANED_BY),),
    within=True,
    workbook=cleanup_workbook,
    not_applicable={
        "calendar": "a decision lists days on which documents lapsed; nobody has to come or answer by one",
    },
)
