"""Paragraphs and tables as files: Word, web pages of portals, workbooks, CSV, pasted text. The same each time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import NamedTuple

UP, LEFT = "\0up", "\0left"
"""A cell that is merged with the one above, or with the one on its left."""


class Table(NamedTuple):
    """Rows of texts; cells merged with their neighbours are UP or LEFT."""

    rows: Sequence[Sequence[str]]


Block = str | Table
Box = Sequence[tuple[str, str]]


def _spans(rows: Sequence[Sequence[str]]) -> Iterable[tuple[int, int, int, int, str]]:
    """(row, column, down, right, text) of each cell that is not covered by another."""
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text in (UP, LEFT):
                continue
            right = 1
            while column + right < len(row) and row[column + right] == LEFT:
                right += 1
            down = 1
            while at + down < len(rows) and column < len(rows[at + down]) and rows[at + down][column] == UP:
                down += 1
            yield at, column, down, right, text


def docx(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """A Word file; ``box`` has no place in it."""
    import docx as library

    del box
    document = library.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block.rows), len(block.rows[0]))
        for at, column, down, right, text in _spans(block.rows):
            cell = table.cell(at, column)
            if down > 1 or right > 1:
                cell = cell.merge(table.cell(at + down - 1, column + right - 1))
            cell.text = text
        document.add_paragraph("")
    return _bytes(document.save)


def xlsx(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """A workbook: paragraphs alone in merged rows, tables below them."""
    import openpyxl

    del box
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    wide = max((len(block.rows[0]) for block in blocks if isinstance(block, Table)), default=1)
    at = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(at, 1, block)
            if wide > 1:
                sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=wide)
            at += 1
            continue
        for row, column, down, right, text in _spans(block.rows):
            sheet.cell(at + row, column + 1, int(text) if text.isdigit() else text)
            if down > 1 or right > 1:
                last = (at + row + down - 1, column + right)
                sheet.merge_cells(start_row=at + row, start_column=column + 1, end_row=last[0], end_column=last[1])
        at += len(block.rows)
    return _bytes(book.save)


def _bytes(save: Callable[[io.BytesIO], None]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def csv_gbk(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """CSV as Excel saves it in China."""
    del box
    stream = io.StringIO()
    writer = csv.writer(stream)
    for block in blocks:
        rows = [[block]] if isinstance(block, str) else block.rows
        writer.writerows([["" if cell in (UP, LEFT) else cell for cell in row] for row in rows])
    return stream.getvalue().encode("gb18030")


def csv_utf8(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """CSV with the mark that WPS writes."""
    return b"\xef\xbb\xbf" + csv_gbk(blocks, box).decode("gb18030").encode()


def _text(gap: str) -> Callable[[Sequence[Block], Box], bytes]:
    def made(blocks: Sequence[Block], box: Box = ()) -> bytes:
        lines = [f"{label}：{value}" for label, value in box]
        for block in blocks:
            if isinstance(block, str):
                lines.append(block)
            else:
                lines += [gap.join("" if cell in (UP, LEFT) else cell for cell in row) for row in block.rows]
        return "\n".join(lines).encode()

    return made


text_tabs = _text("\t")


def text_bars(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """A table as bars part it, for example copied from a chat."""
    lines = ["　　".join(f"{label}：{value}" for label, value in box)] if box else []
    for block in blocks:
        if isinstance(block, str):
            lines += ["　　" + block, ""]
        else:
            lines += ["| " + " | ".join("" if c in (UP, LEFT) else c for c in row) + " |" for row in block.rows]
    return "\n".join(lines).encode("gb18030")


def _html_table(table: Table, cell: Callable[[str], str]) -> str:
    rows: list[list[str]] = [[] for _ in table.rows]
    for at, _, down, right, text in _spans(table.rows):
        spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{right}"' if right > 1 else "")
        rows[at].append(f"<td{spans}>{cell(text)}</td>")
    return "<table border=1>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def _plain(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _word(text: str) -> str:
    """As Word's own HTML is pasted into a portal: spans in paragraphs, line breaks inside."""
    parts = [f'<span style="font-family:仿宋">{escape(line)}</span>' for line in text.split("\n")]
    return "".join(f'<p class="MsoNormal">{part}</p>\n' for part in parts)


def _page(box: str, article: str, above: str = "", below: str = "", head: str = "") -> bytes:
    page = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{above}{box}{article}{below}</body></html>"
    )
    return page.encode()


_NAV = (
    '<div class="nav"><a href="/">首页</a><a href="/zwgk">政务公开</a><a href="/bsfw">办事服务</a></div>'
    '<div class="position">当前位置：<a href="/">首页</a> > <a href="/zwgk">政务公开</a> > 政策文件</div>'
)
_FOOT = (
    '<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>'
    '<div class="close">【打印本页】【关闭窗口】</div>'
    '<div class="footer"><p>主办：示例县人民政府办公室</p><p>网站标识码：1100000000　京ICP备00000000号</p></div>'
)


