"""Workbooks, CSV, mails, zips and what LibreOffice converts give the drafts that the same text gives."""

from __future__ import annotations

import io
import os
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from gongkai.authoring.yaml_draft import settled
from gongkai.importing.importer import ImportResult, import_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTICE = """示例县人民政府办公室
关于印发2025年示例县政务公开工作要点的通知
示政办发〔2025〕3号
各乡镇人民政府，县政府各部门：
现将《2025年示例县政务公开工作要点》印发给你们，请认真贯彻落实。
示例县人民政府办公室
2025年3月4日
（此件公开发布）
2025年示例县政务公开工作要点
一、深化公开
（一）财政公开。公开预算。（责任单位：县财政局）
（二）教育公开。公开招生。（责任单位：县教育局）
"""
ROWS = [
    ["序号", "类别", "工作内容", "责任单位", "完成时限"],
    [1, "深化公开", "公开财政预算。", "县财政局", "2025年6月底前"],
    [2, None, "公开招生政策。", "县教育局", "每季度"],
    [3, "强化解读", "同步解读政策。", "县司法局", "持续推进"],
]
TITLE = "2025年示例县政务公开工作要点任务分解表"


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("B3:B4")
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def imported(path: Path, data: bytes) -> ImportResult:
    path.write_bytes(data)
    result = import_file(path, organ="shili")
    assert not result.refused, result.findings
    return result


def rows(result: ImportResult) -> list[tuple[object, ...]]:
    table = settled(result.drafts[0].data)["task_table"]
    return [tuple(row.get(key) for key in ("number", "area", "text", "units", "deadline")) for row in table["rows"]]


EXPECTED = [tuple(row) for row in ROWS[1:]]


def test_a_workbook_is_read_with_its_merged_cells(tmp_path):
    assert rows(imported(tmp_path / "a.xlsx", saved(workbook()))) == EXPECTED


def test_csv_is_read_in_the_encodings_of_excel(tmp_path):
    text = "\n".join(",".join(str(cell or "") for cell in row) for row in [[TITLE], *ROWS])
    for encoding in ("utf-8-sig", "gb18030"):
        assert rows(imported(tmp_path / "a.csv", text.encode(encoding))) == EXPECTED


def test_what_is_hidden_is_not_imported_and_said(tmp_path):
    book = workbook()
    book.active.row_dimensions[5].hidden = True
    secret = book.create_sheet("底稿")
    secret.append(["不对外的内容"])
    secret.sheet_state = "hidden"
    result = imported(tmp_path / "a.xlsx", saved(book))
    assert rows(result) == EXPECTED[:2]
    assert not any("不对外" in draft.text or "同步解读" in draft.text for draft in result.drafts)
    said = "".join(finding.message for finding in result.findings)
    assert "“底稿”里有隐藏的内容（整张工作表）" in said
    assert "隐藏的内容（1行）" in said


def test_a_hidden_column_is_not_imported_and_said(tmp_path):
    book = workbook()
    book.active.column_dimensions["E"].hidden = True
    result = imported(tmp_path / "a.xlsx", saved(book))
    assert [row[-1] for row in rows(result)] == [None, None, None]
    assert not any("每季度" in draft.text for draft in result.drafts)
    assert any("隐藏的列（1列）" in finding.message for finding in result.findings)


