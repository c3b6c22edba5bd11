"""Publishing is whole or not at all: killed, out of room, forbidden, or twice at once."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial as bind
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
import pytest
from click.testing import CliRunner

from gongkai.cache.place import cache_of
from gongkai.cli import main
from gongkai.output.manifest import ManifestError
from gongkai.output.output_dir import OutputDir
from gongkai.output.publish import RELEASES_KEPT, publish, rollback
from gongkai.output.releases import PublishError, current, releases_of
from gongkai.output.verification import verify
from gongkai.text.personal_data import is_identity_number, passes_luhn, private_data
from tests.killing import at_event, ended, events, in_child, with_all
from tests.miniature.build import ROOT, miniature_repository

FILES = 60
KILLS = int(os.environ.get("KILLS", "100"))


def made(version: str, more: Mapping[str, str] | None = None) -> Callable[[Path], list[str]]:
    """Makes a small site that says its version on half of its pages; ``more`` are other files by address."""

    def make(directory: Path) -> list[str]:
        tree = OutputDir.at(directory)
        with tree.writing():
            for number in range(FILES):
                said = version if number % 2 == 0 else "same"
                text = f"<!doctype html><title>{number}</title><p>{said} " + "字" * 3000
                tree.write_file(f"pages/{number}/index.html" if number else "index.html", text.encode())
            for path, words in (more or {}).items():
                tree.write_file(path, words.encode())
        return []

    return make


def says(target: Path) -> str:
    """The one version that every page of the served site says; the site is whole."""
    count, wrong = verify(str(target.resolve()))
    assert (count, wrong) == (FILES, [])
    words = {
        (target / f"pages/{number}/index.html").read_text(encoding="utf-8").split("<p>")[1].split(" ")[0]
        for number in range(2, FILES, 2)
    }
    assert len(words) == 1
    return words.pop()


def releases(target: Path) -> list[str]:
    """The numbers of the releases on disk."""
    return sorted(path.name for path in releases_of(target).iterdir() if path.name.isdigit())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "zfxxgk"


def test_switches_in_one_step_and_back(target: Path) -> None:
    first = publish(target, made("one"), {"commit": "a"})
    assert target.is_symlink()
    assert not target.readlink().is_absolute()
    assert says(target) == "one"
    second = publish(target, made("two"), {"commit": "b"})
    assert (first.release.name, second.release.name) == ("000001", "000002")
    assert says(target) == "two"
    assert rollback(target) == first.release
    assert says(target) == "one"
    with pytest.raises(PublishError, match="没有更早的版本"):
        rollback(target)
    publish(target, made("three"), {})
    assert says(target) == "three"
    rollback(target)
    assert says(target) == "one", "what was rolled back is never rolled back to"


def test_unchanged_files_keep_their_times(target: Path) -> None:
    publish(target, made("one"), {})
    os.utime(target / "pages/1/index.html", (1, 1))
    os.utime(target / "pages/2/index.html", (1, 1))
    done = publish(target, made("two"), {})
    assert (target / "pages/1/index.html").stat().st_mtime == 1
    assert (target / "pages/2/index.html").stat().st_mtime > 1
    assert done.unchanged >= FILES // 2


def test_old_releases_are_removed_but_not_what_is_served(target: Path) -> None:
    for number in range(RELEASES_KEPT + 3):
        publish(target, made(str(number)), {})
    assert len(releases(target)) == RELEASES_KEPT
    assert says(target) == str(RELEASES_KEPT + 2)


def test_compressed_copies_say_the_same(target: Path) -> None:
    publish(target, made("one"), {})
    copy = target / "pages/2/index.html.gz"
    assert gzip.decompress(copy.read_bytes()) == (target / "pages/2/index.html").read_bytes()
    copy.write_bytes(gzip.compress(b"something else"))
    assert verify(str(target))[1] == ["压缩副本与原文件不同：pages/2/index.html.gz"]
    publish(target, made("two"), {})
    smaller = target / "pages/1/index.html.br"
    assert brotli.decompress(smaller.read_bytes()) == (target / "pages/1/index.html").read_bytes()
    assert smaller.stat().st_size < smaller.with_suffix(".gz").stat().st_size
    for content in (brotli.compress(b"something else"), b"no brotli at all"):
        smaller.write_bytes(content)
        assert "压缩副本与原文件不同：pages/1/index.html.br" in verify(str(target))[1]


def test_without_the_library_only_gzip_is_written_and_nobody_claims_to_have_looked_into_brotli(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.output.compressed.brotli", None)
    publish(target, made("one"), {})
    assert list(target.rglob("*.gz"))
    assert not list(target.rglob("*.br"))
    monkeypatch.undo()
    publish(target, made("two"), {})
    monkeypatch.setattr("gongkai.output.verification.brotli", None)
    with pytest.raises(ManifestError, match="publish"):
        verify(str(target))


def test_everyone_may_read_what_is_served_whatever_the_umask(target: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(target, made("one"), {})
    finally:
        os.umask(before)
    for path in (target.resolve().parent, target.resolve(), *target.resolve().rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_a_directory_of_someone_else_is_left_alone(target: Path) -> None:
    target.mkdir()
    (target / "precious").write_text("x")
    with pytest.raises(PublishError, match="已经存在"):
        publish(target, made("one"), {})
    assert (target / "precious").read_text() == "x"


OTHERS = {
    "dangling": "nowhere/at/all",
    "elsewhere": "elsewhere",
    "a file": "elsewhere/precious",
    "a loop": "zfxxgk",
    "the directory of the releases": ".zfxxgk.releases",
    "what is no release there": ".zfxxgk.releases/lock",
    "a release of another target": ".other.releases/000001",
    "a release of the same name elsewhere": "elsewhere/.zfxxgk.releases/000001",
}


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("to", OTHERS.values(), ids=OTHERS)
def test_a_link_of_someone_else_is_left_alone(target: Path, to: str, published: bool) -> None:
    if published:  # and was served from here before
        publish(target, made("one"), {})
        publish(target, made("two"), {})
        target.unlink()
    (target.parent / "elsewhere").mkdir()
    (target.parent / "elsewhere/precious").write_text("x")
    target.symlink_to(to)
    before = sorted(target.parent.rglob("*"))
    for work in (lambda: publish(target, made("three"), {}), lambda: rollback(target)):
        with pytest.raises(PublishError, match="请换一个位置，或先把它移走"):
            work()
    assert str(target.readlink()) == to
    assert sorted(target.parent.rglob("*")) == before
    assert (target.parent / "elsewhere/precious").read_text() == "x"


@pytest.mark.parametrize("absolute", [False, True])
def test_our_own_link_is_ours_even_when_its_release_was_taken_away(target: Path, absolute: bool) -> None:
    done = publish(target, made("one"), {})
    shutil.rmtree(done.release)
    if absolute:
        target.unlink()
        target.symlink_to(done.release.resolve())
    publish(target, made("two"), {})
    assert says(target) == "two"


def test_a_link_in_the_place_of_a_half_made_release_is_not_followed(target: Path) -> None:
    publish(target, made("one"), {})
    (target.parent / "elsewhere").mkdir()
    (target.parent / "elsewhere/precious").write_text("x")
    (target.parent / ".zfxxgk.releases/partial").symlink_to(target.parent / "elsewhere")
    publish(target, made("two"), {})
    assert says(target) == "two"
    assert [path.name for path in (target.parent / "elsewhere").iterdir()] == ["precious"]


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), ValueError("bug"), KeyboardInterrupt()])
def test_whatever_fails_leaves_the_old_site(target: Path, failure: BaseException) -> None:
    publish(target, made("one"), {})

    def fails(directory: Path) -> bool:
        made("two")(directory)
        raise failure

    with pytest.raises((PublishError, ValueError, KeyboardInterrupt)):
        publish(target, fails, {})
    assert says(target) == "one"
    assert not (target.parent / f".{target.name}.releases/partial").exists()


def test_findings_stop_it(target: Path) -> None:
    publish(target, made("one"), {})
    with pytest.raises(PublishError, match="改正"):
        publish(target, lambda _: ["请改正第三页"], {})
    assert says(target) == "one"


PRIVATE = {
    "证号11010519491231002X。": "身份证号",
    "证号11010519491231002x": "身份证号",
    "电话13912345678": "手机号码",
    "+86 138 1234 5678": "手机号码",
    "卡号6222021234567890128": "银行卡号",
    "4111 1111 1111 1111": "银行卡号",
}
NOT_PRIVATE = [
    "110105194912310021",
    "莱芜政办发〔2021〕3号",
    "0531-12345678",
    "37010000000000000000",
    "0.13812345678",
    "4111111111111112",
    "20210617202107012022",
]


@pytest.mark.parametrize(("text", "kind"), PRIVATE.items())
def test_private_data_is_found(text: str, kind: str) -> None:
    assert [datum.kind for datum in private_data(text)] == [kind]


@pytest.mark.parametrize("text", NOT_PRIVATE)
def test_other_numbers_are_not_private(text: str) -> None:
    assert list(private_data(text)) == []


def test_check_digits() -> None:
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("11010519491331002X")
    assert passes_luhn("4111111111111111")
    assert not passes_luhn("4111111111111112")


def kill_again_and_again(target: Path, times: int) -> None:
    """Kill publishing at random instants, each of which is the moment at which it asks something of the system."""
    publish(target, made("0"), {})
    instants = events(lambda: publish(target, made("0"), {}))
    chance = random.Random(20261121)
    served = "0"
    for attempt in range(1, times + 1):

        def work(version: str = str(attempt), instant: int = chance.randrange(instants * 9 // 10)) -> None:
            at_event(instant)
            publish(target, made(version), {})

        assert ended(in_child(work)) == -signal.SIGKILL
        now = says(target)
        assert now in (served, str(attempt))
        served = now
    publish(target, made("last"), {})
    assert says(target) == "last"
    left = (target.parent / f".{target.name}.releases").iterdir()
    assert sorted(path.name for path in left if not path.name.isdigit()) == ["audit.log", "build", "lock"]


def test_survives_being_killed(target: Path) -> None:
    kill_again_and_again(target, 15)


@pytest.mark.soak
def test_survives_being_killed_a_hundred_times(target: Path) -> None:
    kill_again_and_again(target, 100)


def test_a_full_disk_leaves_the_old_site(target: Path) -> None:
    publish(target, made("one"), {})

    def cramped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        publish(target, made("two"), {})

    assert ended(in_child(cramped)) == 1
    assert says(target) == "one"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of two megabytes where the system lets us mount one, else None."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield place if mounted else None
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_a_really_full_disk_leaves_the_old_site(small_disk: Path | None, target: Path) -> None:
    if small_disk is None:  # the limit on file sizes above is the same promise without a disk of our own
        test_a_full_disk_leaves_the_old_site(target)
        return
    site = small_disk / "zfxxgk"
    publish(site, made("one"), {})
    free = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(b"x" * (free.f_bavail * free.f_frsize - 300_000))
    with pytest.raises(PublishError, match="原来的网站不变"):
        publish(site, made("two"), {})
    assert says(site) == "one"


def test_a_target_that_may_not_be_written_stays(target: Path) -> None:
    publish(target, made("one"), {})
    releases = target.parent / f".{target.name}.releases"
    for directory in (releases, target.parent):
        directory.chmod(0o555)

    def unprivileged() -> None:
        if os.geteuid() == 0:
            os.setresuid(65534, 65534, 65534)
        publish(target, made("two"), {})

    try:
        assert ended(in_child(unprivileged)) == 1
    finally:
        for directory in (releases, target.parent):
            directory.chmod(0o755)
    assert says(target) == "one"


def test_two_at_once_one_waits_for_nothing(target: Path) -> None:
    publish(target, made("one"), {})
    with (target.parent / f".{target.name}.releases/lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(PublishError, match="另一个发布正在进行"):
            publish(target, made("two"), {})
        with pytest.raises(PublishError, match="另一个发布正在进行"):
            rollback(target)
    assert says(target) == "one"
    children = [in_child(lambda version=version: publish(target, made(version), {})) for version in ("a", "b", "c")]
    codes = [ended(child) for child in children]
    assert set(codes) <= {0, 1}
    assert 0 in codes
    assert says(target) in ("a", "b", "c")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return miniature_repository(tmp_path_factory.mktemp("publish"))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def test_the_command_publishes_verifies_and_goes_back(repository: Path, target: Path) -> None:
    command = ("publish", str(target), "--root", str(repository), "--as-of", "2022-03-01")
    code, output = run(*command)
    assert code == 0, output
    assert "已发布版本 000001" in output
    manifest = json.loads((target / "manifest.json").read_text())
    assert manifest["as_of"] == "2022-03-01"
    assert "plans/shili-2021/index.html" in manifest["files"]
    assert run("verify", str(target))[0] == 0
    assert run("check", "--site", str(target.resolve()), "--root", str(repository), "--as-of", "2022-03-01")[0] == 0
    code, output = run(*command)
    assert current(target) is not None
    assert "000002" in output
    assert (target / "index.html").stat().st_nlink == 3, "the build and two releases"
    assert run("publish", str(target), "--rollback") == (0, "已恢复上一个版本：000001。\n")
    assert run("publish", str(target), "--rollback")[0] == 1


def test_the_command_publishes_nothing_with_errors(repository: Path, target: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(repository, broken)
    (broken / "plans/bad.yml").write_text("kind: plan\n", encoding="utf-8")
    code, output = run("publish", str(target), "--root", str(broken))
    assert code == 1
    assert "请先改正上面的错误" in output
    assert not target.exists()


def test_verify_names_what_is_wrong(target: Path) -> None:
    publish(target, made("one"), {})
    (target / "pages/2/index.html").write_text("tampered")
    (target / "pages/3/index.html").unlink()
    (target / "extra.html").write_text("x")
    wrong = verify(str(target))[1]
    assert "内容不符：pages/2/index.html" in wrong
    assert "清单以外的文件：extra.html" in wrong
    assert any(sentence.startswith("读不到：pages/3/index.html") for sentence in wrong)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": {"../secret": {}}}', '{"files": {"/etc/passwd": {}}}'])
def test_verify_refuses_what_is_no_manifest(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ManifestError):
        verify(str(tmp_path))
    assert run("verify", str(tmp_path))[0] == 1


def test_anyone_can_verify_over_http(target: Path) -> None:
    publish(target, made("one"), {})

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), bind(Quiet, directory=str(target)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/"
        assert verify(address) == (FILES, [])
        (target / "pages/2/index.html").write_text("tampered")
        assert verify(address)[1] == ["内容不符：pages/2/index.html"]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


OTHERWISE = """
import os, sys
listdir, scandir = os.listdir, os.scandir
class Backwards:  # as another file system might list its names
    def __init__(self, path): self.found = iter(sorted(scandir(path), key=lambda entry: entry.name, reverse=True))
    def __iter__(self): return self
    def __next__(self): return next(self.found)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
