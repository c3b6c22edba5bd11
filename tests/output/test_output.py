"""Where a site is written, and that nothing which this program did not write is ever touched there."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from gongkai import pipeline, publishing
from gongkai.cache import entry
from gongkai.cache.cache import digest
from gongkai.cli import main
from gongkai.output import listing, output_dir, plain
from gongkai.output.listing import Listing
from gongkai.output.output_dir import OutputDir, OutputError
from tests.miniature.build import AS_OF, miniature_repository

MARKER = listing.NAME
SENTENCE = re.compile(r"错误：[^\n]*请[^\n]*\n")


def build(root: Path, out: Path, cache: Path, as_of: date = AS_OF) -> pipeline.Built:
    built = pipeline.build(root, out, cache, as_of, plain.render_theme, offline=True)
    assert built.ok, built.report()
    return built


def seen(place: Path) -> dict[str, bytes | str]:
    """Everything below a directory: contents of files, targets of links, and directories."""
    found: dict[str, bytes | str] = {}
    for directory, inner, names in os.walk(place):
        for name in (*inner, *names):
            path = Path(directory, name)
            content = f"-> {path.readlink()}" if path.is_symlink() else "/" if path.is_dir() else path.read_bytes()
            found[path.relative_to(place).as_posix()] = content
    return found


def served(site: Path) -> dict[str, bytes | str]:
    return {name: content for name, content in seen(site).items() if content != "/"}


@pytest.fixture(scope="module", name="made")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with its site and the cache of that build."""
    scratch = tmp_path_factory.mktemp("made")
    root = miniature_repository(scratch)
    (root / "plans/files").mkdir()
    build(root, scratch / "site", scratch / "cache")
    return scratch


@pytest.fixture(name="own")
def _own(made: Path, tmp_path: Path) -> Path:
    """The same to be changed at will."""
    own = shutil.copytree(made, tmp_path / "own", symlinks=True)
    (state,) = (own / "cache/state").iterdir()  # it is called by the place of the site
    entry.save(state.with_name(digest(str((own / "site").resolve()))), entry.load(state))
    return own


# Where nothing is written.


