"""A Word file with a task table of twenty rows, from the desk's first page to the published one: clicks and seconds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import docx

from gongkai.desk import child
from tests.conftest import ROOT
from tests.desk.desks import DAY, column, run
from tests.tools import tool

TITLE = "2022年政务公开重点任务"
HEAD = (
    "示例市示例区人民政府办公室文件",
    "示区政办发〔2022〕9号",
    f"示例市示例区人民政府办公室关于印发{TITLE}的通知",
    "各镇人民政府（街道办事处），区政府各部门：",
    f"《{TITLE}》已经区政府同意，现印发给你们，请认真落实。",
    f"附件：{TITLE}分解表",
    "示例市示例区人民政府办公室",
    "2022年2月20日",
    "（此件公开发布）",
    "附件",
    f"{TITLE}分解表",
)
HEADS = ("序号", "工作任务", "具体要求", "责任单位", "完成时限")
UNITS = ("区民政局", "区教育和体育局", "区民政局、区教育和体育局")
ROWS = 20
DUE = "2022年6月底前"


def measure() -> dict[str, Any]:
    """What the browser counted."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        root = _column(place)
        paper = _paper(place / "2022年重点任务.docx")
        env = {**child.environment(), "GONGKAI_STATE": str(place / "state"), "GONGKAI_CACHE": str(place / "cache")}
        command = [sys.executable, "-m", "gongkai", "desk", "--root", str(root), "--no-browser", "--as-of", str(DAY)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as desk:
            try:
                assert desk.stdout
                desk.stdout.readline()
                address = desk.stdout.readline().decode().strip()
                script = Path(__file__).with_suffix(".mjs")
                done = subprocess.run(
                    [tool("node"), script], env={**os.environ, "DESK": address, "PAPER": str(paper)}, cwd=ROOT,
                    stdout=subprocess.PIPE, check=True,
                )  # fmt: skip
            finally:
                desk.terminate()
        found: dict[str, Any] = json.loads(done.stdout)
        pages = list((root / "published").rglob("plans/shili-2022*/index.html"))
        found["published"] = any("第20件事情" in page.read_text("utf-8") for page in pages)
        return found


def _column(place: Path) -> Path:
    root = column(place, git=True)
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  column:\n", "  column:\n    publish: published\n"), "utf-8"
    )
    (root / ".gitignore").write_text("published\n", "utf-8")
    shutil.copytree(ROOT / "content", root / "content", dirs_exist_ok=True)
    for key, value in (("user.name", "张三"), ("user.email", "clerk@example.org")):
        run(root, "config", key, value)
    run(root, "add", "-A")
    run(root, "commit", "-qm", "begin")
    return root


def _paper(path: Path) -> Path:
    paper = docx.Document()
    for text in HEAD:
        paper.add_paragraph(text)
    table = paper.add_table(rows=0, cols=len(HEADS))
    table.style = "Table Grid"
    areas = {at: f"第{at // 5 + 1}方面任务" for at in range(1, ROWS, 5)}  # printed once, as in merged cells
    texts = [f"做好第{at}件事情，公开结果。" for at in range(1, ROWS + 1)]
    rows = [(str(at), areas.get(at, ""), text, UNITS[at % 3], DUE) for at, text in enumerate(texts, start=1)]
    for row in (HEADS, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(str(path))
    return path
