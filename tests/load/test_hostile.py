"""Hostile or broken input: an error or harmless text, in bounded time and memory, and never a file outside the site."""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai import pipeline
from gongkai.findings.finding import errors
from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import KINDS
from gongkai.load import files
from gongkai.load.files import load_bytes, load_text
from gongkai.load.yaml_values import MAX_DEPTH
from gongkai.output.output_dir import OutputDir, UnsafePathError
from gongkai.rules.site.registry import facts_of, judge_site
from gongkai.settings import SettingsError, load_settings
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme
from tests.waiting import guarded

NAME = "plans/hostile.yml"
PLAN = "shili-2021.yml"

REFUSED = {
    "a bomb of aliases": "a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]\n",
    "an alias to itself": "a: &a [*a]\n",
    "a python object": "a: !!python/object/apply:os.system ['true']\n",
    "a python name": "a: !!python/name:os.system\n",
    "a tagged mapping": "a: !!map {b: c}\n",
    "a merge key": "a: {b: c}\nd:\n  <<: x\n",
    "binary": "a: !!binary aGk=\n",
    "two documents": "a: b\n---\nc: d\n",
    "a key that is a list": "? [a]\n: b\n",
    "depth in brackets": "a: " + "[" * 100_000 + "\n",
    "depth in braces": "a: " + "{a: " * 50_000 + "\n",
    "depth just over": "a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "\n",
    "a null byte": "kind: plan\ntitle: a\0b\n",
    "an escape sequence": "title: a\x1b[31mb\n",
    "text that runs backwards": "title: a\u202eb\n",
    "an escaped override": 'title: "a\\u202eb"\n',
    "an escaped null": 'title: "a\\0b"\n',
    "half a character": 'title: "a\\ud800b"\n',
    "nothing": "",
    "a list": "- a\n",
    "a number": "1\n",
    "ten million letters": "title: " + "字" * 1_600_000 + "\n",
    "a long key": "a" * 4_000_000 + ": b\n",
    "many keys": "".join(f"k{number}: 1\n" for number in range(100_000)),
    "a very big number": "year: " + "9" * 5000 + "\nkind: plan\n",
    "tabs": "a:\n\tb: c\n",
}


