"""A list of projects as an Excel workbook, laid out as printed."""

from __future__ import annotations

from datetime import date

from gongkai.column.cell import cell_heads, cell_texts
from gongkai.column.sheets import Book, Fill, workbook
from gongkai.kinds.project_list.model import ProjectList


def project_list_workbook(projects: ProjectList, flat: Fill) -> bytes:
    """The list as printed: its headings across the sheet, and the projects under each."""
    by_number = {project.number: project for project in projects.projects}

    def fill(book: Book) -> None:
        beside = cell_heads(projects.projects)
        heads = ("序号", "项目名称", "级别和来源", *beside, "编者注")
        sheet = book.sheet("项目清单", projects.title, heads, (8, 70, 24, *(24 for _ in beside), 40))
        at = 2
        for category in projects.categories:
            mark = "、" if category.level == 1 else ""
            count = f"（{category.announced}个）" if category.announced is not None else ""
            sums = "".join(f"　{cell.head} {cell.text}" for cell in category.totals)
            sheet.put(at, 0, f"{category.number}{mark}{category.title}{count}{sums}", "head", right=len(heads) - 1)
            at += 1
            for project in (by_number[number] for number in category.projects):
                sheet.put(at, 0, str(project.number), "centre")
                sheet.put(at, 1, project.title, "text")
                sheet.put(at, 2, "、".join(project.tags), "centre")
                cells = cell_texts(project)
                for position, head in enumerate(beside, 3):
                    sheet.put(at, position, cells.get(head, ""), "centre")
                sheet.put(at, len(heads) - 1, project.editor_note or "", "text")
                at += 1
        if projects.totals:
            words = "　".join(f"{cell.head} {cell.text}" for cell in projects.totals)
            sheet.put(at, 0, f"合计：{words}", "head", right=len(heads) - 1)

    document = projects.document
    created = document.date_signed or date(projects.year, 1, 1)
    return workbook(projects.title, document.issuer_name, created, fill, flat)