os.listdir = lambda path=".": sorted(listdir(path), reverse=True)
os.scandir = lambda path=".": Backwards(path)
from gongkai.cli import main
main(sys.argv[1:])
"""


def test_same_input_same_bytes_whatever_the_machine(repository: Path, tmp_path: Path) -> None:
    """Another place, locale, time zone, umask, order of names on disk, hash seed and number of processes."""
    manifests = []
    machines: dict[str, dict[str, str]] = {
        "a": {"TZ": "UTC+11", "LC_ALL": "C", "PYTHONHASHSEED": "1", "GONGKAI_WORKERS": "1"},
        "elsewhere/b": {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "GONGKAI_WORKERS": "3"},
    }
    for name, settings in machines.items():
        copy = tmp_path / name / "repository"
        shutil.copytree(repository, copy, ignore=shutil.ignore_patterns(".cache"))
        program = ["-m", "gongkai"] if name == "a" else ["-c", OTHERWISE]
        command = [sys.executable, *program, "publish", str(tmp_path / name / "site"), "--root", str(copy)]
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SOURCE_DATE_EPOCH": "1700000000",
            **settings,
        }
        subprocess.run(command, env=environment, check=True, capture_output=True, umask=0o077 if name == "a" else 0o022)
        manifests.append((tmp_path / name / "site/manifest.json").read_bytes())
    assert manifests[0] == manifests[1]
    assert len(json.loads(manifests[0])["files"]) > 200


@pytest.mark.parametrize("times", [3, pytest.param(KILLS, marks=pytest.mark.soak)])
def test_the_command_survives_being_killed_and_the_site_serves_all_the_time(
    repository: Path, tmp_path: Path, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole of it, building included, with the cache that the killed ones leave behind; each time after an edit."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1646064000")  # or every release says another moment in its status
    root = tmp_path / "repository"
    shutil.copytree(repository, root)
    target, plan = tmp_path / "zfxxgk", root / "plans/shili-2021.yml"
    original = plan.read_text("utf-8")

    def command(to: Path = target) -> None:
        main(["publish", str(to), "--root", str(root), "--as-of", "2022-03-01"], standalone_mode=False)

    command()
    edited(plan, original, "甲")
    instants = events(command)
    chance = random.Random(20261121)
    for attempt in range(times):
        edited(plan, original, str(attempt))

        def work(instant: int = chance.randrange(instants * 9 // 10)) -> None:
            os.setpgid(0, 0)
            at_event(instant, with_all)
            command()

        assert ended(in_child(work)) == -signal.SIGKILL
        count, wrong = verify(str(target))
        assert wrong == []
        assert count > 200
    plan.write_text(original, "utf-8")
    command()
    shutil.rmtree(cache_of(root))
    command(tmp_path / "clean")
    assert files_of(target) == files_of(tmp_path / "clean"), "a killed build left something wrong behind"


def edited(plan: Path, original: str, words: str) -> None:
    plan.write_text(original.replace("公布养老机构名单。", f"公布养老机构名单{words}。"), "utf-8")


def files_of(site: Path) -> dict[str, Any]:
    files: dict[str, Any] = json.loads((site / "manifest.json").read_bytes())["files"]
    return files


def test_what_the_built_site_does_wrong_stops_the_command(repository: Path, target: Path) -> None:
    guide = repository / "content/guide.md"
    command = ("publish", str(target), "--root", str(repository), "--as-of", "2022-03-01")
    assert run(*command)[0] == 0
    before = current(target)
    guide.write_text(guide.read_text("utf-8") + '\n<a href="../gone/index.html">打不开的页面</a>\n', "utf-8")
    code, output = run(*command)
    assert code == 1
    assert "guide/index.html：链接打不开 ../gone/index.html" in output
    assert current(target) == before