def test_every_sheet_is_read_under_its_own_title(tmp_path):
    book = workbook()
    second = book.create_sheet("2025年示例县重大行政决策事项目录")
    for row in (["序号", "决策事项名称", "承办单位"], [1, "养老服务规划", "县民政局"]):
        second.append(row)
    result = imported(tmp_path / "a.xlsx", saved(book))
    kinds = [draft.data["kind"] for draft in result.drafts]
    assert kinds[:2] == ["plan", "decision_directory"]


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def mailed(text: str, files: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.gov.cn", "b@example.gov.cn", "公文"
    message.set_content(text)
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


ANNEX = "序号\t决策事项名称\t承办单位\n1\t养老服务规划\t县民政局\n".encode()
FILES = {
    "附件2：2025年示例县重大行政决策事项目录.txt": ANNEX,
    "通知.txt": NOTICE.encode(),
    "照片.png": b"\x89PNG\r\n\x1a\n0",
}


@pytest.mark.parametrize("how", ["zip", "eml"])
def test_a_notice_and_its_annexes_become_linked_drafts(tmp_path, how):
    data = packed(FILES) if how == "zip" else mailed("您好，文件见附件，请查收。\n", FILES)
    result = imported(tmp_path / f"a.{how}", data)
    plan, directory = (settled(draft.data) for draft in result.drafts[:2])
    assert (plan["kind"], directory["kind"]) == ("plan", "decision_directory")
    assert plan["document"]["doc_number"] == "示政办发〔2025〕3号"
    assert directory["document"] == plan["id"]
    assert any("照片.png" in finding.message for finding in result.findings)
    assert not any("example.gov.cn" in draft.text or "请查收" in draft.text for draft in result.drafts)


def test_a_zip_attached_to_a_mail_is_read_and_one_in_a_zip_is_not(tmp_path):
    plain = {name: data for name, data in FILES.items() if not name.endswith(".png")}
    result = imported(tmp_path / "a.eml", mailed("请查收。\n", {"公文.zip": packed(plain)}))
    plan, directory = (settled(draft.data) for draft in result.drafts[:2])
    assert directory["document"] == plan["id"]
    result = imported(tmp_path / "a.zip", packed({"通知.txt": NOTICE.encode(), "公文.zip": packed(plain)}))
    assert any("公文.zip" in finding.message for finding in result.findings)


def test_annexes_of_a_zip_carry_their_own_titles_and_follow_the_notice(tmp_path):
    """The notice is found by what it says, whatever the files are called."""
    annex = "序号,决策事项名称,承办单位\n1,养老服务规划,县民政局\n".encode("gb18030")
    files = {"附件1：2025年示例县重大行政决策事项目录.csv": annex, "z.txt": NOTICE.encode()}
    result = imported(tmp_path / "a.zip", packed(files))
    assert [draft.data["kind"] for draft in result.drafts[:2]] == ["plan", "decision_directory"]
    assert settled(result.drafts[1].data)["title"] == "2025年示例县重大行政决策事项目录"


BOX = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>（一）财政公开。公开预算。</w:t>'
    '</w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:pict><w:txbxContent><w:p><w:r>'
    "<w:t>（二）教育公开。公开招生。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
)


def test_text_boxes_of_word_are_read_and_footnotes_are_named(tmp_path):
    document = docx.Document()
    document.add_paragraph("2025年示例县政务公开工作要点")
    document.add_paragraph("一、深化公开")
    document.element.body.insert(2, parse_xml(BOX))
    note = "预算指部门预算。"
    said = f'<w:footnote w:id="2"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>'
    xml = f'<w:footnotes xmlns:w="{W}">{said}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", xml.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    buffer = io.BytesIO()
    document.save(buffer)
    result = imported(tmp_path / "a.docx", buffer.getvalue())
    (section,) = settled(result.drafts[0].data)["sections"]
    assert [clause["text"] for clause in section["sections"]] == ["公开预算。", "公开招生。"]
    said = "".join(finding.message for finding in result.findings)
    assert "有文本框" in said
    assert "脚注或尾注 1 处" in said
    assert "图片" not in said
    assert (note, "脚注1，注在“（一）财政公开。公开预算。”之后") in [
        (item.text, item.reason) for item in result.account.left_out
    ]
    assert note in result.drafts[0].text.split("kind:")[0]


def test_a_mail_is_read_by_its_text_where_nothing_is_attached(tmp_path):
    result = imported(tmp_path / "a.eml", mailed(NOTICE, {}))
    assert settled(result.drafts[0].data)["document"]["doc_number"] == "示政办发〔2025〕3号"


@pytest.mark.skipif(os.name == "nt", reason="the program stood in for is a shell script")
def test_old_formats_go_through_libreoffice_where_it_is(tmp_path, monkeypatch):
    made, program = tmp_path / "made.xlsx", tmp_path / "soffice"
    made.write_bytes(saved(workbook()))
    program.write_text(f'#!/bin/sh\nmkdir -p out && cp "{made}" out/in.xlsx\n')
    program.chmod(0o755)
    monkeypatch.setattr("gongkai.importing.readers.office.shutil.which", lambda _: str(program))
    result = imported(tmp_path / "a.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert rows(result) == EXPECTED
    assert any("经 LibreOffice 转换" in finding.message for finding in result.findings)


def test_where_libreoffice_fails_the_way_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("gongkai.importing.readers.office.shutil.which", lambda _: "/bin/false")
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    result = import_file(path)
    assert result.refused
    assert "另存为 .docx" in str(result.findings[0].hint)
