"""``content/`` and ``overrides/`` obey the rules of ``plans/``: nothing from elsewhere, nothing that runs."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai import pipeline, publishing
from gongkai.cache.cache import Cache
from gongkai.federation.federate import federate
from gongkai.findings.finding import errors
from gongkai.load.drawings import DrawingError, read_drawing
from gongkai.load.served import read_served
from gongkai.output import plain
from gongkai.output.releases import PublishError
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def archive(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


WORD = archive(word__document_xml="<w:t>公开目录</w:t>")
ACTIVE = {
    "script": "<script>alert(1)</script>",
    "capital": "<SCRIPT>alert(1)</SCRIPT>",
    "foreign": "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "event": '<rect width="1" height="1" onload="alert(1)"/>',
    "address": '<a href="javascript:alert(1)"><text>x</text></a>',
    "hidden address": '<a xlink:href=" java&#10;script:alert(1)"><text>x</text></a>',
    "elsewhere": '<image href="https://example.com/x.png"/>',
    "beside": '<use href="other.svg#x"/>',
    "inside": '<image href="data:image/svg+xml;base64,AAAA"/>',
    "style": "<style>@import 'https://example.com/x.css';</style>",
    "attribute": '<rect style="fill:url(https://example.com/x)"/>',
    "animated": '<a><set attributeName="xlink:href" to="javascript:alert(1)"/></a>',
    "frame": '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://example.com"/>',
}
IN_BOTH: dict[str, bytes] = {
    "program.exe": b"MZ\x90\x00",
    "archive.zip": archive(x="y"),
    "script.py": b"print(1)",
    "library.so": b"\x7fELF",
    "page.xhtml": b"<html/>",
    "data.xml": b"<x/>",
    "nothing": b"x",
    "with blank.png": PNG,
    "empty.png": b"",
    "Photo.PNG": PNG,
    "changed.png": b"MZ\x90\x00",
    "changed.gif": WORD,
    "no-drawing.svg": b"<html><script>alert(1)</script></html>",
    "broken.svg": b"<svg",
    "other.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><text>13800138000</text></svg>",
    "sheet.svg": b"<?xml-stylesheet href='https://example.com/x.xsl'?>" + SVG.format("").encode(),
    "entities.svg": b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("&a;").encode(),
    "utf16.svg": SVG.format("<script>alert(1)</script>").encode("utf-16"),
    **{f"{name.replace(' ', '-')}.svg": SVG.format(inside).encode() for name, inside in ACTIVE.items()},
}
IN_CONTENT = IN_BOTH | {
    "script.js": b"alert(1)",
    "module.mjs": b"alert(1)",
    "style.css": b"p{}",
    "page.html": b"<script>alert(1)</script>",
    "font.woff2": b"wOF2",
    "macros.docm": WORD,
    "macros.docx": archive(word__document_xml="<x/>", word__vbaProject_bin="x"),
    "changed.pdf": WORD,
    "named.docx": archive(word__document_xml="<w:t>电话13800138000</w:t>"),
    "notice.md": "电话13800138000\n".encode(),
    "ansi.md": "公开指南".encode("gbk"),
    "notice.markdown": b"# x",
    **{
        f"link-{at}.md": f"# 链接\n\n{link}\n".encode()
        for at, link in enumerate(
            ("[甲](http://[x)", "[甲](<//[x>)", "<https://x:port/>", "[甲][乙]\n\n[乙]: http://[x", '<img src="//[x">')
        )
    },
}
IN_OVERRIDES = IN_BOTH | {
    "changed.woff2": b"MZ\x90\x00",
    "changed.css": b"\0\1",
    "notice.pdf": b"%PDF-1.4",
    "x.docx": WORD,
}
SOUND_CONTENT = {
    "extra.md": "# 补充说明\n\n[http://x.gov.cn:80](http://[::1]/?a=[b) 见 http://[x 和 [x]//[y]。\n".encode(),
    "images/photo.png": PNG,
    "images/photo.jpeg": b"\xff\xd8\xff" + bytes(20),
    "images/1.svg": SVG.format(
        '<g id="a"/><use href="#a"/><a href="https://www.example.gov.cn/"><text>x</text></a>'
    ).encode(),
    "annual-reports/2025.docx": WORD,
    ".hidden.exe": b"MZ",
}
SOUND_OVERRIDES = {
    "assets/office.mjs": b"export const x = 1\n",
    "assets/office.js": "// 本单位的脚本\n".encode(),
    "assets/office.css": b"p{color:red}",
    "assets/fonts/LICENSE": b"OFL",
    "assets/fonts/song.woff2": b"wOF2" + bytes(8),
    "assets/fonts/song.ttf": b"\0\1\0\0" + bytes(8),
    "assets/emblem.svg": SVG.format('<rect fill="url(#a)" style="fill:url( \'#b\' )"/>').encode(),
    "partials/more.html": b"<p>x</p>",
}
PLACES = {
    "content": IN_CONTENT,
    "content/images": IN_CONTENT,
    "overrides": IN_OVERRIDES,
    "overrides/assets/x": IN_OVERRIDES,
}
BAD = [(folder, name, content) for folder, files in PLACES.items() for name, content in files.items()]


def put(root: Path, name: str, content: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def wrong(root: Path) -> set[str]:
    return {finding.file for finding in errors(read_served(root, "content", "overrides", Cache()))}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two directories as they are, and nothing else."""
    root = tmp_path_factory.mktemp("served")
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    return root


