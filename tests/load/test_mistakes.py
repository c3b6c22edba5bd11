"""Mistakes of clerks: each is told at its place, with its cause and what to write; ``fix`` puts right what is certain.

The cases are changes of a made-up district, ``tests/mistakes``, and stand there in ``cases.yml``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from gongkai import pipeline
from gongkai.authoring.fix import fix_tree
from gongkai.findings.finding import Finding
from gongkai.findings.reporters import sentence
from tests.conftest import ROOT

Key = tuple[str, str, str]
DAY = date(2026, 11, 26)
PLAN = "plans/shili-2026-yaodian.yml"
EXPLAINED = "plans/shili-xiaoche-jiedu-2026.yml"
REFERRED = "plans/shili-xiaoche-2026.yml"


@dataclass(frozen=True)
class Mistake:
    """One mistake; ``at`` are the words at whose place it is told, with ``code`` and ``words`` in its sentence."""

    name: str
    old: str
    new: str
    code: str
    words: list[str]
    at: str
    fixed: str | None = None
    file: str = PLAN


CASES = [Mistake(**case) for case in yaml.safe_load((ROOT / "tests/mistakes/cases.yml").read_text("utf-8"))]


def column(root: Path) -> Path:
    """A copy of the district; the vocabularies that all districts share come with the program."""
    shutil.copytree(ROOT / "tests/mistakes/plans", root / "plans")
    return root


def check(root: Path) -> list[Finding]:
    return list(pipeline.check(root, DAY).findings)


def place(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@pytest.fixture(name="before", scope="module")
def _before(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    root = column(tmp_path_factory.mktemp("before"))
    found = check(root)
    assert not [each for each in found if each.severity == "error"]
    return {(each.file, each.code, each.message) for each in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_told_at_its_place_with_what_to_write(case: Mistake, before: set[Key], tmp_path: Path) -> None:
    root = column(tmp_path)
    path = root / case.file
    original = path.read_text("utf-8")
    assert case.old in original
    start = original.index(case.old)
    path.write_text(original.replace(case.old, case.new, 1), "utf-8", newline="")
    text = path.read_text("utf-8")
    told = [each for each in check(root) if (each.file, each.code, each.message) not in before]
    found = [each for each in told if each.code == case.code]
    assert len(found) == 1, [sentence(each) for each in told]
    line, at = place(text[start:], case.at) if case.at in text[start:] else place(text, case.at)
    if case.at in text[start:]:
        at = at if line > 1 else at + start - (text.rfind("\n", 0, start) + 1)
        line += text.count("\n", 0, start)
    assert (found[0].line, found[0].column) == (line, at)
    for words in case.words:
        assert words in sentence(found[0])
    assert "删去这一行" not in sentence(found[0])
    fixed = {each.path: each.after.decode() for each in fix_tree(root)}.get(case.file, text)
    if case.fixed is None:
        assert fixed == text
    else:
        assert case.fixed.strip("\n") in fixed
        path.write_text(fixed, "utf-8", newline="")
        assert not [
            each
            for each in check(root)
            if each.code == case.code and (each.file, each.code, each.message) not in before
        ]


def _renamed(file: str, name: str) -> Callable[[Path], object]:
    return lambda root: (root / file).rename(root / name)


def _copied(file: str, name: str) -> Callable[[Path], object]:
    return lambda root: shutil.copy(root / file, root / name)


def _written(file: str, content: bytes) -> Callable[[Path], object]:
    return lambda root: (root / file).write_bytes(content)


def _saved(change: Callable[[str], bytes]) -> Callable[[Path], object]:
    return lambda root: (root / PLAN).write_bytes(change((root / PLAN).read_text("utf-8")))


COPY, AGAIN = "plans/shili-2026-yaodian - 副本.yml", "plans/shili-xiaoche-jiedu-2026(1).yml"
TABLE = "plans/files/2026年任务分解表.pdf"
RENAME = "请把文件名改为 shili-2026-yaodian.yml"
FILES: dict[str, tuple[Callable[[Path], object], str, str, str]] = {
    "文件名大写": (_renamed(PLAN, "plans/Shili-2026.yml"), "plans/Shili-2026.yml", "SHAPE-11", RENAME),
    "文件名中文": (_renamed(PLAN, "plans/工作要点.yml"), "plans/工作要点.yml", "SHAPE-11", RENAME),
    "扩展名藏着": (_renamed(PLAN, f"{PLAN}.txt"), f"{PLAN}.txt", "FILE-01", "改成 shili-2026-yaodian.yml"),
    "副本": (_copied(PLAN, COPY), COPY, "SHAPE-11", "副本"),
    "副本带括号": (_copied(EXPLAINED, AGAIN), AGAIN, "SHAPE-11", "副本"),
    "UTF-16": (_saved(lambda text: text.encode("utf-16")), PLAN, "YAML-13", "UTF-16|gongkai fix"),
    "GBK": (_saved(lambda text: text.encode("gbk")), PLAN, "YAML-13", "GBK|gongkai fix"),
    "BOM": (_saved(lambda text: text.encode("utf-8-sig")), PLAN, "YAML-13", "BOM"),
    "换行": (_saved(lambda text: text.replace("\n", "\r").encode()), PLAN, "YAML-13", "换行|gongkai fix"),
    "空文件": (_written(PLAN, b""), PLAN, "SHAPE-03", "文件是空的|git restore"),
    "截断": (_saved(lambda text: text[: len(text) // 2].rstrip().encode()), PLAN, "YAML-19", "可能没有存完"),
    "附件空": (_written(TABLE, b""), PLAN, "ATT-03", "是空的"),
    "附件改扩展名": (_written(TABLE, b"PK\x03\x04 x"), PLAN, "ATT-02", "不要只改扩展名"),
    "表格放进 plans": (_written("plans/tasks.csv", b"1,2\n"), "plans/tasks.csv", "FILE-02", "gongkai import"),
    "临时文件": (_written("plans/~$ili.yml", b"x"), "plans/~$ili.yml", "FILE-02", "临时文件|可以不管"),
    "系统文件": (_written("plans/Thumbs.db", b"x"), "plans/Thumbs.db", "FILE-02", "可以不管"),
    "删了被引用的": (lambda root: (root / REFERRED).unlink(), EXPLAINED, "REF-10", "误删的请找回来"),
}
if os.path.normcase("Y") == "Y":  # on Windows it is the same name
    CAPITALS = PLAN.replace(".yml", ".YML")
    FILES["扩展名大写"] = (_renamed(PLAN, CAPITALS), CAPITALS, "FILE-01", "改成 shili-2026-yaodian.yml")


@pytest.mark.parametrize(("damage", "file", "code", "words"), FILES.values(), ids=FILES)
def test_a_mistake_with_files_is_told(
    damage: Callable[[Path], object],
    file: str,
    code: str,
    words: str,
    before: set[Key],
    tmp_path: Path,
) -> None:
    root = column(tmp_path)
    damage(root)
    told = [each for each in check(root) if (each.file, each.code, each.message) not in before]
    found = [each for each in told if each.file == file and each.code.startswith(code)]
    assert found, [sentence(each) for each in told]
    assert any(all(word in sentence(each) for word in words.split("|")) for each in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [("\n", "\r\n"), ("units: 县财政局、县审计局", "units: 县财政局,县审计局")],
)
def test_what_is_read_as_meant_is_no_mistake(old: str, new: str, before: set[Key], tmp_path: Path) -> None:
    """Windows' line ends, and a comma between units; a file called .yaml, too."""
    root = column(tmp_path)
    text = (root / PLAN).read_text("utf-8").replace(old, new)
    (root / PLAN).unlink()
    (root / PLAN).with_suffix(".yaml").write_bytes(text.encode())
    told = {(each.file.replace(".yaml", ".yml"), each.code, each.message) for each in check(root)}
    assert told == before


@pytest.mark.parametrize("end", ["\r", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_fix_saves_files_in_utf8(encoding: str, end: str, tmp_path: Path) -> None:
    root = column(tmp_path)
    text = (root / PLAN).read_text("utf-8")
    (root / PLAN).write_bytes(text.replace("\n", end).encode(encoding))
    (fixed,) = (each for each in fix_tree(root) if each.path == PLAN)
    assert fixed.after.decode() == text


def test_no_advice_of_a_message_is_to_delete_a_line(tmp_path: Path) -> None:
    """Deleting is what an office cannot take back; messages say what to write."""
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "generator/gongkai/load").glob("*.py"))
    assert "删去这一行" not in source
    assert "删去这个文件" not in source
