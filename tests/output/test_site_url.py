"""The address of the site: one way to write it, whatever is missing at its end, and a sentence where it is none."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.cli import main
from gongkai.column.urls import base_address
from gongkai.load.published import PublishedError, read_sources
from gongkai.output import plain
from gongkai.settings import load_settings
from tests.miniature.build import AS_OF, miniature_repository
from tests.output.test_output import served
from tests.theme import render_theme

ADDRESS = "https://www.example.gov.cn/zfxxgk/"
GOOD = {
    ADDRESS: ADDRESS,
    "https://www.example.gov.cn/zfxxgk": ADDRESS,
    " https://www.example.gov.cn/zfxxgk\n": ADDRESS,
    "https://www.example.gov.cn": "https://www.example.gov.cn/",
    "http://10.0.0.1:8080": "http://10.0.0.1:8080/",
    "http://[::1]:8000/a": "http://[::1]:8000/a/",
    "https://济南.政务/公开": "https://济南.政务/公开/",
    "HTTPS://WWW.EXAMPLE.GOV.CN": "HTTPS://WWW.EXAMPLE.GOV.CN/",
}
BAD = [
    "www.example.gov.cn/zfxxgk/", "www.example.gov.cn", "//www.example.gov.cn/", "/zfxxgk/", "zfxxgk", "https://",
    "https:///zfxxgk/", "https:/www.example.gov.cn/", "http:www.example.gov.cn", "ftp://www.example.gov.cn/",
    "javascript:alert(1)//", "file:///srv/site/", "https://www.example.gov.cn:port/", "https://www.example.gov.cn:99999/",
    "https://a b/", "https://www.example.gov.cn/a b/", 'https://www.example.gov.cn/"><b>/', "https://user:word@host/",
    "https://www.example.gov.cn/?a=", "https://www.example.gov.cn/#a", "https://www.example.gov.cn/index.html",
    "https://.gov.cn/", "https://a..b/", "https://[::1/", "https：//www.example.gov.cn/", "http://\\\\host/",
]  # fmt: skip


def where(root: Path, text: str, words: str) -> str:
    """The place of some words in mkdocs.yml, as findings say it."""
    path = root / "mkdocs.yml"
    path.write_text(text, "utf-8")
    at = text.index(words)
    return f"mkdocs.yml:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)} "


@pytest.mark.parametrize(("given", "meant"), GOOD.items())
def test_an_address_is_that_of_a_directory(given: str, meant: str) -> None:
    assert base_address(given) == meant
    assert base_address(meant) == meant


@pytest.mark.parametrize(("way", "given"), [*product(["site_url"], BAD), *product(["environment", "extra"], BAD[::5])])
def test_what_is_no_address_is_a_finding_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, way: str
) -> None:
    root = miniature_repository(tmp_path)
    text = (root / "mkdocs.yml").read_text("utf-8")
    quoted = "'" + given.replace("'", "''") + "'"
    if way == "environment":
        monkeypatch.setenv("SITE_URL", given)
        place = where(root, text, "!ENV")
    elif way == "site_url":
        place = where(root, re.sub(r"(?m)^site_url: .*$", lambda _: f"site_url: {quoted}", text), quoted)
    else:
        place = where(root, text + f"    site_url: {quoted}\n", quoted)
    done = CliRunner().invoke(main, ["check", "--root", str(root), "--as-of", AS_OF.isoformat()])
    assert done.exit_code == 1
    (line,) = [line for line in done.output.splitlines() if line.startswith("mkdocs.yml:")]
    assert line.startswith(place)
    assert given in line
    assert ("环境变量 SITE_URL" in line) == (way == "environment")
    assert "请写成 https://" in line
    assert not pipeline.build(root, tmp_path / "site", tmp_path / "cache", AS_OF, plain.render_theme).ok
    assert not (tmp_path / "site").exists()


def test_every_wrong_setting_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    text = (root / "mkdocs.yml").read_text("utf-8")
    text = text.replace("accent: ", "akzent: ").replace("profile: demo", "profile: dmeo")
    text = (
        text.replace("portal_url: null", "portal_url: javascript:alert(1)") + "    edit_url: git.example.gov.cn/edit\n"
    )
    (root / "mkdocs.yml").write_text(text, "utf-8")
    findings = [finding for finding in pipeline.check(root, AS_OF).findings if finding.file == "mkdocs.yml"]
    lines = text.splitlines()
    told = {lines[finding.line - 1][finding.column - 1 :].split()[0] for finding in findings}
    assert told == {"akzent:", "dmeo", "javascript:alert(1)", "git.example.gov.cn/edit"}


def test_what_paths_are_added_to_ends_as_it_must(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    for given, meant in (
        ("https://git/x/edit/main", "https://git/x/edit/main/"),
        ("https://git/?f=", "https://git/?f="),
    ):
        text = (root / "mkdocs.yml").read_text("utf-8")
        (root / "mkdocs.yml").write_text(text.split("    edit_url")[0] + f"    edit_url: {given}\n", "utf-8")
        assert load_settings(root).edit_url == meant


@pytest.mark.parametrize("render", [render_theme, plain.render_theme])
def test_with_or_without_the_last_slash_the_site_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, render: pipeline.RenderTheme
) -> None:
    root = miniature_repository(tmp_path)
    text = (root / "mkdocs.yml").read_text("utf-8")
    sites = []
    for at, (variable, written) in enumerate(
        [(ADDRESS, None), (ADDRESS.rstrip("/"), None), (None, ADDRESS.rstrip("/"))]
    ):
        monkeypatch.delenv("SITE_URL", raising=False)
        if variable:
            monkeypatch.setenv("SITE_URL", variable)
        if written:
            (root / "mkdocs.yml").write_text(re.sub(r"(?m)^site_url: .*$", f"site_url: {written}", text), "utf-8")
        out = tmp_path / str(at)
        assert pipeline.build(root, out, tmp_path / "cache", AS_OF, render, offline=True).ok
        sites.append(served(out))
    assert sites[0] == sites[1] == sites[2]
    glued = [name for name, content in sites[1].items() if re.search(rb"example\.gov\.cn(/zfxxgk)?[\w%]", content)]  # type: ignore[arg-type]
    assert glued == []
    assert sum(ADDRESS.encode() in content for content in sites[1].values()) > 100  # type: ignore[operator]
    for name, content in sites[0].items():
        if name.endswith(".html") and b'property="og:title"' in content:  # type: ignore[operator]
            assert f'property="og:image" content="{ADDRESS}assets/card.png"'.encode() in content, name  # type: ignore[operator]
            own = f'property="og:url" content="{ADDRESS}{name.removesuffix("index.html")}"'
            assert own.encode() in content, name  # type: ignore[operator]
    calendar = f'href="webcal:{ADDRESS.partition(":")[2]}units/shili-minzhengju/calendar.ics"'
    assert calendar.encode() in sites[0]["units/shili-minzhengju/index.html"]  # type: ignore[operator]


def test_a_federation_takes_addresses_without_the_last_slash(tmp_path: Path) -> None:
    path = tmp_path / "districts.yml"
    homes = ["https://www.example.gov.cn/zfxxgk", "http://10.0.0.1:8080", "../laiwu", "../../a/b", "../"]
    path.write_text("districts:\n" + "".join(f"  - {{home: '{home}', site: x}}\n" for home in homes), "utf-8")
    assert [source.home for source in read_sources(path)] == [f"{home.rstrip('/')}/" for home in homes]


def test_a_federation_names_the_place_of_every_address_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "districts.yml"
    rows = [f"  - {{home: {home!r}, site: x}}\n" for home in BAD if "'" not in repr(home)[1:-1] and "\\" not in home]
    path.write_text(
        "districts:\n  - {home: https://good/, site: x}\n" + "".join(rows) + "  - {site: x}\n  - x\n", "utf-8"
    )
    with pytest.raises(PublishedError) as raised:
        read_sources(path)
    places = [str(sentence).split(" ")[0] for sentence in raised.value.args]
    assert places == [
        *(f"{path}:{line}:12" for line in range(3, 3 + len(rows))),
        f"{path}:{3 + len(rows)}:5",
        f"{path}:{4 + len(rows)}:5",
    ]
