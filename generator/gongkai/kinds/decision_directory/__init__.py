"""重大行政决策事项目录: directories of major administrative decisions, and each decision with its stages."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.decision_directory.link import link_directory
from gongkai.kinds.decision_directory.model import DecisionDirectory
from gongkai.kinds.decision_directory.pages import DECISIONS, decision_lists, directory_pages
from gongkai.kinds.decision_directory.parts import DECISION, DIRECTORY, directory_parts
from gongkai.kinds.decision_directory.shape import DecisionShape, DirectoryFile
from gongkai.kinds.decision_directory.tables import DECISIONS_TABLE, DIRECTORIES_TABLE
from gongkai.kinds.decision_directory.workbook import directory_workbook
from gongkai.kinds.interface import Door, FileKind, Items, in_order
from gongkai.text.numerals import numeral

KIND = FileKind(
    name="decision_directory",
    folder=Path(__file__).parent,
    directory="decisions/",
    label="重大行政决策",
    heads=(DIRECTORY,),
    inner=(DECISION,),
    shape=DirectoryFile,
    model=DecisionDirectory,
    carries=True,
    link=link_directory,
    parts=directory_parts,
    items=Items(
        word="decision",
        label="一项重大行政决策",
        shape=DecisionShape,
        places=lambda shape: in_order("decisions", of=shape.decisions),
        first=lambda _: ("decisions",),
        more=lambda number: {"number_text": numeral(number)},
        file_title="{year}年度重大行政决策事项目录",
    ),
    size=lambda directory: len(directory.decisions),
    pages=directory_pages,
    lists=decision_lists,
    tables=(DIRECTORIES_TABLE, DECISIONS_TABLE),
    doors=(
        Door(
            crumb=DECISIONS,
            about="年度目录和每项决策从草案到结果的公开情况。",
            holds=lambda _, total: f"{total[DECISION]}项" if total[DECISION] else "",
            place=20,
        ),
    ),
    workbook=directory_workbook,
    holding=lambda total: f"{total[DECISION]}项重大行政决策" if total[DECISION] else "",
)
