"""What is withdrawn is gone from every copy that we hold: pages, data, search, zip, compressed copies, old releases."""

from __future__ import annotations

import gzip
import html
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from functools import partial as bind
from pathlib import Path

import brotli
import pytest
import yaml
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai import pipeline
from gongkai.authoring.difference import report
from gongkai.authoring.difference.state import two_states
from gongkai.authoring.removal import RemovalError
from gongkai.cache.place import cache_of
from gongkai.cli import main
from gongkai.column.withdrawal import named
from gongkai.column.words import RecordKind
from gongkai.findings.finding import Finding, errors
from gongkai.kinds.registry import KINDS
from gongkai.output.listing import NAME as LISTING
from gongkai.output.offline import NAME as OFFLINE
from gongkai.output.offline import offline_zip
from gongkai.output.output_dir import OutputDir
from gongkai.output.publish import publish, rollback
from gongkai.output.purge import take_down
from gongkai.output.releases import PublishError, current
from gongkai.output.releases import releases_of as releases
from gongkai.output.verification import verify
from gongkai.withdrawing import withdraw
from tests.conftest import ROOT
from tests.load.test_attachments import archive
from tests.miniature.build import AS_OF, miniature_repository
from tests.output.test_publish import FILES, ended, in_child, made
from tests.output.test_publish import releases as numbers

REASON = "含有个人信息"
LENGTH = 6
"""Characters of a run of Han that say where a text is from."""
_HAN = re.compile("[\u3400-\u9fff]+")


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def forms(name: str, content: bytes, encodings: tuple[str, ...] = ("utf-8",)) -> Iterator[tuple[str, str]]:
    """Everything that can be read in a file, however it is packed: archives and compressed files are opened."""
    if content.startswith(b"\x1f\x8b"):
        yield from forms(f"{name} (gzip)", gzip.decompress(content), encodings)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            for member in opened.namelist():
                yield from forms(f"{name}: {member}", opened.read(member), encodings)
    elif name.endswith(".br"):
        yield from forms(f"{name} (brotli)", brotli.decompress(content), encodings)
    else:
        for encoding in encodings:
            text = html.unescape(content.decode(encoding, "ignore"))
            unfolded = text.replace("\r\n ", "")
            yield name, unfolded
            if "<" in text:
                yield name, re.sub(r"<[^>]*>", "", text)
            if "\\u" in text:
                yield name, re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


@cache
def runs(text: str) -> frozenset[str]:
    """All runs of so many Han characters; a text that lies in several copies is taken apart once."""
    pieces = _HAN.findall(text)
    return frozenset(piece[at : at + LENGTH] for piece in pieces for at in range(len(piece) - LENGTH + 1))


def read(*places: Path, encodings: tuple[str, ...] = ("utf-8", "gbk")) -> dict[str, frozenset[str]]:
    """The runs of every file below some places, and of their names."""
    found: dict[str, frozenset[str]] = {}
    for place in places:
        for path in sorted(place.rglob("*") if place.is_dir() else [place]):
            if path.is_file():
                for name, text in forms(str(path), path.read_bytes(), encodings):
                    found[name] = found.get(name, runs(path.name)) | runs(text)
    return found


def words(*places: Path) -> set[str]:
    return set().union(*read(*places, encodings=("utf-8",)).values())


def sources(root: Path) -> tuple[Path, ...]:
    return root / "plans", root / "content", root / "overrides", root / "mkdocs.yml", ROOT / "generator"


def furnished(scratch: Path) -> Path:
    """The miniature district with an attachment, a picture and a page of content/ that are nowhere else."""
    root = miniature_repository(scratch)
    path = root / "plans/shili-2021.yml"
    attached = "document:\n  attachments:\n    - {file: 困难群众救助名单.docx, title: 临时救助对象花名册}\n"
    path.write_text(path.read_text("utf-8").replace("document:\n", attached, 1), "utf-8")
    (root / "plans/files").mkdir()
    word = archive(word__document_xml="<w:p><w:r><w:t>花名册上的诸葛小明家住东大街</w:t></w:r></w:p>")
    (root / "plans/files/困难群众救助名单.docx").write_bytes(word)
    (root / "content/notes.md").write_text("# 临时说明\n\n关于撤销某项补助资格的临时说明全文。\n", "utf-8")
    return root


@pytest.fixture
def served(tmp_path: Path) -> tuple[Path, Path]:
    """A repository and a link that serves it, published twice."""
    root, target = furnished(tmp_path), tmp_path / "www/zfxxgk"
    target.parent.mkdir()
    for _ in range(2):
        assert run("publish", str(target), "--root", str(root), "--as-of", str(AS_OF))[0] == 0
    return root, target


