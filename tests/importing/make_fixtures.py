"""Make the Word, PDF and HTML fixtures from the committed plans. Run by hand; its products are committed.

    python -m tests.importing.make_fixtures          # needs python-docx, and soffice (LibreOffice Writer) on the PATH

The sources of the first data are text only, so the files that offices really send are made here: merged cells, headings
repeated on each page, page numbers, automatic numbers, and both Word and LibreOffice as producers.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import docx
import yaml
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).parent / "fixtures"


def plan(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / "plans" / f"{name}.yml").read_text(encoding="utf-8"))


def head(document: dict[str, Any]) -> list[str]:
    """The notice, paragraph by paragraph, as it is printed."""
    lines = [document.get("header"), document.get("doc_number"), document.get("title"), document.get("addressees")]
    lines += [*document.get("body", []), *document.get("annexes", []), document.get("signature")]
    if day := document.get("date_signed"):
        lines.append(f"{day.year}年{day.month}月{day.day}日")
    return [line for line in [*lines, document.get("note")] if line]


def tail(document: dict[str, Any]) -> list[str]:
    day = document.get("date_printed")
    printed = f"{document.get('printed_by', '')}　{day.year}年{day.month}月{day.day}日印发" if day else None
    return [line for line in (document.get("copies"), printed) if line]


def outline(data: dict[str, Any]) -> list[tuple[int, str, str]]:
    """(level, number, text) of every paragraph of the plan."""
    found = [(0, "", text) for text in data.get("preamble", [])]
    for section in data["sections"]:
        found.append(
            (1, f"{section['number']}、", section["title"] + (f"。{section['text']}" if section.get("text") else ""))
        )
        for child in section.get("sections", []):
            units = f"〔责任单位：{child['units']}〕" if child.get("units") else ""
            found.append((2, child["number"], f"{child['title']}。{child.get('text', '')}{units}"))
    return found


def rows(table: dict[str, Any], numbered: bool) -> list[list[str | None]]:
    """Rows as printed; None is a cell merged with the one above."""
    found = []
    for row in table["rows"]:
        cells: list[str | None] = [str(row["number"])] if numbered else []
        cells += [row.get("area"), row.get("topic"), row["text"], row.get("units")]
        if "完成时限" in table["columns"]:
            cells.append(row.get("deadline"))
        found.append(cells)
    return found


def footer_number(document: Any) -> None:
    """A page number field between dashes, as GB/T 9704 prints it."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run("— ")
    for kind in ("begin", "instr", "end"):
        run = paragraph.add_run()
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    paragraph.add_run(" —")


def word_table(document: Any, labels: list[str], body: list[list[str | None]]) -> None:
    """A ruled table with gridSpan in its header and vMerge in its body."""
    spans = len(body[0]) - len(labels)
    table = document.add_table(rows=1, cols=len(body[0]))
    table.style = "Table Grid"
    at = 0
    for label in labels:
        wide = 1 + (spans if label == "工作任务" else 0)
        cell = table.rows[0].cells[at]
        if wide > 1:
            cell = cell.merge(table.rows[0].cells[at + wide - 1])
        cell.text = label
        at += wide
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for texts in body:
        cells = table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            merge = OxmlElement("w:vMerge")
            if text is None:
                cell._tc.get_or_add_tcPr().append(merge)
            else:
                merge.set(qn("w:val"), "restart")
                cell._tc.get_or_add_tcPr().append(merge)
                cell.text = text


def word(name: str, target: str, *, rows_a_page: int | None = None) -> None:
    """One plan as a Word file; with ``rows_a_page`` the table is cut into one table per page, heading repeated."""
    data = plan(name)
    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Pt(595), Pt(842)
    footer_number(document)
    for text in head(data["document"]):
        document.add_paragraph(text)
    document.add_paragraph(data["title"])
    for _, number, text in outline(data):
        document.add_paragraph(number + text)
    if table := data.get("task_table"):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("附件")
        document.add_paragraph(table["title"])
        body = rows(table, table.get("number_printed", True))
        size = rows_a_page or len(body)
        for at in range(0, len(body), size):
            word_table(document, table["columns"], body[at : at + size])
            if at + size < len(body):
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for text in tail(data["document"]):
        document.add_paragraph(text)
    document.save(FIXTURES / target)