@contextmanager
def within(megabytes: int) -> Iterator[None]:
    """It ends, and takes no more memory than this."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with guarded("reading a hostile text"):
        yield
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < megabytes


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_a_sentence_and_a_place(text: str) -> None:
    with within(600):
        file, findings = load_bytes(NAME, text.encode("utf-8", "surrogatepass"))
    assert file is None
    assert findings
    for finding in findings:
        assert finding.line >= 1
        assert finding.column >= 1
        assert any("\u4e00" <= character <= "\u9fff" for character in finding.message)
        assert len(finding.message) < 500


@pytest.mark.parametrize("text", [text for text in REFUSED.values() if len(text) < 500_000 and text.count("\n") < 100])
def test_settings_that_are_none_are_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with within(600), pytest.raises(SettingsError) as refused:
        load_settings(tmp_path)
    assert all(finding.line >= 1 and finding.column >= 1 for finding in refused.value.findings)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00a", b"\x80", "标题".encode("gbk"), "a: b".encode("utf-16"), b"\0" * 1000]
)
def test_other_encodings_are_refused(content: bytes) -> None:
    file, findings = load_bytes(NAME, content)
    assert file is None
    assert findings


def test_ten_megabytes_are_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "load_text", None)  # nobody begins to read
    with within(100):
        file, findings = load_bytes(NAME, b"title: " + b"x" * 10_000_000)
    assert file is None
    assert [finding.code for finding in findings] == ["YAML-11"]


_MARKS = [*"[]{}:,-&*!|>'\"%@`#?~ \n\t\\\0\r1\u202e\ufeff", "- ", ": ", "\n  ", "<<: ", "kind: plan\n", "标题"]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(_MARKS), max_size=60).map("".join) | st.text(max_size=80))
def test_no_text_makes_the_loader_stumble(text: str) -> None:
    load_bytes(NAME, text.encode("utf-8", "replace"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_make_the_loader_stumble(content: bytes) -> None:
    load_bytes(NAME, content)


# From here on: a whole repository.


def edited(scratch: Path, change: Any, name: str = PLAN) -> Path:
    """The miniature repository with one authored file changed as a value."""
    root = miniature_repository(scratch)
    path = root / "plans" / name
    value = yaml.safe_load(path.read_text(encoding="utf-8").replace("\t", " "))
    value = json.loads(json.dumps(value, default=str))
    change(value)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**9), encoding="utf-8")
    return root


def built(root: Path, scratch: Path) -> Path | None:
    done = pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render_theme)
    return scratch / "site" if done.ok else None


MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    "{{ 7*7 }}{% raw %}",
    "SLOT-body-SLOT",
    "]]></script><!--",
    "</title><base href='//evil.example/'>",
    "javascript:alert(1)",
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "BEGIN:VCALENDAR\\nEND:VCALENDAR;X,Y",
]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_every_text_is_only_text(tmp_path: Path, text: str) -> None:
    def everywhere(value: dict[str, Any]) -> None:
        value["title"] += text
        value["editor_note"] = text
        value["preamble"] = [text]
        value["document"] |= {"title": text, "note": text, "signature": text, "copies": text, "sources": [text]}
        value["sections"][0]["title"] += text
        value["task_table"]["title"] += text
        value["task_table"]["rows"][0]["text"] += text
        value["task_table"]["rows"][0]["area"] = text

    site = built(edited(tmp_path, everywhere), tmp_path)
    assert site is not None
    assert errors(judge_site(facts_of(site, AS_OF))) == []
    page = (site / "plans/shili-2021/index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<base" not in page
    for name, table in (("plans/shili-2021/index.json", "plans"), ("data/v1/plans.json", "items")):
        rows = {row["id"]: row for row in json.loads((site / name).read_bytes())[table]}
        assert rows["shili-2021"]["preamble"] == [text]


IDS = [
    *("con", "nul", "com1", "lpt9", "aux", "prn", "CON", "A", "a b", "-a", "a--b"),
    *("a/b", "a\\b", "../x", "..", ".", "", "%2e%2e", "index.html", "ａ", "a\u0301", "x" * 200),
]


@pytest.mark.parametrize("identifier", IDS)
def test_ids_that_are_no_file_names_are_refused(tmp_path: Path, identifier: str) -> None:
    root = edited(tmp_path, lambda value: value.update(id=identifier, related=[]))
    checked = pipeline.check(root, AS_OF)
    assert not checked.ok
    assert built(root, tmp_path) is None
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("identifier", ["con", "nul", "com1", "lpt9", "aux", "prn"])
def test_windows_device_names_are_refused_even_as_file_names(tmp_path: Path, identifier: str) -> None:
    root = edited(tmp_path, lambda value: value.update(id=identifier))
    (root / "plans" / PLAN).rename(root / "plans" / f"{identifier}.yml")
    codes = {finding.code for finding in pipeline.check(root, AS_OF).findings}
    assert "SHAPE-13" in codes


@pytest.mark.parametrize("kind", ["organs", "themes", "units"])
def test_vocabularies_cannot_name_devices_either(tmp_path: Path, kind: str) -> None:
    root = miniature_repository(tmp_path)
    path = next(
        path for path in (root / "plans/vocabularies").glob("*.yml") if f"kind: {kind}" in path.read_text("utf-8")
    )
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    value[kind][0]["id"] = "nul"
    path.write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    assert not pipeline.check(root, AS_OF).ok


def test_ids_that_differ_in_case_only_cannot_exist(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    text = (root / "plans" / PLAN).read_text(encoding="utf-8")
    (root / "plans/Shili-2021.yml").write_text(text.replace("id: shili-2021\n", "id: Shili-2021\n"), encoding="utf-8")
    assert not pipeline.check(root, AS_OF).ok


ADDRESSES = [
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "ftp://x/",
        "../../etc/passwd",
        "//evil.example",
    ),
    *(" http://x", "http://", "https://user:pass@x/", "http://x/\u202e", "http://x y/", "http://[x/"),
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_addresses_of_material_are_plain_web_addresses(tmp_path: Path, url: str) -> None:
    def change(value: dict[str, Any]) -> None:
        value["decisions"][0]["stages"] = {
            "draft": {"status": "published", "title": "x", "url": url, "date": "2021-05-01"}
        }

    root = edited(tmp_path, change, "shili-2021-decisions.yml")
    checked = pipeline.check(root, AS_OF)
    assert not checked.ok, url


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_lines_that_end_otherwise_are_told_where_they_do(kind: FileKind, end: str) -> None:  # type: ignore[type-arg]
    for example in kind.examples:
        text = example.read_text("utf-8")
        for changed in (
            text.replace("\n", end),
            text.replace("\n", f"{end}\n", 3),
            text.replace("\n  ", f"{end}  ", 1),
        ):
            file, found = load_text("plans/x.yml", changed)
            assert file is not None or errors(found)
            assert all(0 < one.line <= changed.count("\n") + 1 for one in found)


@pytest.mark.parametrize("where", ["/etc/hostname", "../../outside.yml"])
def test_links_out_of_the_repository_are_not_followed(tmp_path: Path, where: str) -> None:
    root = miniature_repository(tmp_path)
    (tmp_path / "outside.yml").write_text("kind: plan\nsecret: 1\n")
    (root / "plans/link.yml").symlink_to(where)
    findings = pipeline.check(root, AS_OF).findings
    assert [finding.code for finding in findings if finding.file == "plans/link.yml"] == ["YAML-14"]
    assert "secret" not in " ".join(finding.message for finding in findings)


def test_a_linked_directory_and_odd_files_are_harmless(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.yml").write_text("kind: plan\n")
    (root / "plans/elsewhere").symlink_to(tmp_path / "elsewhere")
    (root / "plans/loop").symlink_to(root / "plans")
    (root / "plans/dangling.yml").symlink_to("nowhere.yml")
    (root / "plans/itself.yml").symlink_to("itself.yml")
    (root / "plans/directory.yml").mkdir()
    os.mkfifo(root / "plans/pipe.yml")
    with within(600):
        findings = pipeline.check(root, AS_OF).findings
    assert {finding.file for finding in errors(list(findings))} <= {
        "plans/dangling.yml", "plans/itself.yml", "plans/directory.yml", "plans/pipe.yml", "plans/elsewhere/x.yml",
    }  # fmt: skip
    assert "plans/pipe.yml" in {finding.file for finding in findings}


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a\\b", "..", ""])
def test_nothing_is_written_outside_the_site(tmp_path: Path, path: str) -> None:
    tree = OutputDir(tmp_path / "site")
    with pytest.raises(UnsafePathError):
        tree.write_file(path, b"x")
    assert list(tmp_path.rglob("x")) == []


PRIVATE = ["身份证号11010519491231002X", "联系电话13812345678", "账号6222021234567890128"]


@pytest.mark.parametrize("text", PRIVATE)
def test_personal_data_stops_publishing(tmp_path: Path, text: str) -> None:
    def change(value: dict[str, Any]) -> None:
        value["task_table"]["rows"][0]["text"] += text

    root = edited(tmp_path, change)
    findings = [finding for finding in pipeline.check(root, AS_OF).findings if finding.code == "PRIV-01"]
    assert [finding.file for finding in findings] == [f"plans/{PLAN}"]
    assert text[-8:] not in findings[0].message
    assert built(root, tmp_path) is None


@pytest.mark.parametrize("openness", ["依申请公开", "不予公开"])
def test_what_is_not_for_everyone_stops_publishing(tmp_path: Path, openness: str) -> None:
    root = edited(tmp_path, lambda value: value["document"].update(openness=openness))
    assert not pipeline.check(root, date(2022, 3, 1)).ok
    assert built(root, tmp_path) is None


@pytest.mark.soak
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(_MARKS), max_size=200).map("".join))
def test_no_text_makes_the_loader_stumble_for_long(text: str) -> None:
    load_bytes(NAME, text.encode("utf-8", "replace"))