PARTS = {
    "shili-2021/tasks/2": RecordKind("task"),
    "shili-2021/sections/1-2": RecordKind("section"),
    "shili-2021-decisions/2": RecordKind("decision"),
    "shili-2021-projects/2": RecordKind("project"),
    "shili-canyu-2021/2": RecordKind("participation"),
    "shili-mulu-2021/6": RecordKind("catalogue_item"),
    "shili-2021-jianyi/2": RecordKind("proposal"),
    "shili-2021-wenda/2": RecordKind("policy_question"),
    "shili-yanglao-wenda/questions/1": RecordKind("interpretation_question"),
    "shili-2021-shoufei/2": RecordKind("list_row"),
}
OTHERS = ("shili-2021/files/困难群众救助名单.docx", "content/notes.md")
WHOLE = {
    "shili-2022": RecordKind("plan"),
    "shili-2021-decisions": RecordKind("directory"),
    "shili-canyu-2021": RecordKind("participation_list"),
    "shili-2021-projects": RecordKind("project_list"),
    "shili-gazette-2021-1": RecordKind("gazette"),
    "shili-yanglao-2019": RecordKind("document"),
    "shili-yanglao-wenda": RecordKind("interpretation"),
    "shili-mulu-2021": RecordKind("catalogue"),
}
WHOLE |= {kind.examples[0].stem: kind.heads[0] for kind in KINDS if not {*kind.heads} & {*WHOLE.values()}}


def test_every_kind_of_record_is_among_those_withdrawn_here(tmp_path: Path) -> None:
    root = furnished(tmp_path)
    entries = pipeline.check(root, AS_OF).column.index.entries
    for identifier, kind in (PARTS | WHOLE).items():
        assert entries[identifier].kind is kind
    assert {entry.kind for entry in entries.values()} == {*PARTS.values(), *WHOLE.values()}


def gone_everywhere(root: Path, target: Path, before: set[str]) -> None:
    """Of the words that left the repository, none is in any release, in a zip or archive, or in the cache."""
    after = words(*sources(root))
    distinctive = before - after
    assert len(distinctive) > 20
    found = read(releases(target), cache_of(root))
    assert len(found) > 1000
    assert {name: some for name, held in found.items() if (some := held & distinctive)} == {}
    assert verify(str(target))[1] == []
    day = ("--root", str(root), "--as-of", str(AS_OF))
    assert run("check", "--site", str(target.resolve()), *day)[0] == 0


def test_each_kind_of_thing_is_gone_from_every_copy(served: tuple[Path, Path]) -> None:
    root, target = served
    before = words(*sources(root))
    assert words(releases(target)) & (before - words(root / "overrides", ROOT / "generator"))
    for wanted in ((*PARTS, *OTHERS), tuple(WHOLE)):
        for identifier in wanted:
            code, said = run("withdraw", identifier, "--reason", REASON, "--root", str(root))
            assert code == 0, said
        purged = [word for identifier in wanted for word in ("--purge", identifier)]
        code, said = run("publish", *purged, str(target), "--root", str(root), "--as-of", str(AS_OF))
        assert code == 0, said
        gone_everywhere(root, target, before)
        assert len(numbers(target)) == 1
        code, said = run("publish", "--rollback", str(target))
        assert code == 1
        assert "没有更早的版本可以恢复" in said


def test_its_addresses_say_since_when_and_why_and_are_in_no_list(served: tuple[Path, Path]) -> None:
    root, target = served
    own = [path.parent for path in (target.resolve()).rglob("index.html") if "shili-2022" in path.parts]
    addresses = [path.relative_to(target.resolve()).as_posix() + "/" for path in own]
    assert len(addresses) > 5
    assert run("withdraw", "shili-2022", "--reason", REASON, "--date", "2022-02-28", "--root", str(root))[0] == 0
    assert run("publish", str(target), "--root", str(root), "--as-of", str(AS_OF))[0] == 0
    for address in addresses:
        page = HTMLParser((target / address / "index.html").read_text("utf-8"))
        assert page.css_first("h1").text() == "已撤回"
        article = page.css_first("article").text()
        assert "2022年2月28日" in article
        assert REASON in article
        assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex"
        assert address not in (target / "sitemap.xml").read_text("utf-8")
    assert json.loads((target / "manifest.json").read_text("utf-8"))["withdrawn"] == ["shili-2022"]


