"""A published site goes to folders, machines, branches and zips; what others put there stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.delivery import folder as delivering
from gongkai.delivery.destination import deliver
from gongkai.delivery.site import Delivered, DeliveryError, FinishedSite, sent_before
from gongkai.output.manifest import write_manifest
from gongkai.output.verification import verify
from tests.tools import tool
from tests.waiting import answers, finished, free_port, until

pytestmark = pytest.mark.quick

FIRST = {"index.html": "<p>一", "plans/甲/index.html": "<p>甲", "a.css": "p{}", "old/index.html": "<p>旧"}
SECOND = {"index.html": "<p>二", "plans/甲/index.html": "<p>甲", "a.css": "p{}", "new/index.html": "<p>新"}


def made(root: Path, files: dict[str, str]) -> Path:
    shutil.rmtree(root, ignore_errors=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "index.html.gz").write_bytes(b"")
    write_manifest(root, {"as_of": "2026-11-26", "commit": "0123456789abcdef"})
    (root / "index.html.gz").unlink()
    return root


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "发布 好的"


@pytest.fixture
def module(tmp_path: Path) -> Iterator[str]:
    """An rsync server for a directory of this machine."""
    served, port = tmp_path / "远处", free_port()
    served.mkdir()
    settings = tmp_path / "rsyncd.conf"
    uid = "uid = root\ngid = root\n" if os.geteuid() == 0 else ""
    settings.write_text(f"use chroot = no\n{uid}[web]\npath = {served}\nread only = no\n", "utf-8")
    command = [
        tool("rsync"),
        "--daemon",
        "--no-detach",
        f"--config={settings}",
        f"--port={port}",
        "--address=127.0.0.1",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        until("rsync", lambda: answers(port))
        yield f"rsync://127.0.0.1:{port}/web/site"
        server.terminate()


@pytest.fixture
def branch(tmp_path: Path) -> str:
    """A branch of a bare repository."""
    finished(["git", "init", "-q", "--bare", tmp_path / "仓库.git"])
    return f"git:{tmp_path / '仓库.git'}#pages"


def checked_out(tmp_path: Path) -> Path:
    """What is in the branch now."""
    out = tmp_path / "out"
    shutil.rmtree(out, ignore_errors=True)
    done = finished(["git", "clone", "-q", "-b", "pages", tmp_path / "仓库.git", out])
    assert done.returncode == 0, done.stderr
    shutil.rmtree(out / ".git")
    (out / ".nojekyll").unlink()
    return out


def test_a_folder_becomes_the_site_and_keeps_what_is_others(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "网站"
    assert deliver(FinishedSite.at(made(source, FIRST)), str(target)).written == 5
    (target / ".well-known").mkdir()
    (target / ".well-known/x.txt").write_text("others", "utf-8")
    done = deliver(FinishedSite.at(made(source, SECOND)), str(target))
    assert (done.written, done.kept, done.removed) == (3, 2, 1)
    assert not (target / "old").exists()
    assert (target / ".well-known/x.txt").read_text("utf-8") == "others"
    assert verify(str(target)) == (4, ["清单以外的文件：.well-known/x.txt"])
    assert deliver(FinishedSite.at(source), str(target)) == Delivered(0, 5, 0, done.note)


def test_a_folder_with_a_file_in_the_way_is_left_alone(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "x"
    target.mkdir()
    (target / "index.html").write_text("the portal's own", "utf-8")
    with pytest.raises(DeliveryError, match=r"不是本程序送来的同名文件，没有写入任何内容：index\.html"):
        deliver(FinishedSite.at(made(source, FIRST)), str(target))
    assert [path.name for path in target.iterdir()] == ["index.html"]


def test_nothing_is_written_or_removed_through_links(source: Path, tmp_path: Path) -> None:
    outside, target = tmp_path / "别处", tmp_path / "x"
    outside.mkdir()
    (outside / "index.html").write_text("theirs", "utf-8")
    deliver(FinishedSite.at(made(source, FIRST)), str(target))
    for name in ("old", "plans"):
        shutil.rmtree(target / name)
        (target / name).symlink_to(outside)
    with pytest.raises(DeliveryError, match="指向别处的链接"):
        deliver(FinishedSite.at(made(source, SECOND)), str(target))
    (target / "plans").unlink()
    deliver(FinishedSite.at(source), str(target))
    assert (outside / "index.html").read_text("utf-8") == "theirs"
    (tmp_path / "link").symlink_to(outside)
    with pytest.raises(DeliveryError, match="是链接或者文件"):
        deliver(FinishedSite.at(source), str(tmp_path / "link"))


def test_a_file_that_somebody_holds_open_is_waited_for(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refused = Path.replace, []

    def held(self: Path, to: Path) -> Path:
        if len(refused) < 3:
            refused.append(to)
            raise PermissionError(13, "held open")
        return real(self, to)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(delivering, "_BETWEEN", 0)
    assert deliver(FinishedSite.at(made(source, FIRST)), str(tmp_path / "x")).written == 5
    assert len(refused) == 3


def test_pages_come_after_what_they_need_and_the_manifest_last(source: Path) -> None:
    names = sorted(FinishedSite.at(made(source, FIRST)).names, key=delivering._order)
    assert names[0] == "a.css"
    assert names[-1] == "manifest.json"


def test_over_rsync(source: Path, module: str, tmp_path: Path) -> None:
    assert deliver(FinishedSite.at(made(source, FIRST)), module).written == 5
    there = tmp_path / "远处/site"
    (there / "others.txt").write_text("others", "utf-8")
    done = deliver(FinishedSite.at(made(source, SECOND)), module)
    assert (done.written, done.removed) == (3, 1)
    assert verify(str(there)) == (4, ["清单以外的文件：others.txt"])
    assert deliver(FinishedSite.at(source), module).written == 0


def test_over_rsync_nothing_goes_into_the_directory_of_others(source: Path, module: str, tmp_path: Path) -> None:
    (tmp_path / "远处/site").mkdir()
    (tmp_path / "远处/site/index.html").write_text("theirs", "utf-8")
    site = FinishedSite.at(made(source, FIRST))
    with pytest.raises(DeliveryError, match="里有不是本程序送来的文件"):
        deliver(site, module)
    with pytest.raises(DeliveryError, match="连不上"):
        deliver(site, f"rsync://127.0.0.1:{free_port()}/web/site")
    assert [path.name for path in (tmp_path / "远处/site").iterdir()] == ["index.html"]


def test_into_a_branch(source: Path, branch: str, tmp_path: Path) -> None:
    deliver(FinishedSite.at(made(source, FIRST)), branch)
    assert verify(str(checked_out(tmp_path))) == (4, [])
    done = deliver(FinishedSite.at(made(source, SECOND)), branch)
    assert (done.written, done.removed) == (3, 1)
    assert verify(str(checked_out(tmp_path))) == (4, [])
    deliver(FinishedSite.at(source), branch)
    log = finished(["git", "-C", tmp_path / "仓库.git", "log", "--format=%s", "pages"]).stdout.splitlines()
    assert log == ["发布：数据截至 2026-11-26，提交 0123456789ab"] * 2, "the same site is no commit"


def test_a_branch_of_something_else_is_left_alone(source: Path, branch: str, tmp_path: Path) -> None:
    work, identity = tmp_path / "work", ("-c", "user.name=x", "-c", "user.email=x@x")
    finished(["git", "init", "-q", "-b", "pages", work])
    (work / "code.py").write_text("", "utf-8")
    for words in (["add", "."], ["commit", "-qm", "x"], ["push", "-q", tmp_path / "仓库.git", "pages"]):
        assert finished(["git", *identity, "-C", work, *words]).returncode == 0
    with pytest.raises(DeliveryError, match="不是本程序发布的网站"):
        deliver(FinishedSite.at(made(source, FIRST)), branch)
    with pytest.raises(DeliveryError, match="连不上"):
        deliver(FinishedSite.at(source), f"git:{tmp_path / 'nowhere'}#pages")


def test_as_a_zip_the_same_each_time(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "网站.zip"
    site = FinishedSite.at(made(source, FIRST))
    deliver(site, str(target))
    first = target.read_bytes()
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert verify(str(tmp_path / "unpacked")) == (4, [])
    if shutil.which("sha256sum"):
        assert finished(["sha256sum", "--check", "网站.zip.sha256"], cwd=tmp_path).returncode == 0
    deliver(site, str(target))
    assert target.read_bytes() == first


def test_a_site_that_is_not_what_its_manifest_says_is_not_sent(source: Path, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="不是发布好的网站"):
        FinishedSite.at(tmp_path)
    (made(source, FIRST) / "index.html").write_text("tampered", "utf-8")
    done = CliRunner().invoke(main, ["send", str(source), str(tmp_path / "x")])
    assert done.exit_code == 1
    assert "和它的清单不符，没有送出" in done.output
    assert not (tmp_path / "x").exists()


def test_one_that_fails_keeps_none_of_the_others(source: Path, tmp_path: Path) -> None:
    made(source, FIRST)
    words = ["send", str(source), "ftp://x/y", "git:nothing", str(tmp_path / "x.zip"), str(tmp_path / "folder")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    for said in (
        "不认识 ftp://x/y；可以写：目录、",
        "送到 git 要写仓库和分支",
        "x.zip：写入 5 个文件",
        "folder：写入 5 个文件",
    ):
        assert said in done.output


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "C:/x", "a\\b", "a\nb", 3, ""])
def test_a_manifest_of_strangers_removes_nothing_outside(name: object) -> None:
    assert sent_before({"files": {name: {}}}) == set()
    assert sent_before({"files": [name]}) == set()
