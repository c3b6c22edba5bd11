"""What was published stays: for every kind and every lasting value, against repositories, commits and sites."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from gongkai import pipeline, publishing
from gongkai.authoring.lasting import compare_with, published_at
from gongkai.authoring.lasting.compare import findings_of
from gongkai.authoring.lasting.published import (
    NothingPublishedError,
    _attachments_of,
    _content_of,
    of_files,
    published_by,
)
from gongkai.authoring.lasting.values import Change, changes
from gongkai.column.site_data import SiteData
from gongkai.findings.finding import Finding, Severity
from gongkai.kinds.registry import KINDS, TABLES
from gongkai.linking.linker import link
from gongkai.linking.moves import current_id
from gongkai.load.tree import load_tree
from gongkai.output.redirects import moved_page, redirect_lists, renumbered_addresses
from gongkai.site.addresses import every_page, page_of
from gongkai.withdrawing import withdraw
from tests.load.test_attachments import archive
from tests.miniature.build import AS_OF, miniature_repository

pytestmark = pytest.mark.quick


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return miniature_repository(tmp_path_factory.mktemp("published"))


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    for name in ("plans", "content"):
        shutil.copytree(published / name, tmp_path / name)
    shutil.copy(published / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path


def column_of(root: Path) -> SiteData:
    return link(load_tree(root).files, AS_OF).column


def compared(root: Path, against: Path | str) -> list[Finding]:
    checked = pipeline.check(root, AS_OF)
    before = published_at(root, str(against), AS_OF)
    return list(compare_with(root, checked.column, checked.unread, before).findings)


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_changed_nothing_missed(root: Path, published: Path) -> None:
    assert compared(root, published) == []


def test_every_published_value_of_every_kind_is_missed_when_it_goes(published: Path) -> None:
    column = column_of(published)
    before = published_by(column)
    said = {key: value for key, value in before.values.items() if value}
    tables = {table for table, _, _ in said}
    assert tables >= {"tasks", "projects", "decisions", "consultations", "responses", "opinions", "cleanup"}
    for key in said:
        now = replace(before, values={each: value for each, value in before.values.items() if each != key})
        assert findings_of(published, now, before, column, ()) == [], "what is new is not missed"
        found = findings_of(published, before, now, column, ())
        assert found, key
        for each in found:
            assert (each.code, each.severity) == ("STAY-02", Severity.ERROR)
            assert (published / each.file).is_file()
            assert each.hint
            assert f"field: {key[2]}" in each.hint


def test_every_address_of_every_kind_is_missed_when_it_goes(published: Path) -> None:
    column = column_of(published)
    now = published_by(column)
    kinds = {column.index.entries[key.partition(":")[2]].kind for key in now.addresses if key.startswith("records:")}
    assert kinds == {record for kind in KINDS for record in kind.records}
    for key, url in now.addresses.items():
        table, _, identifier = key.partition(":")
        gone = f"{url.rstrip('/')}9/", f"{identifier}9"
        before = replace(
            now,
            addresses={**now.addresses, f"{table}:{gone[1]}": gone[0]},
            titles={**now.titles, f"{table}:{gone[1]}": "没有了的"},
        )
        (found,) = findings_of(published, before, now, column, ())
        assert (found.code, found.severity) == ("STAY-01", Severity.ERROR)
        assert "会打不开" in found.message


def test_lasting_values_are_fields_of_their_rows() -> None:
    for table in TABLES.values():
        assert {known.key for known in table.lasting} <= set(table.row.__annotations__)


def named(root: Path) -> None:
    (root / "plans/shili-2021.yml").rename(root / "plans/shili-2021.yml.txt")


def renamed(root: Path) -> None:
    path = root / "plans/shili-2021-decisions.yml"
    text = path.read_text("utf-8").replace("id: shili-2021-decisions\n", "id: shili-new\n")
    path.with_name("shili-new.yml").write_text(text, encoding="utf-8")
    path.unlink()


def renumbered(root: Path) -> None:
    rewrite(root / "plans/shili-2021.yml", "    - number: 2\n", "    - number: 22\n")


def cut(root: Path) -> None:
    path = root / "plans/shili-2021.yml"
    path.write_text(re.sub(r"^task_table:\n(?:[ #].*\n|\n)*", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")


def entry_deleted(root: Path) -> None:
    rewrite(
        root / "plans/vocabularies/units-shili.yml",
        "  - {id: shili-donglu, name: 东路街道, kind: township}\n",
        "",
    )


LOST: list[tuple[Callable[[Path], None], str, str]] = [
    (named, "plans/shili-2021.yml.txt", "moved_from"),
    (renamed, "plans/shili-2021-decisions.yml", "moved_from"),
    (renumbered, "plans/shili-2021.yml", "moved_from"),
    (cut, "plans/shili-2021.yml", "moved_from"),
    (entry_deleted, "plans/vocabularies/", "successor"),
]


@pytest.mark.parametrize(("mistake", "file", "advice"), LOST, ids=[mistake.__name__ for mistake, _, _ in LOST])
def test_addresses_that_vanish(
    root: Path, published: Path, mistake: Callable[[Path], None], file: str, advice: str
) -> None:
    mistake(root)
    found = [each for each in compared(root, published) if each.code == "STAY-01"]
    assert found
    assert any(each.file.startswith(file) and each.hint and advice in each.hint for each in found)
    assert all(each.severity is Severity.ERROR for each in found)


def test_pages_of_content_and_attachments_that_vanish(root: Path, published: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(published, before)
    attached = "document:\n  attachments:\n    - {file: a.docx, title: 附件一}\n    - {file: b.docx, title: 附件二}\n"
    for place in (root, before):
        rewrite(place / "plans/shili-2021.yml", "document:\n", attached)
        (place / "plans/files").mkdir(exist_ok=True)
        for name in ("a.docx", "b.docx"):
            (place / "plans/files" / name).write_bytes(archive(word__document_xml="<w:p/>"))
    guide = root / "content/guide.md"
    guide.rename(root / "content/advice.md")
    rewrite(root / "plans/shili-2021.yml", "    - {file: b.docx, title: 附件二}\n", "")
    page, file = [each for each in compared(root, before) if each.code == "STAY-01"]
    assert (page.file, page.severity) == ("content/guide.md", Severity.ERROR)
    assert page.hint
    assert "moved_from: [content/guide.md]" in page.hint
    assert (file.file, file.severity) == ("plans/shili-2021.yml", Severity.ERROR)
    assert "documents/shili-2021/files/b.docx" in file.message
    text = (root / "content/advice.md").read_text("utf-8")
    head = text if text.startswith("---") else f"---\n---\n{text}"
    (root / "content/advice.md").write_text(head.replace("---\n", "---\nmoved_from: [content/guide.md]\n", 1), "utf-8")
    assert [each.file for each in compared(root, before) if each.code == "STAY-01"] == ["plans/shili-2021.yml"]


def test_of_a_site_pages_and_attachments_are_known_by_its_manifest() -> None:
    files = ("index.html", "guide/index.html", "plans/x/index.html", "years/2021/index.html", "data/v1/a.json")
    more = ("documents/x/files/a.pdf", "documents/x/files/a.pdf.gz", "documents/x/index.html", "assets/a.css")
    assert list(_content_of(files + more)) == ["guide/"]
    assert list(_attachments_of(files + more)) == ["documents/x/files/a.pdf"]


def test_one_finding_for_a_file_that_is_gone(root: Path, published: Path) -> None:
    named(root)
    found = [each for each in compared(root, published) if each.code == "STAY-01" and "shili-2021.yml" in each.file]
    assert len(found) == 1
    assert re.search(r"它下面的 \d+ 个网址", found[0].message)


def test_what_is_written_down_is_no_mistake(root: Path, published: Path) -> None:
    renumbered(root)
    rewrite(
        root / "plans/shili-2021.yml",
        "    - number: 22\n",
        "    - number: 22\n      moved_from: [shili-2021/tasks/2]\n",
    )
    assert compared(root, published) == []
    column = column_of(root)
    assert column.renumbered == {"shili-2021/tasks/2": "shili-2021/tasks/22"}


def test_old_addresses_of_items_lead_on_below_every_old_id_of_their_file(root: Path) -> None:
    renumbered(root)
    path = root / "plans/shili-2021.yml"
    rewrite(path, "    - number: 22\n", "    - number: 22\n      moved_from: [shili-2021/tasks/2]\n")
    rewrite(path, "id: shili-2021\n", "id: shili-2021\nmoved_from: [shili-old]\n")
    column = column_of(root)
    new = "plans/shili-2021/tasks/22/"
    for old in ("plans/shili-2021/tasks/2/", "plans/shili-old/tasks/2/"):
        assert renumbered_addresses(column)[old] == new
        page = moved_page(column, old)
        assert page
        assert page.url == new
    lists = dict(redirect_lists(column))
    assert {"from": "plans/shili-2021/tasks/2/", "to": new} in json.loads(lists["redirects.json"])["redirects"]
    lines = lists["nginx.map"].decode().splitlines()
    first = next(line for line in lines if line.startswith('"~^plans/shili-old/'))
    assert "tasks/2/" in first, "nginx takes the first that matches"
    assert not [line for line in lines if line.startswith('"~^plans/shili-2021/(')]


def test_readers_see_the_correction_on_its_page(published: Path) -> None:
    column = column_of(published)
    (correction,) = next(iter(column.corrections.values()))
    page = page_of(column, correction.url)
    assert page
    assert page.corrected == (correction,)
    assert not [other for other in every_page(column) if other.corrected and other.url != correction.url]


def test_what_is_withdrawn_is_not_missed(root: Path, published: Path, tmp_path: Path) -> None:
    withdraw(root, "shili-2021/tasks/2", AS_OF, "含有个人信息", AS_OF, tmp_path / "cache")
    withdraw(root, "shili-2021-projects", AS_OF, "含有个人信息", AS_OF, tmp_path / "cache")
    assert compared(root, published) == []


CHANGED = "        - {date: 2021-08-30, status: 推进中, text: 名单正在核对。}\n"


def test_progress_is_not_changed_in_silence(root: Path, published: Path) -> None:
    path = root / "plans/shili-2021.yml"
    rewrite(path, CHANGED, CHANGED.replace("正在核对", "已经核对"))
    (found,) = compared(root, published)
    line = path.read_text("utf-8").splitlines()[found.line - 1]
    assert (found.code, found.severity, found.file) == ("STAY-02", Severity.ERROR, "plans/shili-2021.yml")
    assert "已经核对" in line
    assert found.fields == ("progress",) or "progress" in found.path
    assert "落实情况" in found.message


def test_a_correction_says_so_and_the_next_needs_another(root: Path, published: Path, tmp_path: Path) -> None:
    path = root / "plans/shili-2021.yml"
    rewrite(path, CHANGED, CHANGED.replace("正在核对", "已经核对"))
    written = "reason: 情况截至的日期误写为8月20日。}\n"
    again = "        - {date: 2022-02-01, field: progress, reason: 误写。}\n"
    rewrite(path, written, written + again)
    assert compared(root, published) == []
    shutil.copytree(root / "plans", tmp_path / "later/plans")
    rewrite(path, "已经核对", "另行核对")
    assert [each.code for each in compared(root, tmp_path / "later")] == ["STAY-02"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("完成12家。", "完成１２家", True),
        ("完成 12 家。", "完成12家。", True),
        ("投资1.5亿元", "投资15亿元", False),
        ("2021-3号", "20213号", False),
        ("完成12家", "完成21家", False),
        ("https://a.cn/1", "https://a.cn/1/", False),
    ],
)
def test_typography_alone_is_a_note(old: str, new: str, *, same: bool) -> None:
    assert Change((), old, new).typographic is same


def test_typography_in_a_file(root: Path, published: Path) -> None:
    rewrite(root / "plans/shili-2021.yml", CHANGED, CHANGED.replace("名单正在核对。", "名单 正在核对"))
    assert [(each.code, each.severity) for each in compared(root, published)] == [("STAY-03", Severity.INFO)]


def test_values_may_be_completed_and_put_in_order() -> None:
    old = [{"a": 1, "b": None}, {"a": 2, "b": "x"}]
    assert list(changes(old, [{"a": 2, "b": "x"}, {"a": 3}, {"a": 1, "b": "new"}])) == []
    assert [each.path for each in changes({"s": {"url": "u"}}, {"s": {"url": "v"}})] == [("s", "url")]
    assert [each.new for each in changes(old, [{"a": 2, "b": "x"}])] == [None]


def test_a_file_that_cannot_be_read_is_not_missed(root: Path, published: Path) -> None:
    (root / "plans/shili-2021.yml").write_text("kind: plan\nid: [\n", encoding="utf-8")
    assert not [each for each in compared(root, published) if "shili-2021/" in each.message]


def test_wrong_old_numbers_and_corrections(root: Path) -> None:
    path = root / "plans/shili-2021.yml"
    wrong = (
        "moved_from: [shili-2021/tasks/1, nothing]\n      corrected: [{date: 2021-01-01, field: proggress, reason: 误}]"
    )
    rewrite(path, "    - number: 3\n", f"    - number: 3\n      {wrong}\n")
    found = {
        (each.code, each.line) for each in pipeline.check(root, AS_OF).findings if each.code in ("REF-11", "REF-14")
    }
    line = path.read_text("utf-8").splitlines().index("      moved_from: [shili-2021/tasks/1, nothing]") + 1
    assert found == {("REF-11", line), ("REF-14", line + 1)}


def test_against_a_commit(root: Path, tmp_path: Path) -> None:
    git = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run([*git, *command], check=True)
    renamed(root)
    (found,) = [each for each in compared(root, "HEAD") if each.code == "STAY-01"]
    assert found.file == "plans/shili-2021-decisions.yml"
    with pytest.raises(NothingPublishedError, match=r"没有 no-such-branch 这个目录.*找不到版本"):
        compared(root, "no-such-branch")


def site_data(published: Path, site: Path) -> None:
    """The open data of a site, as a build writes them."""
    from gongkai.alternates.files import JSON_BETWEEN, JSON_TAIL, MadeRows, json_head
    from gongkai.alternates.tables import TABLES as ALL

    rows = MadeRows(column_of(published))
    (site / "data/v1").mkdir(parents=True)
    for name in ALL:
        text = json_head(AS_OF.isoformat()) + JSON_BETWEEN.join(rows.table(name, "json").values()) + JSON_TAIL
        (site / f"data/v1/{name}.json").write_bytes(text)


def test_a_site_says_the_same_as_the_files_that_it_was_made_of(root: Path, published: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site_data(published, site)
    assert compared(root, site) == []
    rewrite(root / "plans/shili-2021.yml", CHANGED, CHANGED.replace("正在", "已经"))
    renamed(root)
    assert [replace(each, file="") for each in compared(root, site)] == [
        replace(each, file="") for each in compared(root, published)
    ]
    (site / "data/v1/tasks.json").write_text("{}", "utf-8")
    with pytest.raises(NothingPublishedError, match="读不懂"):
        compared(root, site)
    (site / "manifest.json").write_text(json.dumps({"files": {"data/v1/records.json": {}}}), "utf-8")
    with pytest.raises(NothingPublishedError, match="不符"):
        compared(root, site)


def test_publishing_looks_at_the_served_release(root: Path, published: Path, tmp_path: Path) -> None:
    target, release = tmp_path / "www", tmp_path / ".www.releases/000001"
    checked = pipeline.check(root, AS_OF)
    assert publishing._compared(checked, target) == (checked, "第一次发布到这里，没有可以比较的")
    release.mkdir(parents=True)
    target.symlink_to(release)
    assert "没有与现在的网站比较" in publishing._compared(checked, target)[1]
    site_data(published, release)
    same, sentence = publishing._compared(checked, target)
    assert same.findings == checked.findings
    assert re.search(r"\d+ 个网址", sentence)
    rewrite(root / "plans/shili-2021.yml", CHANGED, CHANGED.replace("正在", "已经"))
    worse, _ = publishing._compared(pipeline.check(root, AS_OF), target)
    assert "STAY-02" in {found.code for found in worse.findings if found.severity is Severity.ERROR}
    assert not worse.ok


def test_nothing_at_hand(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingPublishedError, match="读不到"):
        compared(root, tmp_path / "empty")


def test_of_files_takes_what_can_be_read(published: Path) -> None:
    assert of_files(published, "x", AS_OF).facts == published_by(column_of(published)).facts


def test_an_old_id_leads_on_through_a_file_and_an_item_that_moved() -> None:
    moved = {"a": "b", "b/tasks/3": "b/tasks/4", "c/tasks/1": "b/tasks/5"}
    old = ("a", "a/tasks/1", "a/tasks/3", "b/tasks/3", "c/tasks/1", "c")
    assert [current_id(each, moved) for each in old] == ["b", "b/tasks/1", "b/tasks/4", "b/tasks/4", "b/tasks/5", "c"]