def test_old_addresses_of_what_moved_once_go_too(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans/shili-2022.yml"
    path.write_text(path.read_text("utf-8").replace("id: shili-2022\n", "id: shili-2022\nmoved_from: [shili-old]\n"))
    done = withdraw(root, "shili-2022", AS_OF, REASON, AS_OF)
    assert errors(list(done.findings)) == []
    listed = (root / "plans/withdrawn.yml").read_text("utf-8")
    assert "plans/shili-old/tasks/1/" in listed
    assert "plans/shili-2022/tasks/1/" in listed


ONLY = {"shili-2022/sections/1": "shili-2022"}
"""What a file would be nothing without, with the id to withdraw instead."""


@pytest.mark.soak
def test_every_single_record_can_be_withdrawn_and_nothing_else_is_lost(tmp_path: Path) -> None:
    """Whatever is taken out, the rest says what it said and can be published; what still refers to it is told."""
    root = miniature_repository(tmp_path / "whole")
    before = pipeline.check(root, AS_OF).column.index.entries
    assert len(before) > 40
    for number, identifier in enumerate(before):
        copy = tmp_path / str(number)
        shutil.copytree(root / "plans", copy / "plans")
        shutil.copy(root / "mkdocs.yml", copy / "mkdocs.yml")
        if identifier in ONLY:
            with pytest.raises(RemovalError, match=f"请撤回整份 {ONLY[identifier]}"):
                withdraw(copy, identifier, AS_OF, REASON, AS_OF)
            continue
        done = withdraw(copy, identifier, AS_OF, REASON, AS_OF)
        checked = pipeline.check(copy, AS_OF)
        after = checked.column.index.entries
        listed = {record for found in checked.column.withdrawals for record in found.records}
        assert identifier in listed
        waiting = {Path(found.file).stem for found in errors(list(done.findings)) if found.code == "REF-06"}
        assert set(before) - set(after) - listed == set()
        borrowing = {path.stem for path in (copy / "plans").glob("*.yml") if _document_named(path) == identifier}
        assert borrowing == waiting, "an error holds publication until that is mended"
        for known, entry in after.items():
            assert (entry.title, entry.url) == (before[known].title, before[known].url), "others keep theirs"
        needed = [found for found in errors(list(done.findings)) if found.code != "REF-06"]
        assert [found.message for found in needed] == []
        shutil.rmtree(copy)


def _document_named(path: Path) -> object:
    """What a file writes for its document: the id of another file where it borrows that file's."""
    return yaml.safe_load(path.read_text("utf-8")).get("document")


def units_of(root: Path, plan: str) -> dict[int, tuple[object, ...]]:
    tasks = pipeline.check(root, AS_OF).column.files["plan"][plan].tasks
    return {
        task.number: (
            task.area,
            task.topic,
            [given.unit for given in task.assignments],
            str(task.deadline and task.deadline.text),
        )
        for task in tasks
    }


def test_a_row_that_took_over_merged_cells_keeps_them(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    before = units_of(root, "shili-2021")
    withdraw(root, "shili-2021/tasks/1", AS_OF, REASON, AS_OF)
    after = units_of(root, "shili-2021")
    assert after == {number: said for number, said in before.items() if number != 1}


def test_clauses_without_printed_numbers_keep_theirs(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    before = pipeline.check(root, AS_OF).column.files["plan"]["shili-2022"].tasks
    assert len(before) > 1
    withdraw(root, "shili-2022/tasks/1", AS_OF, REASON, AS_OF)
    after = pipeline.check(root, AS_OF).column.files["plan"]["shili-2022"].tasks
    assert [(task.number, task.title) for task in after] == [(task.number, task.title) for task in before[1:]]


def test_what_is_reported_of_a_clause_is_filed_with_it_when_one_before_was_withdrawn(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    before = {task.number: task for task in pipeline.check(root, AS_OF).column.files["plan"]["shili-2022"].tasks}
    withdraw(root, "shili-2022/tasks/1", AS_OF, REASON, AS_OF)
    assert len(before) > 1
    for number, task in before.items():
        report = ("progress", f"shili-2022/tasks/{number}", "--status", "完成", "--text", f"第{number}项做完了")
        code, said = run("new", *report, "--date", str(AS_OF), "--root", str(root))
        assert (code == 0) is (number != 1), said
        if code == 0:
            now = {each.number: each for each in pipeline.check(root, AS_OF).column.files["plan"]["shili-2022"].tasks}
            assert [entry.text for entry in now[number].progress][-1] == f"第{number}项做完了"
            assert now[number].title == task.title


def test_references_are_told_all_at_once_and_stop_nothing(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    done = withdraw(root, "shili-2021/sections/1", AS_OF, REASON, AS_OF)
    places = {(found.file, found.code, found.message) for found in done.findings}
    assert len({file for file, _, _ in places}) > 1
    for file, _, message in places:
        assert "已经撤回" in message
        assert (root / file).is_file()
    assert all(found.line > 1 for found in done.findings)
    assert pipeline.check(root, AS_OF).ok


def test_a_document_that_others_were_issued_with_is_needed(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    carrying = next(
        re.search(r"^document: (\S+)$", path.read_text("utf-8"), re.MULTILINE)[1]  # type: ignore[index]
        for path in sorted((root / "plans").glob("*.yml"))
        if re.search(r"^document: (\S+)$", path.read_text("utf-8"), re.MULTILINE)
    )
    done = withdraw(root, carrying, AS_OF, REASON, AS_OF)
    needed = [found for found in errors(list(done.findings)) if found.code == "REF-06"]
    assert needed
    assert "已经撤回" in needed[0].message
    assert "gongkai withdraw" in (needed[0].hint or "")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("shili-minzhengju", "名录里的条目"),
        ("shili-2099", "没有编号为"),
        ("../../etc/passwd", "没有编号为"),
        ("content/../plans/shili-2021.yml", "没有编号为"),
        ("", "没有编号为"),
    ],
)
def test_what_cannot_be_withdrawn_is_said_and_nothing_changes(tmp_path: Path, given: str, sentence: str) -> None:
    root = miniature_repository(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    code, said = run("withdraw", given, "--reason", REASON, "--root", str(root))
    assert code == 1
    assert sentence in said
    assert {
        path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts
    } == before


def test_the_reason_repeats_nothing(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    title = pipeline.check(root, AS_OF).column.index.entries["shili-2022"].title
    code, said = run("withdraw", "shili-2022", "--reason", f"《{title}》有误", "--root", str(root))
    assert code == 1
    assert "请换一种说法" in said
    assert (root / "plans/shili-2022.yml").is_file()


@pytest.mark.parametrize(
    "given",
    [
        "plans/shili-2022.yml",
        "plans/shili-2022/",
        "https://www.example.gov.cn/zfxxgk/plans/shili-2022/index.html",
        "shili-2022",
    ],
)
def test_it_may_be_named_by_its_file_or_its_address(tmp_path: Path, given: str) -> None:
    assert withdraw(miniature_repository(tmp_path), given, AS_OF, REASON, AS_OF).id == "shili-2022"


def test_names_of_attachments_are_not_on_the_list(tmp_path: Path) -> None:
    root = furnished(tmp_path)
    for given in ("plans/files/困难群众救助名单.docx", "content/notes.md"):
        withdraw(root, given, AS_OF, REASON, AS_OF)
    listed = (root / "plans/withdrawn.yml").read_text("utf-8")
    assert "困难" not in listed
    assert named("shili-2021/files/困难群众救助名单.docx") in listed
    assert named(named("shili-2021/files/困难群众救助名单.docx")) in listed
    assert not (root / "plans/files/困难群众救助名单.docx").exists()
    assert "attachments" not in (root / "plans/shili-2021.yml").read_text("utf-8")


def test_a_page_with_a_chinese_name_is_known_by_its_digest_everywhere(tmp_path: Path) -> None:
    root, target = miniature_repository(tmp_path), tmp_path / "www"
    page = root / "content/王小明申请公开一案.md"
    page.write_text("# 说明\n\n王小明的申请已经办结。\n", "utf-8")
    day = ("--root", str(root), "--as-of", str(AS_OF))
    assert run("publish", str(target), *day)[0] == 0
    code, said = run("publish", "--purge", "content/王小明申请公开一案.md", str(target), *day)
    assert code == 1
    assert "网页已经取下" in said
    assert "王小明" not in (target / "王小明申请公开一案/index.html").read_text("utf-8").split("<h1>")[1]
    text = page.read_text("utf-8")
    assert withdraw(root, "content/王小明申请公开一案.md", AS_OF, REASON, AS_OF).id.startswith("content/")
    assert "王小明" not in (root / "plans/withdrawn.yml").read_text("utf-8")
    assert run("publish", str(target), *day)[0] == 0
    assert not any("王小明" in path.name for path in releases(target).rglob("*"))
    page.write_text(text, "utf-8")
    assert [one.code for one in found(root)] == ["REF-12"]


def found(root: Path) -> list[Finding]:
    return errors(list(pipeline.check(root, AS_OF).findings))


def listed(root: Path, **fields: object) -> None:
    lines = "".join(f"    {name}: {value}\n" for name, value in fields.items()).replace("    id", "  - id", 1)
    (root / "plans/withdrawn.yml").write_text(f"kind: withdrawals\nwithdrawn:\n{lines}", "utf-8")


def test_what_is_on_the_list_and_still_there_is_an_error_until_it_is_restored(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    entry = {"id": "shili-2022", "date": "2022-01-01", "reason": "x", "addresses": "[plans/shili-2022/]"}
    listed(root, **entry)
    assert [(one.code, one.file, one.line) for one in found(root)] == [("REF-12", "plans/withdrawn.yml", 3)]
    listed(root, **entry, restored="2022-02-01")
    assert found(root) == []
    listed(root, id="content/guide.md", date="2022-01-01", reason="x", addresses="[guide/]")
    assert [one.code for one in found(root)] == ["REF-12"]


@pytest.mark.parametrize("address", ["assets/", "search/", "units/", "data/v1/", "plans/", "documents/", "index/"])
def test_no_entry_of_the_list_puts_a_page_over_others(tmp_path: Path, address: str) -> None:
    root = miniature_repository(tmp_path)
    for identifier in ("gone", "content/gone.md", f"content/{address.rstrip('/')}.md"):
        listed(root, id=identifier, date="2022-01-01", reason="x", addresses=f"[{address}]")
        wrong = [one.code for one in found(root)]
        assert wrong == ["REF-13"] or (address == "index/" and identifier.endswith("index.md"))


def test_a_withdrawn_id_is_no_old_id_of_something_else(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    listed(root, id="gone", date="2022-01-01", reason="x", addresses="[plans/gone/]")
    path = root / "plans/shili-2022.yml"
    path.write_text(
        path.read_text("utf-8").replace("id: shili-2022\n", "id: shili-2022\nmoved_from: [gone]\n"), "utf-8"
    )
    assert [one.code for one in found(root)] == ["REF-11"]


def test_what_was_restored_is_published_again(served: tuple[Path, Path]) -> None:
    root, target = served
    path = root / "plans/shili-2022.yml"
    text = path.read_text("utf-8")
    assert run("withdraw", "shili-2022", "--reason", REASON, "--root", str(root))[0] == 0
    day = ("--root", str(root), "--as-of", str(AS_OF))
    assert run("publish", str(target), *day)[0] == 0
    path.write_text(text, "utf-8")
    listing = root / "plans/withdrawn.yml"
    listing.write_text(listing.read_text("utf-8").rstrip() + "\n    restored: 2022-02-20\n", "utf-8")
    assert run("publish", str(target), *day)[0] == 0
    assert "已撤回" not in (target / "plans/shili-2022/index.html").read_text("utf-8")


def test_a_build_after_a_withdrawal_is_the_same_as_one_from_nothing(tmp_path: Path) -> None:
    root = furnished(tmp_path)
    built(root, tmp_path)
    for identifier in ("shili-2021/tasks/1", "shili-yanglao-2019", "content/notes.md"):
        withdraw(root, identifier, AS_OF, REASON, AS_OF)
    again = {
        path.relative_to(tmp_path): path.read_bytes() for path in built(root, tmp_path).rglob("*") if path.is_file()
    }
    shutil.rmtree(tmp_path / "site")
    shutil.rmtree(tmp_path / "cache")
    afresh = {
        path.relative_to(tmp_path): path.read_bytes() for path in built(root, tmp_path).rglob("*") if path.is_file()
    }
    assert again == afresh


def test_the_comparison_of_two_states_names_the_address_and_not_the_words(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    before = shutil.copytree(root, tmp_path / "before")
    withdraw(root, "shili-2021/tasks/2", AS_OF, REASON, AS_OF)
    said = report(*two_states(before, root, AS_OF))
    assert "撤回 1 页" in said
    assert "`plans/shili-2021/tasks/2/`" in said
    assert "养老机构名单" not in said
    assert "打不开" not in said


def test_a_number_that_was_withdrawn_is_not_left_out(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    for identifier in ("shili-2021/tasks/2", "shili-2021-projects/2"):
        withdraw(root, identifier, AS_OF, REASON, AS_OF)
    said = {one.file for one in pipeline.check(root, AS_OF).findings if one.code == "DOC-07"}
    assert said == set()


def test_of_the_list_of_one_district_among_several_only_its_records_count(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    listed(root, id="content/guide.md", date="2022-01-01", reason="x", addresses="[guide/]")
    (root / "plans/one").mkdir()
    (root / "plans/withdrawn.yml").rename(root / "plans/one/withdrawn.yml")
    assert found(root) == []
    assert pipeline.check(root, AS_OF).column.withdrawals == ()


def test_a_city_lets_go_of_older_releases_when_a_district_withdrew(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    city = miniature_repository(tmp_path / "city")
    for path in (city / "plans").glob("*.yml"):
        path.unlink()
    target, joined = tmp_path / "district", tmp_path / "joined"
    (tmp_path / "districts.yml").write_text(f"districts: [{{home: 'https://a.cn/', site: {target.name}}}]", "utf-8")
    federate = ("federate", str(joined), str(tmp_path / "districts.yml"), "--root", str(city))
    for _ in range(2):
        assert run("publish", str(target), "--root", str(root), "--as-of", str(AS_OF))[0] == 0
        code, said = run(*federate)
        assert code == 0, said
    assert run("withdraw", "shili-2022", "--reason", REASON, "--root", str(root))[0] == 0
    assert run("publish", str(target), "--root", str(root), "--as-of", str(AS_OF))[0] == 0
    assert run(*federate)[0] == 0
    assert numbers(joined) == ["000003"]


def test_published_from_an_old_copy_of_the_repository_it_does_not_come_back(served: tuple[Path, Path]) -> None:
    root, target = served
    old = root.with_name("old")
    shutil.copytree(root, old)
    assert run("withdraw", "shili-2022", "--reason", REASON, "--root", str(root))[0] == 0
    assert run("publish", str(target), "--root", str(root), "--as-of", str(AS_OF))[0] == 0
    code, said = run("publish", str(target), "--root", str(old), "--as-of", str(AS_OF))
    assert code == 1
    assert "shili-2022：网站已经撤回了它" in said
    assert "已撤回" in (target / "plans/shili-2022/index.html").read_text("utf-8")


def test_a_purge_before_anything_else_takes_the_pages_off_at_once(served: tuple[Path, Path]) -> None:
    """The repository may even be broken: what can be done is done, and what is left is said."""
    root, target = served
    (root / "plans/broken.yml").write_text("kind: plan\n", "utf-8")
    day = ("--root", str(root), "--as-of", str(AS_OF))
    title = "公布养老机构名单"
    assert title in (target / "plans/shili-2021/tasks/2/index.html").read_text("utf-8")
    code, said = run("publish", "--purge", "shili-2021/tasks/2", str(target), *day)
    assert code == 1
    assert "网页已经取下，列表、查找和数据里还有它" in said
    assert "gongkai withdraw shili-2021/tasks/2" in said
    page = (target / "plans/shili-2021/tasks/2/index.html").read_text("utf-8")
    assert "已撤回" in page
    assert title not in page
    with zipfile.ZipFile(target / OFFLINE) as opened:
        assert opened.testzip() is None
        assert title not in opened.read("zfxxgk/plans/shili-2021/tasks/2/index.html").decode()
    assert not list((target / "plans/shili-2021/tasks/2").glob("*.json"))
    assert verify(str(target))[1] == []
    assert run("publish", "--rollback", str(target))[0] == 1
    (root / "plans/broken.yml").unlink()
    code, said = run("publish", str(target), *day)
    assert code == 1, "a plain publication does not bring it back"
    assert "shili-2021/tasks/2：网站已经撤回了它" in said
    assert run("withdraw", "shili-2021/tasks/2", "--reason", REASON, "--root", str(root))[0] == 0
    assert run("publish", "--purge", "shili-2021/tasks/2", str(target), *day)[0] == 0
    assert len(numbers(target)) == 1


def test_rollback_after_the_withdrawal_works_among_releases_without_it(served: tuple[Path, Path]) -> None:
    root, target = served
    assert run("withdraw", "shili-2022", "--reason", REASON, "--root", str(root))[0] == 0
    day = ("--root", str(root), "--as-of", str(AS_OF))
    for _ in range(2):
        assert run("publish", str(target), *day)[0] == 0
    assert run("publish", "--rollback", str(target))[0] == 0
    assert "已撤回" in (target / "plans/shili-2022/index.html").read_text("utf-8")
    assert run("publish", "--rollback", str(target))[0] == 1


def test_a_release_that_a_killed_publication_left_is_not_gone_back_to(tmp_path: Path) -> None:
    """Killed after the switch and before the older releases went."""
    target = tmp_path / "zfxxgk"
    publish(target, made("one"), {})
    kept = tmp_path / "kept"
    shutil.copytree(releases(target) / "000001", kept)
    publish(target, made("two"), {"withdrawn": ["x"]})
    kept.rename(releases(target) / "000001")
    with pytest.raises(PublishError, match="已经撤回的内容"):
        rollback(target)
    assert not (releases(target) / "000001").exists()
    assert current(target) == releases(target).resolve() / "000002"


def test_without_a_manifest_nobody_knows_what_was_withdrawn(tmp_path: Path) -> None:
    target = tmp_path / "zfxxgk"
    publish(target, made("one"), {})
    publish(target, made("two"), {})
    (target / "manifest.json").unlink()
    with pytest.raises(PublishError, match=r"manifest\.json"):
        rollback(target)


def test_taking_down_changes_no_file_of_another_release(tmp_path: Path) -> None:
    """Releases share their files: whoever holds one open, or a copy, reads what it read."""
    target = tmp_path / "zfxxgk"

    def make(directory: Path) -> list[str]:
        tree = OutputDir.at(directory)
        with tree.writing():
            for path, words in (("index.html", "首页"), ("plans/x/index.html", "秘密" * 1000)):
                tree.write_file(path, words.encode())
            tree.write_file(OFFLINE, offline_zip(directory, ["plans/x/index.html", "index.html"]))
        return []

    publish(target, make, {})
    copy = tmp_path / "copy"
    shutil.copytree(target.resolve(), copy, copy_function=os.link)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert take_down(target, ["x"], []) > 0
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before
    assert "秘密" not in "".join(
        text
        for path in target.resolve().rglob("*")
        if path.is_file()
        for _, text in forms(path.name, path.read_bytes())
    )
    assert take_down(target, ["x"], []) == 0


CHANGES = ("os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink")


def test_killed_at_any_step_of_a_purge_a_whole_release_is_served(tmp_path: Path) -> None:
    target, steps = tmp_path / "zfxxgk", tmp_path / "steps"

    with_it = made("one", {f"plans/x/{number}/index.html": "秘密" * 1000 for number in range(5)})

    def purge(last: int | None = None) -> None:
        done: list[str] = []

        def counted(event: str, _: object) -> None:
            if event in CHANGES:
                done.append(event)
                if len(done) == last:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(counted)
        take_down(target, ["x"], [])
        publish(target, made("two"), {"withdrawn": ["x"]})
        steps.write_text(" ".join(done))

    def afresh() -> None:
        shutil.rmtree(releases(target), ignore_errors=True)
        target.unlink(missing_ok=True)
        publish(target, made("zero"), {})
        publish(target, with_it, {})

    def killed_at(last: int) -> None:
        afresh()
        assert ended(in_child(bind(purge, last))) in (-signal.SIGKILL, 0)
        assert verify(str(target.resolve()))[1] == []
        left = len(secret(target.resolve()))
        assert left in (0, 10), "all of it is there, or none"
        with suppress(PublishError):
            rollback(target)
        assert left or not secret(target.resolve()), f"gone at step {last} and back again"
        assert ended(in_child(purge)) == 0

    afresh()
    assert len(secret(target.resolve())) == 10
    assert ended(in_child(purge)) == 0
    done = steps.read_text().split()
    switching = [at for at, event in enumerate(done, 1) if event in ("os.rename", "os.symlink")]
    for last in sorted({*range(1, len(done) + 1, 60), *(at + more for at in switching[-12:] for more in (0, 1))}):
        killed_at(last)
        assert not secret(releases(target))
        assert verify(str(target.resolve())) == (FILES, [])


def secret(place: Path) -> list[Path]:
    """Files that say it, and their compressed copies."""
    found = ((path, forms(path.name, path.read_bytes())) for path in place.rglob("*") if path.is_file())
    return [path for path, read in found if path.suffix != ".br" and any("秘密" in text for _, text in read)]


def built(root: Path, scratch: Path) -> Path:
    assert pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, theme(), offline=True).ok
    return scratch / "site"


def theme() -> pipeline.RenderTheme:
    from tests.theme import render_theme

    return render_theme


def test_a_removal_alone_makes_the_zip_anew(tmp_path: Path) -> None:
    root = furnished(tmp_path)
    site = built(root, tmp_path)
    name = "zfxxgk/documents/shili-2021/files/困难群众救助名单.docx"
    with zipfile.ZipFile(site / OFFLINE) as opened:
        assert name in opened.namelist()
    (root / "content/notes.md").unlink()
    built(root, tmp_path)
    with zipfile.ZipFile(site / OFFLINE) as opened:
        assert not [member for member in opened.namelist() if "/notes/" in member]
    (site / "documents/shili-2021/files/left-by-somebody.txt").write_text("x")
    built(root, tmp_path)
    with zipfile.ZipFile(site / OFFLINE) as opened:
        on_disk = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        ours = on_disk - {OFFLINE, LISTING, "documents/shili-2021/files/left-by-somebody.txt"}
        of_persons = {
            path for path in ours if "/persons/" in path
        }  # these go on a day; what was carried away would not
        assert of_persons
        assert {member.removeprefix("zfxxgk/") for member in opened.namelist()} == ours - of_persons


def test_a_zip_of_a_build_that_was_killed_is_not_believed(tmp_path: Path) -> None:
    """Pages were written, the zip and the notes of the build were not: the next build writes no page at all."""
    root = furnished(tmp_path)
    site = built(root, tmp_path)
    old, states = (site / OFFLINE).read_bytes(), tmp_path / "cache/state"
    kept = {path: path.read_bytes() for path in states.iterdir()}
    times = (site / OFFLINE).stat()
    plan = root / "plans/shili-2021.yml"
    plan.write_text(plan.read_text("utf-8").replace("公布养老机构名单。", "公布养老机构完整名单。"), "utf-8")
    built(root, tmp_path)
    (site / OFFLINE).write_bytes(old)
    os.utime(site / OFFLINE, ns=(times.st_atime_ns, times.st_mtime_ns))
    for path, content in kept.items():
        path.write_bytes(content)
    built(root, tmp_path)
    with zipfile.ZipFile(site / OFFLINE) as opened:
        assert "公布养老机构完整名单" in opened.read("zfxxgk/plans/shili-2021/tasks/2/index.html").decode()


def test_nothing_damaged_and_nothing_unwanted_is_taken_from_an_old_zip(tmp_path: Path) -> None:
    chance = random.Random(1)
    for number in range(20):
        page = tmp_path / f"{number}/index.html"
        page.parent.mkdir()
        page.write_text("".join(chance.choice("春夏秋冬一二三四") for _ in range(500)), "utf-8")
    paths = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html"))
    whole = offline_zip(tmp_path, paths)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 1, 4))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        (tmp_path / OFFLINE).write_bytes(bytes(damaged)[: chance.choice((len(whole), len(whole), len(whole) // 2))])
        assert opened(offline_zip(tmp_path, paths)) == opened(whole)
    (tmp_path / OFFLINE).write_bytes(whole)
    assert opened(offline_zip(tmp_path, paths[:5])).keys() == {f"zfxxgk/{path}" for path in paths[:5]}


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def test_an_old_zip_hides_nothing_behind_what_it_holds(tmp_path: Path) -> None:
    """Bytes behind the end of a compressed stream are no part of the file, and stay behind."""
    page = tmp_path / "index.html"
    page.write_text("春夏秋冬" * 100, "utf-8")
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = machine.compress(page.read_bytes()) + machine.flush() + "秘密".encode()
    whole = bytearray(offline_zip(tmp_path, ["index.html"]))
    name = b"zfxxgk/index.html"
    size = int.from_bytes(whole[18:22], "little")
    body = bytes(whole[: 30 + len(name)]) + packed + bytes(whole[30 + len(name) + size :])
    at = body.index(b"PK\x01\x02")
    made_up = bytearray(body)
    for place in (18, at + 20):
        made_up[place : place + 4] = len(packed).to_bytes(4, "little")
    end = body.index(b"PK\x05\x06")
    made_up[end + 16 : end + 20] = at.to_bytes(4, "little")
    (tmp_path / OFFLINE).write_bytes(bytes(made_up))
    assert opened(bytes(made_up)).keys() == {"zfxxgk/index.html"}
    assert "秘密".encode() not in offline_zip(tmp_path, ["index.html"])


def test_the_handbook_says_what_is_left() -> None:
    text = (ROOT / "content/handbook.md").read_text("utf-8")
    section = text.split("## 撤回已经公开的内容", 1)[1].split("\n## ", 1)[0]
    for word in ("gongkai withdraw", "--purge", "git", "搜索引擎", "离线包", "市级", "restored", "恢复"):
        assert word in section


def test_the_day_is_one_that_readers_are_told(tmp_path: Path) -> None:
    withdraw(miniature_repository(tmp_path), "shili-2022", date(2022, 2, 3), REASON, AS_OF)
    assert pipeline.check(tmp_path / "repository", AS_OF).column.withdrawals[0].day == date(2022, 2, 3)
