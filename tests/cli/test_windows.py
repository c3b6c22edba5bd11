"""What Windows lacks is taken away, and every command does its work all the same.

Nothing here runs on Windows: fcntl, fork, pread, sync and the right to make symbolic links are missing, and the console
speaks GBK. That it was never tried on such a machine stands in the handbook.
"""

from __future__ import annotations

import json
import ntpath
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from gongkai import disk
from gongkai.cli import ListedCommand, main
from gongkai.load.tree import UNUSABLE_IDS
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository

_WITHOUT = """
import importlib.abc, os, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "pwd", "grp", "resource", "termios"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None
sys.meta_path.insert(0, Missing())
for name in ("fcntl", "pwd", "grp", "resource", "termios"):
    sys.modules.pop(name, None)
import platformdirs, shutil, subprocess, tempfile  # these look for what is missing while they load
for name in "fork pread pwrite sync register_at_fork O_CLOEXEC geteuid getuid sched_getaffinity".split():
    if hasattr(os, name):
        delattr(os, name)
real = os.symlink
def symlink(*_, **__):
    error = OSError(22, "A required privilege is not held by the client")
    error.winerror = 1314
    raise error
os.symlink = symlink
import types
winapi = types.ModuleType("_winapi")
winapi.CreateJunction = lambda target, link: real(target, link)
sys.modules["_winapi"] = winapi
msvcrt = types.ModuleType("msvcrt")
msvcrt.LK_NBLCK = 2
msvcrt.locking = lambda *_: None
sys.modules["msvcrt"] = msvcrt
from gongkai.__main__ import main
"""
_ONE = """
sys.argv = ["gongkai", *sys.argv[1:]]
main()
"""
_MANY = """
import json, signal, threading, time, urllib.error, urllib.request
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may have it ignored
lines = json.loads(sys.argv[1])
def visitor(port):
    while True:
        try:
            print(urllib.request.urlopen(f"http://127.0.0.1:{port}/").read().decode().partition("<title>")[2][:40])
            return os.kill(os.getpid(), 2)
        except urllib.error.HTTPError:  # the desk is there, but not for a stranger
            return os.kill(os.getpid(), 2)
        except OSError:
            time.sleep(0.05)
for words in lines:
    if words[0] in ("serve", "desk"):
        threading.Thread(target=visitor, args=(words[words.index("--port") + 1],), daemon=True).start()
    sys.argv = ["gongkai", *words]
    try:
        main()
    except SystemExit as done:
        code = done.code or 0
    sys.stderr.flush()
    print("\\0", code, end="\\1", flush=True)
"""


def run(words: Sequence[str], encoding: str = "gbk", program: str = _ONE) -> subprocess.CompletedProcess[bytes]:
    given = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _WITHOUT + program, *words]
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, env=os.environ | given
    )


