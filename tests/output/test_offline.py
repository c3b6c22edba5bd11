"""The zip for computers without a network: the whole site, the same bytes every time, and quick when little changed."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.column import urls
from gongkai.output.listing import NAME as LIST
from gongkai.output.offline import NAME, offline_zip
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scratch = tmp_path_factory.mktemp("offline")
    root = miniature_repository(scratch)
    assert pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render_theme, offline=True).ok
    return scratch


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_it_holds_the_whole_site_but_itself(built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(built / "site" / NAME) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    online, unpacked = files(built / "site"), files(tmp_path / "zfxxgk")
    persons = {path for path in online if f"/{urls.PERSONS}" in path}
    assert persons, "a list of persons, which goes on its last day"
    assert set(unpacked) == set(online) - {NAME, LIST} - persons
    different = [path for path in unpacked if unpacked[path] != online[path]]
    assert different == ["data/index.html"]
    assert NAME.encode() in online["data/index.html"]
    assert NAME.encode() not in unpacked["data/index.html"]
    assert any(path.startswith("search/") for path in unpacked)


def test_the_same_site_gives_the_same_bytes_with_and_without_the_zip_before(built: Path) -> None:
    site = built / "site"
    paths = [path for path in files(site) if path not in (NAME, LIST)]
    before = (site / NAME).read_bytes()
    assert offline_zip(site, reversed(paths)) == before
    (site / NAME).unlink()
    assert offline_zip(site, paths) == before
    (site / NAME).write_bytes(b"PK no zip at all")
    assert offline_zip(site, paths) == before


def test_an_edit_reaches_the_zip(built: Path) -> None:
    root = built / "repository"
    plan = root / "plans" / "shili-2021.yml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("养老", "敬老", 1), encoding="utf-8")
    assert pipeline.build(root, built / "site", built / "cache", AS_OF, render_theme, offline=True).ok
    with zipfile.ZipFile(built / "site" / NAME) as archive:
        assert archive.testzip() is None
        page = archive.read("zfxxgk/plans/shili-2021/index.html").decode()
    assert "敬老" in page


def test_a_preview_offers_no_zip(built: Path, tmp_path: Path) -> None:
    assert pipeline.build(built / "repository", tmp_path / "site", built / "cache", AS_OF, render_theme).ok
    assert not (tmp_path / "site" / NAME).exists()
    assert NAME not in (tmp_path / "site" / "data" / "index.html").read_text(encoding="utf-8")


def test_a_build_that_writes_nothing_leaves_the_zip_alone_and_an_edit_does_not(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    out, cache = tmp_path / "site", tmp_path / "cache"

    def build() -> bytes:
        assert pipeline.build(root, out, cache, AS_OF, render_theme, offline=True).ok
        return (out / NAME).read_bytes()

    first, made = build(), (out / NAME).stat().st_mtime_ns
    assert build() == first
    assert (out / NAME).stat().st_mtime_ns == made
    (out / NAME).write_bytes(b"damaged")
    assert build() == first
    plan = root / "plans/shili-2021.yml"
    plan.write_text(plan.read_text("utf-8").replace("公布养老机构名单。", "公布养老机构完整名单。"), "utf-8")
    assert build() != first


def test_damage_that_no_size_and_no_time_shows_is_not_handed_on(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    out, cache, plan = tmp_path / "site", tmp_path / "cache", root / "plans/shili-2021.yml"

    def build() -> None:
        assert pipeline.build(root, out, cache, AS_OF, render_theme, offline=True).ok

    build()
    zipped = out / NAME
    for place in (0.1, 0.5, 0.9):
        content, status = bytearray(zipped.read_bytes()), zipped.stat()
        content[int(len(content) * place)] ^= 0x10
        zipped.write_bytes(content)
        os.utime(zipped, ns=(status.st_atime_ns, status.st_mtime_ns))
        plan.write_text(plan.read_text("utf-8").replace("养老机构", "各养老机构", 1), "utf-8")
        build()
        made = zipped.read_bytes()
        zipped.unlink()
        assert made == offline_zip(out, [path for path in files(out) if path not in (NAME, LIST)])
        zipped.write_bytes(made)
        build()