def numbered_word(name: str, target: str) -> None:
    """A plan whose 一、 and （一） are automatic numbers, so that they are not in the text."""
    data = plan(name)
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for level, (form, text) in enumerate((("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))):
        element = OxmlElement("w:lvl")
        element.set(qn("w:ilvl"), str(level))
        for tag, value in (("start", "1"), ("numFmt", form), ("lvlRestart", "0"), ("lvlText", text)):
            child = OxmlElement(f"w:{tag}")
            child.set(qn("w:val"), value)
            element.append(child)
        abstract.append(element)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "90")
    of = OxmlElement("w:abstractNumId")
    of.set(qn("w:val"), "90")
    number.append(of)
    numbering.append(number)
    for text in [*head(data["document"]), data["title"]]:
        document.add_paragraph(text)
    for level, _, text in outline(data):
        paragraph = document.add_paragraph(text)
        if level:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = level - 1
            properties.get_or_add_numId().val = 90
    document.save(FIXTURES / target)


def web_table(labels: list[str], body: list[list[str | None]]) -> str:
    spans = len(body[0]) - len(labels)
    cells = [f"<th{f' colspan={1 + spans}' if label == '工作任务' and spans else ''}>{label}</th>" for label in labels]
    lines = [f"<tr>{''.join(cells)}</tr>"]
    for at, texts in enumerate(body):
        line = []
        for column, text in enumerate(texts):
            if text is None:
                continue
            down = 1
            while at + down < len(body) and body[at + down][column] is None:
                down += 1
            line.append(f"<td{f' rowspan={down}' if down > 1 else ''}>{html.escape(text)}</td>")
        lines.append(f"<tr>{''.join(line)}</tr>")
    return "<table border=1>" + "\n".join(lines) + "</table>"


def web(name: str, target: Path, *, chrome: bool) -> None:
    """One plan as a web page, with or without the navigation of a portal around it."""
    data = plan(name)
    parts = [f"<p>{html.escape(text)}</p>" for text in head(data["document"])]
    parts += [f"<h1>{data['title']}</h1>"]
    parts += [f"<p>　　{html.escape(number + text)}</p>" for _, number, text in outline(data)]
    if table := data.get("task_table"):
        parts += [
            "<p>附件</p>",
            f"<p>{table['title']}</p>",
            web_table(table["columns"], rows(table, table.get("number_printed", True))),
        ]
    parts += [f"<p>{html.escape(text)}</p>" for text in tail(data["document"])]
    body = "\n".join(parts)
    if chrome:
        body = (
            '<div class="top"><a href="/">返回首页</a> <a href="/wza">无障碍阅读</a> <a href="/gh">关怀版</a></div>'
            '<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/gk">政府信息公开</a></div>'
            f'<div class="main"><div class="text" id="zoom">{body}</div></div>'
            '<div class="side">打印整页 分享</div><div class="foot">网站地图 联系我们</div>'
            '<script>var a = "不是正文";</script>'
        )
    page = f"<title>{data['title']}</title></head><body>{body}</body></html>"
    target.write_text(f"<!DOCTYPE html><html><head><meta charset=utf-8>{page}", encoding="utf-8")


def convert(source: Path, kind: str, target: str) -> None:
    """Let LibreOffice write the file."""
    with tempfile.TemporaryDirectory() as folder:
        filters = ["--infilter=HTML (StarWriter)"] if source.suffix == ".html" and kind == "docx" else []
        subprocess.run(
            ["soffice", "--headless", *filters, "--convert-to", kind, "--outdir", folder, str(source)],
            check=True,
            capture_output=True,
        )
        shutil.move(next(Path(folder).glob(f"*.{kind.split(':', maxsplit=1)[0]}")), FIXTURES / target)


CATALOGUE = Path(__file__).resolve().parents[2] / "generator/gongkai/kinds/catalogue/examples/shili-mulu-2021.yml"
ELEMENTS = {
    "area": "一级事项", "title": "公开事项", "content": "公开内容（要素）", "basis": "公开依据", "deadline": "公开时限",
    "units": "公开主体", "channels": "公开渠道和载体", "audience": "公开对象", "method": "公开方式",
}  # fmt: skip


def catalogue_word(target: str) -> None:
    """The miniature district's catalogue: headings of two rows with ticked levels, one cell for each 一级事项."""
    data = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    levels = list(dict.fromkeys(item["level"] for item in data["items"]))
    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Pt(842), Pt(595)
    footer_number(document)
    office = "示例市示例区人民政府办公室"
    notice = data["document"]
    notice |= {
        "header": f"{office}文件",
        "title": office + notice["title"],
        "addressees": "各镇（街道），区政府各部门：",
    }
    for text in [*head(notice), data["title"]]:
        document.add_paragraph(text)
    table = document.add_table(rows=2 + len(data["items"]), cols=1 + len(ELEMENTS) + len(levels))
    table.style = "Table Grid"
    heads = ["序号", *ELEMENTS.values()]
    for at, label in enumerate(heads):
        table.cell(0, at).merge(table.cell(1, at)).text = label
    table.cell(0, len(heads)).merge(table.cell(0, len(heads) + len(levels) - 1)).text = "公开层级"
    for at, level in enumerate(levels, len(heads)):
        table.cell(1, at).text = level
    above = None
    for row, item in enumerate(data["items"], 2):
        same = item.get("area") == above and above is not None
        texts = [str(item["number"]), *(item.get(name, "") for name in ELEMENTS)]
        texts += ["√" if item["level"] == level else "" for level in levels]
        for at, text in enumerate(texts):
            if at == 1 and same:
                table.cell(row - 1, 1).merge(table.cell(row, 1))
            elif text:
                table.cell(row, at).text = text
        above = item.get("area")
    document.save(FIXTURES / target)


def main() -> None:
    catalogue_word("catalogue.docx")
    convert(FIXTURES / "catalogue.docx", "pdf", "catalogue.pdf")
    word("changqing-2022", "changqing-2022.docx")
    word("laiwu-2021", "laiwu-2021.docx", rows_a_page=7)
    numbered_word("laiwu-2025", "laiwu-2025-numbered.docx")
    web("laiwu-2021", FIXTURES / "laiwu-2021.html", chrome=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "laiwu-2021.html"
        web("laiwu-2021", plain, chrome=False)
        convert(plain, "docx", "laiwu-2021-libreoffice.docx")
    convert(FIXTURES / "changqing-2022.docx", "pdf", "changqing-2022.pdf")
    convert(FIXTURES / "laiwu-2021.docx", "pdf", "laiwu-2021.pdf")


if __name__ == "__main__":
    main()