def portal_box_table(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """The box is a table of labels and values, two pairs a row; the text as Word was pasted."""
    pairs = [f"<td>{label}</td><td>{escape(value)}</td>" for label, value in box]
    rows = "".join(f"<tr>{''.join(pairs[at : at + 2])}</tr>" for at in range(0, len(pairs), 2))
    article = "".join(_word(block) if isinstance(block, str) else _html_table(block, _word) for block in blocks)
    table = f'<table class="xxgk">{rows}</table>' if rows else ""
    return _page(table, f'<div class="TRS_Editor">{article}</div>', _NAV + "<div>【字体：大 中 小】</div>", _FOOT)


def portal_box_list(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """The box is a list; letters can be made larger; the text is plain paragraphs."""
    items = "".join(f"<li><b>{label}：</b><span>{escape(value)}</span></li>" for label, value in box)
    article = "".join(
        f"<p>{_plain(block)}</p>" if isinstance(block, str) else _html_table(block, _plain) for block in blocks
    )
    listed = f"<ul class=info>{items}</ul>" if items else ""
    return _page(listed, f"<div id=zoom>{article}</div>", _NAV, "<p>扫一扫在手机打开当前页</p>" + _FOOT)


def portal_box_defs(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """The box is a list of definitions; the whole page stands in one layout table; meta tags name title and day."""
    defs = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in box)
    article = "".join(
        f"<div>　　{_plain(block)}</div>" if isinstance(block, str) else _html_table(block, _plain) for block in blocks
    )
    known = dict(box)
    head = f'<meta name="PubDate" content="{known["发布日期"]}">' if "发布日期" in known else ""
    whole = f"<table width=980><tr><td><dl>{defs}</dl><div class=article>{article}</div></td></tr></table>"
    return _page("", whole, '<div><a href="/">网站首页</a> | <a href="/gk">信息公开</a></div>', _FOOT, head)


def portal_box_lines(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """The box is a line of words; every paragraph is a section of the portal's own editor, broken by line feeds."""
    line = "　".join(f"{label}：{escape(value)}" for label, value in box)
    article = "".join(
        f"<section><span>&nbsp;&nbsp;&nbsp;&nbsp;{_plain(block)}</span></section>\n"
        if isinstance(block, str)
        else _html_table(block, lambda text: f"<section>{_plain(text)}</section>")
        for block in blocks
    )
    note = "<p>来源：本网　浏览次数：<span>128</span>　字号：[ 大 中 小 ]</p>"
    return _page(f"<p>{line}</p>{note}", f"<article>{article}</article>", _NAV, _FOOT)


def portal_old(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """An old portal: tables in tables place everything, the box is rows of the outer one, fonts and breaks the text."""
    rows = "".join(f"<tr><td class=l>{label}：</td><td>{escape(value)}</td></tr>" for label, value in box)
    article = "".join(
        f"<font size=3>　　{_plain(block)}</font><br><br>" if isinstance(block, str) else _html_table(block, _plain)
        for block in blocks
    )
    menu = "<tr><td><a href=1.htm>机构职能</a></td></tr><tr><td><a href=2.htm>政策法规</a></td></tr>"
    left = f"<td width=180><table>{menu}<tr><td><a href=3.htm>规划计划</a></td></tr></table></td>"
    inner = f"<td><table width=760>{rows}<tr><td colspan=2><div>{article}</div></td></tr></table></td>"
    foot = "<center>版权所有：示例县人民政府　技术支持：某公司<br>地址：示例县人民路1号　邮编：000000</center>"
    return _page("", f"<table width=960><tr>{left}{inner}</tr></table>", '<a href="/">首页</a>', foot)


def text_pipes(blocks: Sequence[Block], box: Box = ()) -> bytes:
    """A table with bars and a line below its heads, as notes and chats write it; blank lines between paragraphs."""
    lines = [f"{label}：{value}" for label, value in box]
    for block in blocks:
        if isinstance(block, str):
            lines += [block, ""]
            continue
        rows = ["|" + "|".join("" if c in (UP, LEFT) else c for c in row) + "|" for row in block.rows]
        lines += [rows[0], "|" + "---|" * len(block.rows[0]), *rows[1:], ""]
    return "\n".join(lines).encode()


FORMATS: dict[str, tuple[str, Callable[[Sequence[Block], Box], bytes]]] = {
    "docx": (".docx", docx),
    "xlsx": (".xlsx", xlsx),
    "csv": (".csv", csv_utf8),
    "csv-gbk": (".csv", csv_gbk),
    "tabs": (".txt", text_tabs),
    "bars": (".txt", text_bars),
    "box-table": (".html", portal_box_table),
    "box-list": (".html", portal_box_list),
    "box-defs": (".html", portal_box_defs),
    "box-lines": (".html", portal_box_lines),
    "old": (".htm", portal_old),
    "pipes": (".txt", text_pipes),
}