def test_what_is_there_and_what_an_office_adds_is_right(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    for folder, files in (("content", SOUND_CONTENT), ("overrides", SOUND_OVERRIDES)):
        for name, content in files.items():
            put(root, f"{folder}/{name}", content)
    assert not read_served(root, "content", "overrides", Cache())
    for render in (render_theme, plain.render_theme):
        site = tmp_path / render.__module__
        assert pipeline.build(root, site, tmp_path / f"{render.__module__}.cache", AS_OF, render).ok
        served = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        assert {"images/1.svg", "annual-reports/2025.docx", "assets/office.mjs", "extra/index.html"} <= served
        assert ".hidden.exe" not in served


@pytest.mark.parametrize(("folder", "name", "content"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_what_must_not_be_served_is_told_by_name(folders: Path, folder: str, name: str, content: bytes) -> None:
    put(folders, f"{folder}/{name}", content)
    try:
        found = read_served(folders, "content", "overrides", Cache())
    finally:
        (folders / folder / name).unlink()
    assert {finding.file for finding in errors(found)} == {f"{folder}/{name}"}
    assert all(finding.hint for finding in found)
    assert "13800138000" not in str(found)


@pytest.mark.parametrize("name", ["index.md", "units.md", "plans/index.md", "handbook/rules.md", "search/index.md"])
def test_a_page_where_the_program_makes_one_is_told(tmp_path: Path, name: str) -> None:
    root = miniature_repository(tmp_path)
    put(root, f"content/{name}", "# 标题\n".encode())
    (found,) = read_served(root, "content", "overrides", Cache())
    assert (found.file, found.code) == (f"content/{name}", "FILE-03")


LINKS: dict[str, Callable[[Path, Path], None]] = {
    "a file elsewhere": lambda path, outside: path.symlink_to(outside / "secret.txt"),
    "a file of the machine": lambda path, _: path.symlink_to("/etc/hostname"),
    "a directory": lambda path, outside: path.symlink_to(outside),
    "a file in the repository": lambda path, _: path.symlink_to(path.parents[1] / "mkdocs.yml"),
    "itself": lambda path, _: path.symlink_to(path.parent),
    "nothing": lambda path, _: path.symlink_to("nowhere.md"),
    "a pipe": lambda path, _: os.mkfifo(path),
}
NAMES = ["leak.txt", "leak.md", "leak.png", "leak"]


@pytest.mark.parametrize("folder", ["content", "content/images", "overrides", "overrides/assets"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", LINKS)
def test_no_link_and_no_odd_file_is_served(folders: Path, tmp_path: Path, folder: str, name: str, kind: str) -> None:
    put(tmp_path, "secret.txt", b"secret")
    path = folders / folder / name
    LINKS[kind](path, tmp_path)
    try:
        assert wrong(folders) == {f"{folder}/{name}"}
    finally:
        path.unlink()


@pytest.mark.parametrize("folder", ["content", "overrides"])
def test_the_directory_itself_is_no_link(tmp_path: Path, folder: str) -> None:
    root = miniature_repository(tmp_path)
    (root / folder).rename(tmp_path / "moved")
    (root / folder).symlink_to(tmp_path / "moved")
    (found,) = errors(list(pipeline.check(root, AS_OF).findings))
    assert (found.file, found.code) == ("mkdocs.yml", "ATT-01")


@pytest.mark.parametrize("written", ["../elsewhere", "/etc", ".", "..", "plans/../../elsewhere"])
def test_another_directory_of_pages_is_one_of_the_repository(tmp_path: Path, written: str) -> None:
    root = miniature_repository(tmp_path)
    put(tmp_path, "elsewhere/secret.txt", b"secret")
    settings = root / "mkdocs.yml"
    text = settings.read_text("utf-8").replace("docs_dir: content", f"docs_dir: {written}")
    settings.write_text(text, "utf-8")
    (found,) = errors(list(pipeline.check(root, AS_OF).findings))
    assert found.file == "mkdocs.yml"
    assert text.splitlines()[found.line - 1] == f"docs_dir: {written}"


def test_pages_in_another_directory_are_looked_at_and_served(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("docs_dir: content", "docs_dir: pages"), "utf-8")
    (root / "content").rename(root / "pages")
    for render in (render_theme, plain.render_theme):
        site, cache = tmp_path / f"{render.__module__}.site", tmp_path / f"{render.__module__}.cache"
        assert pipeline.build(root, site, cache, AS_OF, render).ok
        assert (site / "guide/index.html").is_file()
    put(root, "pages/x.exe", b"MZ")
    assert [finding.file for finding in errors(list(pipeline.check(root, AS_OF).findings))] == ["pages/x.exe"]


@pytest.mark.parametrize("render", [render_theme, plain.render_theme], ids=["mkdocs", "plain"])
def test_nothing_is_built_or_published(tmp_path: Path, render: pipeline.RenderTheme) -> None:
    root = miniature_repository(tmp_path)
    put(tmp_path, "secret.txt", b"a secret of this machine")
    (root / "content/leak.txt").symlink_to(tmp_path / "secret.txt")
    put(root, "overrides/assets/x.exe", b"MZ")
    built = pipeline.build(root, tmp_path / "site", tmp_path / "cache", AS_OF, render)
    assert [finding.file for finding in errors(list(built.checked.findings))] == [
        "content/leak.txt",
        "overrides/assets/x.exe",
    ]
    with pytest.raises(PublishError):
        publishing.publish(root, tmp_path / "served", tmp_path / "cache", AS_OF, render, lambda _: None)
    assert not (tmp_path / "site").exists()
    assert not (tmp_path / "served").exists()
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file() and b"a secret" in path.read_bytes()]


def test_a_city_serves_nothing_of_it_either(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    put(root, "content/x.exe", b"MZ")
    with pytest.raises(PublishError, match="没有发布") as refused:
        federate(root, tmp_path / "served", tmp_path / "cache", tmp_path / "districts.yml", render_theme)
    assert "content/x.exe" in str(refused.value.args)


@pytest.mark.parametrize("command", ["build", "serve"])
def test_mkdocs_itself_copies_nothing_of_it(tmp_path: Path, command: str) -> None:
    root = miniature_repository(tmp_path)
    put(tmp_path, "secret.txt", b"a secret of this machine")
    (root / "content/leak.txt").symlink_to(tmp_path / "secret.txt")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1646092800", "NO_MKDOCS_2_WARNING": "1"}
    line = [sys.executable, "-m", "mkdocs", command]
    done = subprocess.run(line, cwd=root, env=environment, capture_output=True, check=False)
    assert done.returncode != 0
    assert "content/leak.txt" in (done.stdout + done.stderr).decode()
    assert not [path for path in root.rglob("leak.txt") if not path.is_symlink()]


@pytest.mark.parametrize("inside", ACTIVE.values(), ids=ACTIVE)
def test_a_drawing_runs_nothing(inside: str) -> None:
    assert read_drawing(SVG.format(inside).encode())[1]


@pytest.mark.parametrize("content", [b"", b"x", b"<html/>", b"\x89PNG", b"<?xml version='1.0' encoding='x'?><svg/>"])
def test_what_is_no_drawing_is_told_as_such(content: bytes) -> None:
    with pytest.raises(DrawingError):
        read_drawing(content)