DAY = "2030-03-01"
ANSWERS = "--division 410199 --name 示例市示例县人民政府 --short-name 示例县"
_NEW = "--organ shili --year 2030 --title"
COMMANDS: dict[str, tuple[str, int, str]] = {
    # the column as it was begun
    "init": (
        "{scratch}/另一个 --division 410199 --name 示例市示例县人民政府 --short-name 示例县 --git",
        0,
        "专栏已写好",
    ),
    "check": (f"--as-of {DAY}", 0, "没有发现问题"),
    "build": (f"--as-of {DAY}", 0, "汇总页"),
    "serve": (f"--no-browser --port {{port}} --as-of {DAY}", 0, "预览已结束"),
    "desk": (f"--no-browser --port {{other}} --as-of {DAY}", 0, "编辑台已关闭"),
    "publish": (f"{{scratch}}/served --as-of {DAY}", 0, "已发布"),
    "verify": ("{scratch}/served", 0, ""),
    "send": ("{scratch}/served {scratch}/site.zip", 0, "site.zip：写入"),
    "federate": ("{scratch}/city {scratch}/districts.yml", 0, ""),
    "index": ("--to {scratch}/index", 0, "已写出"),
    "inspect": ("", 0, "自查表"),
    "exchange": ("--output {scratch}/all.jsonl", 0, "已写入"),
    "upgrade": ("", 0, "专栏已经是这一版的样子"),
    "bundle": ("--wheel {scratch}/units.csv", 1, "不是本程序的安装文件"),  # what it does fetches from a registry
    "fix": ("--dry-run", 0, "没有可以自动改正的问题"),
    "schema": ("", 0, "已写入"),
    "terms": ("units", 0, "县政府办公室"),
    "law": ("shili", 0, "国务院令第711号"),
    "merge-file": ("{scratch}/base {scratch}/ours {scratch}/theirs", 0, ""),
    "import": ("{scratch}/要点.txt --organ shili", 0, "shili-2031.yml"),
    "accept": ("shili", 0, "已并入 1 条"),
    # what is new has places to fill in
    "new plan": (f"shili-2030 {_NEW} 2030年要点", 0, "已新建"),
    "new task": ("shili-2030 --text 公开招生范围。 --units 县政府办公室 --deadline 2030年12月底前", 0, "已添加"),
    "new progress": ("shili-2030/tasks/2 --status 完成 --text 已经公布。 --date 2030-02-01", 0, "已添加"),
    "new decision_directory": (f"shili-2030-decisions {_NEW} 目录", 0, "已新建"),
    "new decision": ("shili-2030-decisions --title 老年人补贴 --organizers 县政府办公室", 0, "已添加"),
    "new stage": ("shili-2030-decisions/1 draft --url https://www.example.gov.cn/a --title 草案", 0, "已写入"),
    "new project_list": (f"shili-2030-projects {_NEW} 项目", 0, "已新建"),
    "new project": ("shili-2030-projects --title 一条道路", 0, "已添加"),
    "new document": (f"shili-2030-wenjian {_NEW} 一份文件", 0, "已新建"),
    "new question": ("shili-2030-wenjian --question 什么时候？ --answer 明天。", 0, "已添加"),
    "new gazette": (f"shili-2030-gongbao {_NEW} 公报", 0, "已新建"),
    "new article": ("shili-2030-gongbao --title 一篇", 0, "已添加"),
    "new participation": (f"shili-2030-canyu {_NEW} 公众参与", 0, "已新建"),
    "new occasion": ("shili-2030-canyu --type 意见征集 --title 征求意见 --organizer 县政府办公室", 0, "已添加"),
    "new response": (f"shili-2030-caina {_NEW} 采纳情况", 0, "已新建"),
    "new opinion": ("shili-2030-caina --text 多建一处。 --treatment 采纳", 0, "已添加"),
    "new catalogue": (f"shili-2030-mulu {_NEW} 目录", 0, "已新建"),
    "new catalogue_item": ("shili-2030-mulu --title 年度要点 --units 县政府办公室", 0, "已添加"),
    "new cleanup": (f"shili-2030-qingli {_NEW} 清理结果", 0, "已新建"),
    "new cleanup_item": ("shili-2030-qingli --title 旧办法 --result 废止", 0, "已添加"),
    "new proposal_list": (f"shili-2030-jianyi {_NEW} 建议提案", 0, "已新建"),
    "new proposal": ("shili-2030-jianyi --type 政协提案 --title 多建一处 --units 县政府办公室", 0, "已添加"),
    "new question_list": (f"shili-2030-wenda {_NEW} 问答", 0, "已新建"),
    "new policy_question": ("shili-2030-wenda --question 什么时候？ --answer 明天。 --units 县政府办公室", 0, "已添加"),
    "new topic": (f"shili-2030-zhuanti {_NEW} 专题", 0, "已新建"),
    "new topic_entry": ("shili-2030-zhuanti --title 一个网页 --url https://www.example.gov.cn/a", 0, "已添加"),
    "new official_list": (f"shili-2030-qingdan {_NEW} 清单", 0, "已新建"),
    "new list_row": ("shili-2030-qingdan --name 一项收费", 0, "已添加"),
    "new unit": ("shili 县民政局 --id shili-minzhengju --kind department", 0, "已添加"),
    "new units": ("shili --from {scratch}/units.csv", 0, "已添加 1 个单位"),
    "new wording": ("--from {scratch}/words.txt", 0, "已写入"),
    "new district": ("ceshi --name 示例市测试县人民政府 --short-name 测试县 --region 示例市", 0, "已写好"),
    "report": (f"shili-2030 --as-of {DAY}", 0, "草稿"),
    "diff": ("HEAD", 0, "shili-2030"),
    "withdraw": ("shili-2030-gongbao --reason 印错", 0, "已撤回"),
    "clean": ("", 0, "已删除缓存"),
}
"""Every command, in the order in which one column goes through them: what is typed behind it, exit code, words."""


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, listed in group.commands.items():
        command = listed.loaded() if isinstance(listed, ListedCommand) else listed
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


