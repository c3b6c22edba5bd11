"""Write docs/platforms.md: which locked libraries have wheels for which computers, asked from the registry through pip.

    .venv/bin/python tools/platforms.py [PYTHON]

A few questions for each kind of computer; nothing is downloaded or installed.
"""

import sys
from datetime import date
from pathlib import Path

from gongkai.extras import PURPOSES, SPARE
from gongkai.starter.wheels import PLATFORMS, Platform, find_wheels, requirements

OUT = Path(__file__).resolve().parents[1] / "docs/platforms.md"
HEAD = """\
# 哪些电脑能用

本页由 `tools/platforms.py` 在{day}向 PyPI 查询写成：锁定的每个程序库（Python {python}）有没有适合这种电脑的安装文件（wheel）。
“能装”是说都有；真机上试过的只有 Linux x86_64，其余**尚未在真机上试过**。Linux 要求 glibc 2.28 以上（银河麒麟 V10、统信 UOS 20、Debian 10 及以后）。

| 电脑 | 程序本身 | 编辑台（desk） | 导入（import） | 压缩（publish） | 没有安装文件的程序库 |
|---|---|---|---|---|---|
"""
TAIL = """
- 没有这些也能用：{spare}。rjsmin 只在 Linux 上装。
- 别的程序库没有安装文件的，可以在那种电脑上用编译器从源码安装（`pip install --require-hashes` 会核对源码包的散列），
  或者在有安装文件的电脑上生成，把网站送过去：网站是普通网页，放在任何电脑、任何服务器上都能看。
- Windows 7 装不了 Python 3.9 以后的版本，本程序要 3.11 以上：请换一台电脑。

## 有编译部分的程序库

| 程序库 | {heads} |
|---|{rules}
"""


def asked(platform: Platform, python: str) -> tuple[dict[str, str], set[str]]:
    """The files and the missing names of a platform."""
    files, missing = find_wheels(requirements(platform, python), platform, python)
    return files, {*missing}


def row(platform: Platform, python: str, missing: set[str]) -> str:
    """A line of the first table."""
    cells = []
    core = {each.name for each in requirements(platform, python, ())}
    for extra in ((), *((extra,) for extra in PURPOSES)):
        names = {each.name for each in requirements(platform, python, extra)} - (core if extra else set())
        lacking = names & missing
        cells.append("能装" if not lacking else "能装，少几样" if lacking <= {*SPARE} else "装不了")
    return f"| {platform.label} | {' | '.join(cells)} | {'、'.join(sorted(missing)) or '—'} |\n"


def main() -> None:
    """Ask for every platform and write the page."""
    python = sys.argv[1] if len(sys.argv) > 1 else "3.12"
    answers = {platform: asked(platform, python) for platform in PLATFORMS.values()}
    today = date.today()  # noqa: DTZ011 - the day of the question, for readers
    text = HEAD.format(day=f"{today.year}年{today.month}月{today.day}日", python=python)
    text += "".join(row(platform, python, missing) for platform, (_, missing) in answers.items())
    compiled = sorted(
        {name for files, missing in answers.values() for name, file in files.items() if not file.endswith("-any.whl")}
        | {name for _, missing in answers.values() for name in missing}
    )
    labels = [platform.name for platform in answers]
    text += TAIL.format(spare="；".join(f"{name}（{less}）" for name, less in SPARE.items()), heads=" | ".join(labels), rules="---|" * len(labels))
    for name in compiled:
        cells = ["没有" if name in missing else "有" if name in files else "不需要" for files, missing in answers.values()]
        text += f"| {name} | {' | '.join(cells)} |\n"
    OUT.write_text(text, "utf-8")


main()
