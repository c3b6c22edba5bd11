"""What the commands say of themselves, and of a command line typed wrong: Chinese, whatever the machine speaks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from gongkai.cli import ListedCommand, main

LOCALE = Path(__file__).parents[2] / "generator/gongkai/cli/locale/zh_CN/LC_MESSAGES"


def said(*words: str) -> str:
    environment = {**os.environ, "LANG": "en_US.UTF-8", "LANGUAGE": "en"}
    run = [sys.executable, "-m", "gongkai", *words]
    done = subprocess.run(run, capture_output=True, text=True, env=environment, check=False)
    return (done.stdout + done.stderr).strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["publsh"], "错误：没有命令 publsh。 是否想写 'publish'？"),
        (["build", "--ot", "x"], "错误：没有选项 --ot。 是否想写 '--out', '--root'？"),
        (["build", "--out"], "错误：选项 --out 后面要写内容。"),
        (["check", "--format", "xml"], "'text', 'json', 'github', 'gitlab', 'sarif', 'markdown'"),
        (["check", "--site", "nowhere"], "错误：'--site' 写得不对：没有这个目录：nowhere"),
        (["check", "--as-of", "2026"], "“2026”不是日期，请写成 2026-01-31 的样子"),
        (["build", "--as-of", "9999-12-31"], "“9999-12-31”太早或太晚，请写 1949 年到 2100 年之间的日期"),
        (["report", "changqing-2022", "--output", "a.pdf"], "写不出 .pdf 文件：文件名的最后可以是 .docx、.txt、.md"),
        (["verify", "content"], "只有 gongkai publish 发布的网站有它，gongkai build 生成的没有"),
        (["publish"], "错误：缺少参数 'TARGET'."),
        (["verify", "a", "b"], "错误：多写了：b"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_told_in_chinese(words: list[str], expected: str) -> None:
    assert said(*words).endswith(expected)


@pytest.mark.parametrize("command", ["", "check", "build", "publish", "verify", "federate", "new", "import", "fix"])
def test_help_is_chinese(command: str) -> None:
    shown = CliRunner().invoke(main, [*filter(None, [command]), "--help"])
    assert shown.exit_code == 0
    text = shown.output
    assert re.findall(r"\b(?:Usage|Show|Options|Commands|required|default)\b", text) == []


@pytest.mark.parametrize("listed", main.commands.values(), ids=main.commands.keys())
def test_what_is_listed_is_what_the_command_says(listed: ListedCommand) -> None:
    command = listed.loaded()
    assert command.name == listed.name
    assert command.help is not None
    assert command.help.splitlines()[0] == listed.help


def test_help_loads_no_command() -> None:
    loaded = "import sys\nfrom gongkai.cli import main\nmain(['--help'], standalone_mode=False)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    own = {name for name in done.stdout.splitlines()[-1].split() if name.startswith("gongkai")}
    assert own == {"gongkai", "gongkai.cli", "gongkai.cli.chinese"}


def test_what_is_looked_up_is_what_was_written() -> None:
    with (LOCALE / "messages.po").open("rb") as file:
        written = [message for message in read_po(file, locale="zh_CN") if message.id]
    with (LOCALE / "messages.mo").open("rb") as file:
        found = GNUTranslations(file)
    assert len(written) > 30
    for message in written:
        if message.pluralizable:
            assert found.ngettext(*message.id, 2) == message.string[0], "run make messages"
        else:
            assert found.gettext(message.id) == message.string, "run make messages"
