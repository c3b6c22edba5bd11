"""Printed pages: what PDF and OFD have in common, two columns, pages printed sideways, hostile OFD files."""

from __future__ import annotations

import io
import zipfile

import pytest

from benchmarks.importing import printed
from benchmarks.importing.pages import UP, Table
from gongkai.importing.blocks import Paragraph, Reading, Refusal
from gongkai.importing.blocks import Table as Found
from gongkai.importing.readers import ofd, pdf_bounds
from gongkai.importing.readers.files import read_bytes
from gongkai.importing.recognise.layout import laid_out
from gongkai.text.blanks import squeeze

pytestmark = pytest.mark.quick

WORDS = "财政教育卫生环境交通农业住房养老就业科技文化体育应急安全水利林业"
PROSE = [
    "".join(WORDS[(at * 7 + count * (3 + at % 5)) % len(WORDS)] for count in range(30 + at % 23)) + "。"
    for at in range(40)
]
GRID = Table(
    [
        ["序号", "工作任务", "具体要求", "责任单位"],
        ["1", "财政公开", "公开部门预算和决算，说明“三公”经费增减变化的原因。", "县财政局"],
        ["2", UP, "公开惠民惠农补贴的政策依据、发放标准和发放结果。", "县财政局、县农业农村局"],
    ]
)


def read(data: bytes, suffix: str) -> Reading:
    found = read_bytes(data, suffix)
    assert isinstance(found, Reading), found
    return found


def grid(reading: Reading) -> list[list[str]]:
    (table,) = (block for block in laid_out(reading)[0] if isinstance(block, Found))
    return [[UP if cell.merged else cell.text for cell in row] for row in table.rows]


def prose(reading: Reading) -> str:
    return squeeze("".join(block.text for block in laid_out(reading)[0] if isinstance(block, Paragraph)))


@pytest.mark.parametrize(("write", "suffix"), [(printed.as_pdf, ".pdf"), (printed.as_ofd, ".ofd")], ids=["pdf", "ofd"])
def test_a_page_is_read_with_its_ruled_table(write, suffix):
    found = read(write(printed.typeset([*PROSE[:2], GRID])), suffix)
    assert prose(found) == squeeze("".join(PROSE[:2]))
    assert grid(found) == GRID.rows


@pytest.mark.parametrize(("write", "suffix"), [(printed.as_pdf, ".pdf"), (printed.as_ofd, ".ofd")], ids=["pdf", "ofd"])
def test_two_columns_are_read_one_after_the_other(write, suffix):
    pages = printed.typeset(PROSE, columns=2)
    assert len(pages) > 1
    assert prose(read(write(pages), suffix)) == squeeze("".join(PROSE))


def test_a_title_broken_over_two_lines_of_a_short_paper_is_one():
    lines = ["关于公开征求《示例县养老服务体系规划（征求意见稿）》意", "见的公告", "现公开征求意见，请于本月底前反馈。"]
    page: printed.Page = [printed.Text(72, 72 + 28 * at, line) for at, line in enumerate(lines)]
    blocks, _ = laid_out(read(printed.as_pdf([page]), ".pdf"))
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [lines[0] + lines[1], lines[2]]


def test_cells_beside_each_other_are_no_columns():
    rows = [["甲", "短"], ["乙", "再短"]] * 8
    pages: list[printed.Page] = [[]]
    for at, (left, right) in enumerate(rows):
        pages[0] += [printed.Text(72, 72 + 28 * at, left * 3), printed.Text(330, 72 + 28 * at, right)]
    found = read(printed.as_pdf(pages), ".pdf")
    lines = [text for block in found.blocks for _, text in block.lines]
    assert lines == [f"{left * 3} {right}" for left, right in rows]


def test_a_row_that_goes_on_on_the_next_page_is_a_row_of_both():
    """Neither half is closed by a line."""
    (first,) = printed.typeset([GRID])
    lowest = max(each.y1 for each in first if isinstance(each, printed.Rule))
    page = [each for each in first if not (isinstance(each, printed.Rule) and each.y0 == each.y1 == lowest)]
    assert len(page) < len(first)
    assert grid(read(printed.as_pdf([page]), ".pdf")) == GRID.rows


def test_a_page_printed_sideways_is_turned():
    found = read(printed.as_pdf(printed.typeset([*PROSE[:2], GRID]), sideways=True), ".pdf")
    assert prose(found) == squeeze("".join(PROSE[:2]))
    assert grid(found) == GRID.rows


def package(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


ROOT = "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"
ENTITIES = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;&x;">]>'


def one_page(content: str, pages: str = '<Page ID="1" BaseLoc="p.xml"/>') -> bytes:
    document = f"<Document><Pages>{pages}</Pages></Document>"
    return package({"OFD.xml": ROOT, "Doc_0/Document.xml": document, "Doc_0/p.xml": content})


BAD = {
    "no document": (package({"OFD.xml": "<ofd/>"}), "里没有页"),
    "missing part": (package({"OFD.xml": ROOT}), "已损坏"),
    "broken page": (one_page("<Page><Content>"), "已损坏"),
    "no number": (one_page('<Page><TextObject Boundary="a b c d"/></Page>'), "已损坏"),
    "no text": (one_page("<Page/>"), "没有文字层"),
    "way out of the file": (one_page("<Page/>", '<Page ID="1" BaseLoc="../../../../etc/passwd"/>'), "已损坏"),
    "entities": (one_page(f"{ENTITIES}<Page><TextObject><TextCode>&y;</TextCode></TextObject></Page>"), "没有文字层"),
    "steps without end": (
        one_page('<Page><TextObject><TextCode DeltaX="g 999999999 1">字</TextCode></TextObject></Page>'),
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_hostile_ofd_file_gets_a_sentence(name):
    data, words = BAD[name]
    found = read_bytes(data, ".ofd")
    if words:
        assert isinstance(found, Refusal)
        assert words in found.message
        assert found.hint
    else:
        assert isinstance(found, Reading)


def test_an_ofd_file_has_the_bounds_of_a_pdf(monkeypatch):
    data = printed.as_ofd(printed.typeset(PROSE))
    for limit, words in (("_MOST_CHARACTERS", "第 1 页有 50 个以上的字"), ("_MOST_CHARACTERS_IN_ALL", "个以上的字")):
        with monkeypatch.context() as patched:
            patched.setattr(pdf_bounds, limit, 50)
            found = read_bytes(data, ".ofd")
            assert isinstance(found, Refusal)
            assert found.message.startswith("OFD")
            assert words in found.message
    monkeypatch.setattr(ofd, "_MOST_PAGES", 1)
    found = read_bytes(printed.as_ofd(printed.typeset(PROSE)), ".ofd")
    assert isinstance(found, Refusal)
    assert "超过可以导入的 1 页" in found.message