@pytest.fixture(name="said", scope="module")
def _said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Exit code and words of every command, all run in one process on a column as ``init`` writes it."""
    scratch = tmp_path_factory.mktemp("某某 办公室")
    root = scratch / "专栏"
    assert CliRunner().invoke(main, ["init", str(root), *ANSWERS.split(), "--git"]).exit_code == 0
    for words in (["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "begun"]):
        subprocess.run(["git", "-C", root, *words], check=True, capture_output=True)
    for name, text in {
        "units.csv": "单位名称\n县财政局\n",
        "words.txt": "帐号\t账号\n",
        "要点.txt": "2031年示例县政务公开工作要点\n一、公开招生信息\n公布招生范围。（责任单位：县教育局）\n",
        "districts.yml": "districts:\n  - {home: 'https://www.example.gov.cn/a/', site: served}\n",
        "base": "a: 1\nb: 2\n", "ours": "a: 3\nb: 2\n", "theirs": "a: 1\nb: 4\n",
    }.items():  # fmt: skip
        (scratch / name).write_text(text, "utf-8")
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        port, other = one.getsockname()[1], two.getsockname()[1]
    known, lines = dict(_commands(main)), []
    for name, (typed, _, _) in COMMANDS.items():
        words = [word.format(scratch=scratch, port=port, other=other) for word in typed.split()]
        at = ["--root", str(root)] * any(each.name == "root" for each in known[name].params)
        lines.append([*name.split(), *words, *at])
    output = run([json.dumps(lines)], program=_MANY).stdout.decode("utf-8", "strict")
    answered = [part.rpartition("\0") for part in output.split("\1")]
    assert len(answered) == len(lines) + 1, output[-3000:]
    return {name: (int(code), words) for name, (words, _, code) in zip(COMMANDS, answered, strict=False)}


def test_no_command_is_left_out() -> None:
    assert set(COMMANDS) == {name for name, _ in _commands(main)}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_works_without_what_windows_lacks(name: str, said: dict[str, tuple[int, str]]) -> None:
    code, words = said[name]
    _, wanted, expected = COMMANDS[name]
    assert code == wanted, words
    assert expected in words
    assert "Traceback" not in words


@pytest.fixture(name="usual", scope="module")
def _usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository, with ``site`` built in it by a system that has everything."""
    root = miniature_repository(tmp_path_factory.mktemp("某某 办公室"))
    command = [sys.executable, "-m", "gongkai", "build", "--root", str(root), "--as-of", AS_OF.isoformat()]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return root


def test_what_is_published_is_the_same(usual: Path, tmp_path: Path) -> None:
    """Published twice: the second time the release is switched."""
    target = tmp_path / "served"
    publish = ["publish", str(target), "--root", str(usual), "--as-of", AS_OF.isoformat()]
    done = run([json.dumps([publish, publish]), "0"], program=_MANY)
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")
    made, wanted = (
        {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*.html")}
        for place in (target, usual / "site")
    )
    assert made == wanted


@pytest.mark.parametrize("encoding", ["gbk", "cp437", "ascii"])
def test_output_is_utf8_whatever_the_console(encoding: str) -> None:
    done = run(["law", "410199"], encoding)
    assert "国务院令第711号" in done.stdout.decode("utf-8", "strict")


def test_a_file_that_is_held_open_is_replaced_once_it_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").write_text("新")
    (tmp_path / "old").write_text("旧")
    real, tries = os.replace, []

    def held(source: str, target: str) -> None:
        tries.append(source)
        if len(tries) < 4:
            error = PermissionError(13, "held")
            error.winerror = (5, 32, 33)[len(tries) - 1]  # type: ignore[attr-defined]
            raise error
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(disk, "_PAUSES", (0, 0, 0, 0))
    disk.replace(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "新"
    assert len(tries) == 4


def test_a_right_that_is_missing_is_no_file_held_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def refused(*_: object) -> None:
        tries.append(1)
        raise PermissionError(13, "refused")

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(PermissionError):
        disk.replace(tmp_path / "new", tmp_path / "old")
    assert len(tries) == 1


_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[ .]$')


def test_names_of_the_site_are_names_on_windows(usual: Path) -> None:
    """No device, no forbidden character, no two that differ only in case, no path that is too long."""
    site = usual / "site"
    names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    for name in names:
        assert len(ntpath.join("C:\\Users\\Administrator\\Documents\\gongkai\\site", *name.split("/"))) < 260
        for part in name.split("/"):
            assert not _FORBIDDEN.search(part), name
            assert part.partition(".")[0].lower() not in UNUSABLE_IDS - {"page", "genres", "years"}, name
    assert len({name.casefold() for name in names}) == len(names)


def test_no_name_in_the_repository_is_forbidden_on_windows() -> None:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True)
    names = [name for name in listed.stdout.decode().split("\0") if name]
    assert [name for name in names if any(_FORBIDDEN.search(part) for part in name.split("/"))] == []
    assert len({name.casefold() for name in names}) == len(names)