@pytest.fixture(name="home")
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a repository in it, in which we are."""
    home = tmp_path / "users/clerk"
    root = miniature_repository(home)
    (home / ".profile").write_text("precious")
    for name in (".git/refs", ".cache/pieces", "foreign/.hidden", "site-of-others/data/v1", "node_modules"):
        (root / name).mkdir(parents=True)
    (root / "foreign/.hidden/notes.txt").write_text("precious")
    (root / "site-of-others/index.html").write_text("<p>precious")
    (root / "a-file").write_text("precious")
    (root / "to-root").symlink_to(".")
    (root / "to-plans").symlink_to("plans", target_is_directory=True)
    (root / "to-home").symlink_to(home)
    (root / "dangling").symlink_to("nowhere/at/all")
    (root / "loop").symlink_to("loop")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(root)
    return home


REFUSED = [
    ".", "..", "../..", "../../..", "/", "site/..", "plans", "plans/new", "plans/vocabularies",
    "content", "content/new", "overrides", "overrides/new/deep", ".git", ".git/new", ".cache", ".cache/site",
    "foreign", "site-of-others", "a-file", "a-file/below",
    "to-root", "to-plans", "to-plans/new", "to-home", "dangling", "loop",
]  # fmt: skip


def refused(home: Path, *arguments: str) -> str:
    """What a command says that ends with a sentence and leaves everything as it was."""
    before = seen(home.parent)
    done = CliRunner().invoke(main, [*arguments])
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit), done.exception
    assert seen(home.parent) == before
    assert SENTENCE.fullmatch(done.output), done.output
    return done.output


@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize("out", [*REFUSED, "HOME", "ABSOLUTE"])
def test_nothing_is_written_where_something_could_be_lost(home: Path, out: str, marked: bool) -> None:
    root = home / "repository"
    if marked:  # and when it looks as if we had made it
        for place in (root, home, home.parent, root / "plans", root / "content", root / ".git"):
            (place / MARKER).write_text(f"{listing._HEAD}plans/shili-2021.yml\n.profile\nmkdocs.yml\n", "utf-8")
    said = refused(home, "build", "--out", {"HOME": str(home), "ABSOLUTE": str(root)}.get(out, out))
    if out in ("foreign", "site-of-others"):
        assert "请换一个空目录，或自己清空它" in said
    else:
        assert "请换一个新的或空的目录" in said


@pytest.mark.parametrize(
    "target", ["plans/zfxxgk", "content/zfxxgk", "overrides/x", ".cache/x", ".git/x", "to-plans/x"]
)
@pytest.mark.parametrize("command", ["publish", "federate"])
def test_nothing_is_published_among_the_sources(home: Path, command: str, target: str) -> None:
    refused(home, command, target, *(["a-file"] if command == "federate" else []))


@pytest.mark.parametrize("place", ["foreign", "plans/new"])
def test_mkdocs_writes_nowhere_else_either(
    home: Path, place: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    root = home / "repository"
    before = seen(root / "foreign") | seen(root / "plans")
    config = load_config(str(root / "mkdocs.yml"), site_dir=place)
    config.plugins.on_startup(command="build", dirty=False)
    with pytest.raises((Abort, SystemExit)):
        mkdocs_build(config)
    assert "请换一个" in caplog.text
    assert seen(root / "foreign") | seen(root / "plans") == before


@pytest.mark.parametrize("prepare", ["new", "new/and/deep", "empty", "of-systems", "to-empty"])
def test_a_new_or_empty_directory_is_written(home: Path, prepare: str) -> None:
    (home / "empty").mkdir()
    (home / "to-empty").symlink_to("empty")
    (home / "of-systems/lost+found").mkdir(parents=True)
    (home / "of-systems/.DS_Store").write_bytes(b"mine")
    build(home / "repository", home / prepare, home / "repository/.cache")
    assert (home / prepare / "index.html").is_file()
    assert (home / prepare / MARKER).is_file()
    assert (home / "of-systems/.DS_Store").read_bytes() == b"mine"
    assert (home / "to-empty").is_symlink()


def test_errors_in_plans_leave_no_directory(own: Path) -> None:
    (own / "repository/plans/bad.yml").write_text("kind: plan\n")
    assert not pipeline.build(own / "repository", own / "new", own / "cache", AS_OF, plain.render_theme).ok
    assert not (own / "new").exists()


# What others put into the directory.


def test_what_others_put_there_stays_and_is_neither_listed_nor_zipped(own: Path) -> None:
    root, site = own / "repository", own / "site"
    expected = served(site)
    foreign: dict[str, bytes] = {}
    for directory in sorted({Path(name).parent.as_posix() for name in expected}):
        foreign[f"{directory}/notes.txt".removeprefix("./")] = b"mine"
    foreign |= dict.fromkeys((".well-known/acme/token", "CNAME", ".git/config", ".hidden", "old/index.html"), b"mine")
    for name, content in foreign.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    (site / "empty/of/others").mkdir(parents=True)
    assert build(root, site, own / "cache").tree.written == 0, "what is beside a page does not make it anew"
    assert served(site) == expected | foreign
    shutil.rmtree(own / "cache")
    build(root, site, own / "cache")
    assert served(site) == expected | foreign
    for path in sorted((root / "plans").glob("shili-*.yml")):
        path.unlink()
    build(root, site, own / "cache")
    build(root, own / "clean", own / "other-cache")
    assert served(site) == served(own / "clean") | foreign
    assert (site / "empty/of/others").is_dir()


@pytest.mark.parametrize("name", ["plans/shili-2023/index.html", "plans/shili-2023/tasks", "robots.txt", "years/2023"])
def test_what_others_put_in_the_place_of_a_new_page_is_not_written_over(own: Path, name: str) -> None:
    root, site = own / "repository", own / "site"
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text("mine")
    text = (root / "plans/shili-2022.yml").read_text("utf-8")
    (root / "plans/shili-2023.yml").write_text(
        text.replace("id: shili-2022", "id: shili-2023", 1).replace("year: 2022", "year: 2023"), "utf-8"
    )
    (root / "content/robots.txt").write_text("User-agent: *\n")
    with pytest.raises(OutputError, match=f"{name} 不是本程序写的.*请先把它移走"):
        build(root, site, own / "cache")
    assert (site / name).read_text() == "mine"
    (site / name).unlink()
    build(root, site, own / "cache")
    build(root, own / "clean", own / "other-cache")
    assert served(site) == served(own / "clean")


LINKED = [
    "index.html", "404.html", "offline.zip", "sitemap.xml", "assets", "assets/column.css", "plans", "plans/shili-2021",
    "plans/shili-2021/index.html", "plans/shili-2021/tasks/1/index.json", "data/v1", "data/v1/records.json", "search",
    "units", "guide/index.html",
]  # fmt: skip


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("to", ["same", "other", "nowhere"])
def test_links_in_the_output_are_replaced_and_never_written_through(own: Path, to: str, lost: bool) -> None:
    root, site, outside = own / "repository", own / "site", own / "outside"
    expected = served(site)
    for at, name in enumerate(LINKED):
        path, elsewhere = site / name, outside / str(at)
        if path.is_symlink() or any((site / parent).is_symlink() for parent in Path(name).parents):
            continue
        elsewhere.parent.mkdir(exist_ok=True)
        path.rename(elsewhere)
        if to == "other":
            for file in (
                [elsewhere] if elsewhere.is_file() else [path for path in elsewhere.rglob("*") if path.is_file()]
            ):
                file.write_bytes(b"precious")
        path.symlink_to(own / "nowhere" / str(at) if to == "nowhere" else elsewhere)
    before = seen(outside)
    if lost:
        shutil.rmtree(own / "cache")
    build(root, site, own / "cache")
    assert served(site) == expected
    for path in sorted((root / "plans").glob("shili-*.yml")):  # nor is anything removed through one
        path.unlink()
    (site / "plans/shili-2021/tasks").rename(own / "tasks")
    (site / "plans/shili-2021/tasks").symlink_to(own / "tasks")
    tasks = seen(own / "tasks")
    build(root, site, own / "cache")
    assert seen(outside) == before
    assert seen(own / "tasks") == tasks
    assert not (own / "nowhere").exists()


def test_files_that_share_their_content_elsewhere_do_not_change(own: Path) -> None:
    root, site = own / "repository", own / "site"
    for name in served(site):
        (own / "links" / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(site / name, own / "links" / name)
    before = seen(own / "links")
    build(root, site, own / "cache", date(2023, 5, 1))
    assert served(site) != before
    assert seen(own / "links") == before


# What it knows of itself.


def forget_list(own: Path) -> None:
    (own / "site" / MARKER).unlink()


def remove_a_plan(root: Path) -> None:
    (root / "plans/shili-jiuban-2018.yml").unlink()


@pytest.mark.parametrize("lost", ["", "cache"])
@pytest.mark.parametrize("listed", [True, False])
def test_old_pages_go_with_or_without_cache_and_list(own: Path, lost: str, listed: bool) -> None:
    """Without a list it is a site of 0.1.0, which is known by the state in the cache or by its files."""
    root, site = own / "repository", own / "site"
    if not listed:
        forget_list(own)
    if lost:
        shutil.rmtree(own / lost)
    remove_a_plan(root)
    build(root, site, own / "cache")
    build(root, own / "clean", own / "other-cache")
    assert seen(site) == seen(own / "clean"), "the list among them"
    assert not (site / "years/2018").exists()


FOREIGN = ["notes.txt", ".well-known/x", "plans/shili-2021/notes.txt", "old/index.html", "assets/logo.png", "search/x"]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_site_of_before_with_something_else_beside_it(own: Path, name: str) -> None:
    root, site = own / "repository", own / "site"
    forget_list(own)
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text("mine")
    remove_a_plan(root)
    shutil.copytree(own / "cache", own / "kept-cache")
    shutil.rmtree(own / "cache")
    before = seen(site)
    with pytest.raises(OutputError, match="请换一个空目录，或自己清空它"):
        build(root, site, own / "cache")
    assert seen(site) == before, "nobody can tell whose it is"
    (own / "kept-cache").rename(own / "cache")
    build(root, site, own / "cache")
    build(root, own / "clean", own / "other-cache")
    assert served(site) == served(own / "clean") | {name: b"mine"}, "the cache can"


def test_a_directory_that_only_stands_where_a_site_once_was_is_not_ours(own: Path) -> None:
    shutil.rmtree(own / "site")
    (own / "site").mkdir()
    (own / "site/index.html").write_text("mine")
    with pytest.raises(OutputError, match="自己清空它"):
        build(own / "repository", own / "site", own / "cache")
    assert (own / "site/index.html").read_text() == "mine"


@pytest.mark.parametrize("content", ["", "# something else\nindex.html\n", "index.html\n"])
def test_another_file_of_that_name_is_no_list(own: Path, content: str) -> None:
    (own / "new").mkdir()
    (own / "new" / MARKER).write_text(content)
    (own / "new/index.html").write_text("mine")
    with pytest.raises(OutputError, match="自己清空它"):
        build(own / "repository", own / "new", own / "cache")
    assert (own / "new/index.html").read_text() == "mine"


def test_a_list_never_leads_outside(own: Path) -> None:
    (own / "precious").write_text("mine")
    with (own / "site" / MARKER).open("a") as file:
        file.write(f"../precious\n{own / 'precious'}\na/../../precious\n.\n..\n/\n\nplans/../../precious\n")
    build(own / "repository", own / "site", own / "cache")
    assert (own / "precious").read_text() == "mine"


class Killed(BaseException):
    """Nobody catches it."""


def after(count: int, work: Callable[..., object]) -> Callable[..., object]:
    """What dies at the n-th time, before or in the middle of it."""
    left = [count]

    def dies(draft: Path, path: Path, content: bytes) -> object:
        left[0] -= 1
        if left[0] == 0:
            Path(draft).write_bytes(content[:10])
            raise Killed
        return work(draft, path, content)

    return dies


@pytest.mark.parametrize("count", [1, 2, 40, 100, 150])
def test_whatever_a_killed_build_left_is_known_by_the_next(
    own: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    root, site = own / "repository", own / "site"
    monkeypatch.setenv("GONGKAI_WORKERS", "1")
    text = (root / "plans/shili-2022.yml").read_text("utf-8")
    more = root / "plans/shili-2023.yml"
    more.write_text(text.replace("id: shili-2022", "id: shili-2023", 1).replace("year: 2022", "year: 2023"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(output_dir, "replaced", after(count, listing.replaced))
        with pytest.raises(Killed):
            build(root, site, own / "cache", date(2023, 5, 1))
    more.unlink()
    (site / "plans/notes.txt").write_text("mine")
    shutil.rmtree(own / "cache")
    build(root, site, own / "cache")
    build(root, own / "clean", own / "other-cache")
    (site / "plans/notes.txt").unlink()
    assert seen(site) == seen(own / "clean")


def test_a_name_that_was_half_written_is_none(tmp_path: Path) -> None:
    before = OutputDir.at(tmp_path / "site")
    with before.writing():
        before.write_file("a/one", b"1")
        before.write_file("two", b"2")
    (tmp_path / "site/tw").write_text("mine")
    content = (tmp_path / "site" / MARKER).read_bytes()
    (tmp_path / "site" / MARKER).write_bytes(content[:-2])
    again = OutputDir.at(tmp_path / "site")
    with again.writing():
        again.write_file("two", b"2")
    assert served(tmp_path / "site").keys() == {"two", "tw", MARKER}
    assert Listing.read(tmp_path / "site").names == {"": {"two"}}  # type: ignore[union-attr]


def test_a_name_in_another_case_is_the_same_file_on_some_systems(tmp_path: Path) -> None:
    first = OutputDir.at(tmp_path / "site")
    with first.writing():
        first.write_file("files/A.pdf", b"1")
        first.write_file("files/B.pdf", b"2")
    os.link(tmp_path / "site/files/A.pdf", tmp_path / "site/files/a.pdf")  # as if both were one name
    second = OutputDir.at(tmp_path / "site")
    with second.writing():
        second.write_file("files/a.pdf", b"1")
        second.write_file("files/b.pdf", b"2")
    assert (tmp_path / "site/files/a.pdf").read_bytes() == b"1"
    assert (tmp_path / "site/files/A.pdf").exists()
    assert not (tmp_path / "site/files/B.pdf").exists()


@pytest.mark.parametrize("path", [MARKER, f"{MARKER}/x", f"{MARKER}.12", f"{MARKER}.12.records.json", "a\nb"])
def test_no_page_has_the_name_of_the_list(tmp_path: Path, path: str) -> None:
    with pytest.raises(output_dir.UnsafePathError):
        OutputDir(tmp_path / "site").write_file(path, b"x")


def test_a_file_in_chunks_is_written_as_any_other(tmp_path: Path) -> None:
    """What did not change stays the same file, and what others put there is left alone."""
    out, nodes = tmp_path / "site", []
    for chunks in ([b"1", b"2"], [b"12"], [b"3"]):
        tree = OutputDir.at(out)
        with tree.writing():
            tree.write_stream("data/large.json", iter(chunks))
        assert (out / "data/large.json").read_bytes() == b"".join(chunks)
        nodes.append((out / "data/large.json").stat().st_ino)
    assert nodes[0] == nodes[1] != nodes[2]
    (out / "data/theirs.json").write_bytes(b"theirs")
    with pytest.raises(OutputError), (tree := OutputDir.at(out)).writing():
        tree.write_stream("data/theirs.json", iter([b"x"]))
    assert (out / "data/theirs.json").read_bytes() == b"theirs"


def test_a_release_goes_without_the_list(own: Path) -> None:
    told: list[pipeline.Checked] = []
    done = publishing.publish(own / "repository", own / "zfxxgk", own / "cache", AS_OF, plain.render_theme, told.append)
    assert list(done.release.rglob(f"{MARKER}*")) == []
    with pytest.raises(OutputError, match="请换一个空目录"):
        build(own / "repository", own / "zfxxgk", own / "cache")
