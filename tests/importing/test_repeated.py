"""Many imports into one district: ids and names stay, nothing that an editor wrote is lost, nothing new is refused."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.cli import main
from gongkai.findings.finding import errors
from gongkai.importing.command import Imported, run_import
from gongkai.load.files import load_bytes
from gongkai.load.tree import load_tree
from tests.importing.support import ROOT

HERE = Path(__file__).parent
PLAN, DECISIONS = HERE / "county/plan-nested.txt", HERE / "county/decisions-prose.txt"
INPUTS = [PLAN, DECISIONS, *sorted((HERE / "examples").glob("*/input.*"))]
PROPOSED = "plans/vocabularies/units-shili-proposed.yml"
OURS = {"TAB-02", "UNIT-02", "SHAPE-12"}
"""Errors that an import could make: names that nobody knows, names of two units, ids given twice."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new district: its office, and the vocabularies that all districts share."""
    folder = tmp_path / "plans/vocabularies"
    folder.mkdir(parents=True)
    for path in (ROOT / "plans/vocabularies").glob("*.yml"):
        if not path.name.startswith(("units-", "organs", "document-numbers")):
            (folder / path.name).write_bytes(path.read_bytes())
    organ = "{id: shili, name: 示例市示例县人民政府, short_name: 示例县, region: 示例市}"
    (folder / "organs.yml").write_text(f"kind: organs\norgans:\n  - {organ}\n", "utf-8")
    unit = "{id: shili-zhengfuban, name: 县政府办公室, kind: office}"
    (folder / "units-shili.yml").write_text(f"kind: units\norgan: shili\nunits:\n  - {unit}\n", "utf-8")
    return tmp_path


def imported(root: Path, source: Path, *, update: bool = False) -> Imported:
    return run_import(root, source, root / "plans", update=update)


def written(root: Path, text: str) -> Path:
    path = root / "notice.txt"
    path.write_text(text, "utf-8")
    return path


def units(root: Path) -> dict[str, str]:
    """Names of units by id, in all registers."""
    found: dict[str, str] = {}
    for path in sorted((root / "plans/vocabularies").glob("units-*.yml")):
        for unit in yaml.safe_load(path.read_text("utf-8-sig"))["units"]:
            assert unit["id"] not in found, f"{unit['id']} was given twice"
            found[unit["id"]] = unit["name"]
    return found


def ours(root: Path) -> list[str]:
    """What is wrong once an editor has accepted what was proposed; before, no proposal counts."""
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy"
        shutil.copytree(root, copy)
        proposed = sorted((copy / "plans/vocabularies").glob("units-*-proposed.yml"))
        for path in proposed:
            organ = path.name.removeprefix("units-").removesuffix("-proposed.yml")
            done = CliRunner().invoke(main, ["accept", organ, "--root", str(copy)])
            assert done.exit_code == 0, done.output
            assert not path.exists()
        found = errors(list(pipeline.check(copy, date(2026, 11, 21)).findings))
    return [f"{finding.file}:{finding.line} {finding.message}" for finding in found if finding.code in OURS]


def test_what_is_proposed_means_nothing_until_it_is_accepted(root: Path) -> None:
    assert imported(root, PLAN).ok
    found = [each for each in pipeline.check(root, date(2026, 11, 21)).findings if each.code == "TAB-02"]
    assert found
    assert all("gongkai accept shili" in (each.hint or "") for each in found)
    before = units(root)
    assert CliRunner().invoke(main, ["accept", "shili", "--root", str(root)]).exit_code == 0
    assert units(root) == before
    assert not [each for each in pipeline.check(root, date(2026, 11, 21)).findings if each.code == "TAB-02"]
    done = CliRunner().invoke(main, ["accept", "shili", "--root", str(root)])
    assert (done.exit_code, "没有待核的名录" in done.output) == (1, True)


def test_a_second_import_is_written_and_moves_no_id(root: Path) -> None:
    assert imported(root, PLAN).ok
    before = units(root)
    assert imported(root, DECISIONS).ok
    assert (root / "plans/shili-2025-decisions.yml").exists()
    assert units(root).items() > before.items()
    after = units(root)
    assert imported(root, DECISIONS, update=True).ok
    assert imported(root, PLAN, update=True).ok
    assert units(root) == after
    assert not ours(root)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_an_editor_wrote_among_the_proposals_survives(root: Path, ending: str) -> None:
    imported(root, PLAN)
    path = root / PROPOSED
    text = path.read_text("utf-8")
    text = text.replace("    name: 县审计局\n", "    name: 县审计局  # 问过了\n    aliases: [审计局]\n    # 驻县城\n")
    text = (
        text.replace("县财政局", "县财政和国资局").replace("# 待核：文件中", "# 已看到第三行\n# 待核：文件中")
        + "# 完\n"
    )
    path.write_bytes(("\ufeff" + text).replace("\n", ending).encode())
    assert imported(root, DECISIONS).ok
    lines = path.read_text("utf-8-sig").splitlines()
    rest = iter(lines)
    assert all(line in rest for line in text.splitlines() if line != "# 完")
    assert "# 完" in lines
    assert len(lines) > len(text.splitlines())
    assert units(root)["shili-caizhengju"] == "县财政和国资局"


def test_another_spelling_goes_to_the_unit_that_has_it(root: Path) -> None:
    imported(root, PLAN)
    before = units(root)
    text = PLAN.read_text("utf-8").replace("2025", "2026").replace("责任单位：县财政局）", "责任单位：示例县财政局）")
    assert imported(root, written(root, text)).ok
    assert units(root) == before
    assert not ours(root)
    assert imported(root, written(root, text.replace("2026", "2027").replace("县审计局", "示例县审计局、县 教育局"))).ok
    assert units(root) == before
    assert not ours(root)


@pytest.mark.parametrize("aliases", ["[财政局]", "[财政局, '财政局（国资局）',]", "\n      - 财政局  # 老写法"])
def test_a_spelling_is_added_however_spellings_are_written(root: Path, aliases: str) -> None:
    imported(root, PLAN)
    path = root / PROPOSED
    path.write_text(path.read_text("utf-8").replace("县财政局\n", f"县财政局\n    aliases: {aliases}\n"), "utf-8")
    text = PLAN.read_text("utf-8").replace("2025", "2026").replace("责任单位：县财政局）", "责任单位：示例县财政局）")
    assert imported(root, written(root, text)).ok
    known = yaml.safe_load(path.read_text("utf-8"))["units"][0]
    assert known["name"] == "县财政局"
    assert known["aliases"][0] == "财政局"
    assert known["aliases"][-1] == "示例县财政局"


def test_a_spelling_of_a_unit_that_the_office_registered_is_told(root: Path) -> None:
    register = root / "plans/vocabularies/units-shili.yml"
    mine = register.read_text("utf-8") + "  - {id: shili-czj, name: 示例县财政局, kind: department}\n"
    register.write_text(mine, "utf-8")
    report = imported(root, PLAN).report
    assert "“县财政局”可能就是名录里的“示例县财政局”（shili-czj）" in report
    assert register.read_text("utf-8") == mine
    assert not ours(root)


def test_two_documents_never_share_an_id(root: Path) -> None:
    first = PLAN.read_text("utf-8")
    other = first.replace("政务公开工作要点", "营商环境工作要点").replace("〔2025〕3号", "〔2025〕9号")
    imported(root, PLAN)
    committed = (root / "plans/shili-2025.yml").read_bytes()
    for update in (False, True):
        assert imported(root, written(root, other), update=update).ok
        assert (root / "plans/shili-2025.yml").read_bytes() == committed
    assert "营商环境" in (root / "plans/shili-2025-2.yml").read_text("utf-8")
    assert sorted(path.name for path in (root / "plans").glob("*.yml")) == ["shili-2025-2.yml", "shili-2025.yml"]


def test_a_district_keeps_its_id_when_another_sounds_alike(root: Path) -> None:
    text = PLAN.read_text("utf-8").replace("示例县", "世离县")
    assert imported(root, written(root, text)).ok
    organs = [file.shape.organs for file in load_tree(root).files if file.kind == "organs"]
    assert {organ.id: organ.short_name for some in organs for organ in some} == {"shili": "示例县", "shili-2": "世离县"}
    assert imported(root, PLAN).ok
    assert not ours(root)


@pytest.mark.parametrize("broken", ["units: [", "kind: units\norgan: shili\nunits:\n  - {id: 甲}\n", "甲"])
def test_nothing_is_proposed_while_a_register_cannot_be_read(root: Path, broken: str) -> None:
    imported(root, PLAN)
    (root / PROPOSED).write_text(broken, "utf-8")
    done = imported(root, DECISIONS)
    assert not done.ok
    assert "units-shili-proposed.yml" in done.report
    assert "没有写入任何文件" in done.report
    assert not (root / "plans/shili-2025-decisions.yml").exists()
    assert (root / PROPOSED).read_text("utf-8") == broken


def test_a_draft_that_cannot_be_read_is_neither_updated_nor_replaced(root: Path) -> None:
    imported(root, PLAN)
    path = root / "plans/shili-2025.yml"
    broken = path.read_text("utf-8").replace("kind: plan", "kind: [plan")
    path.write_text(broken, "utf-8")
    assert imported(root, PLAN, update=True).ok
    assert path.read_text("utf-8") == broken


def test_another_directory_remembers_its_proposals(root: Path) -> None:
    output = root / "elsewhere"
    for source in (PLAN, DECISIONS, PLAN):
        run_import(root, source, output)
    file, _ = load_bytes("x.yml", (output / "vocabularies/units-shili-proposed.yml").read_bytes())
    names = [unit.name for unit in file.shape.units]
    assert len(names) == len(set(names)) == 7
    assert not list((root / "plans").glob("*.yml"))


def edit(root: Path, rnd: random.Random) -> None:
    """What an editor does between two imports: correct a name, add a spelling, write a comment, work on a draft."""
    path = root / PROPOSED
    lines = path.read_text("utf-8").split("\n")
    at = rnd.choice([number for number, line in enumerate(lines) if line.startswith("    name: ")])
    name = lines[at].removeprefix("    name: ")
    choice = rnd.randrange(4)
    if choice == 0 and not lines[at + 1].startswith("    aliases"):
        lines[at : at + 1] = [f"    name: {name}改", f"    aliases: [{name}]"]
    elif choice == 1:
        lines.insert(at, f"    # 看过 {rnd.random()}")
    elif choice == 2 and not any(line.startswith("    aliases") for line in lines[at : at + 3]):
        lines[at : at + 1] = [lines[at], "    aliases:", f"      - {name}{rnd.randrange(10**6)}  # 老写法"]
    path.write_text("\n".join(lines), "utf-8")
    draft = rnd.choice(sorted((root / "plans").glob("*.yml")))
    draft.write_text(draft.read_text("utf-8") + f"# 看过 {rnd.random()}\n", "utf-8")


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))])
def test_ids_and_names_stay_in_any_order_of_imports_and_edits(root: Path, seed: int) -> None:
    rnd = random.Random(seed)
    order = [*INPUTS, *rnd.choices(INPUTS, k=15)]
    rnd.shuffle(order)
    known = units(root)
    for source in order:
        update = rnd.random() < 0.2
        before = {path: path.read_bytes() for path in (root / "plans").rglob("*.yml")}
        done = imported(root, source, update=update)
        assert done.ok or "已经有" in done.report, done.report
        assert units(root).items() >= known.items(), source
        for path, content in before.items():
            if path.parent.name == "vocabularies":
                rest = iter(path.read_text("utf-8").splitlines())
                kept = [line for line in content.decode().splitlines() if not line.startswith("    aliases: [")]
                assert all(line in rest for line in kept), source
            elif not update:
                assert path.read_bytes() == content, source
        if (root / PROPOSED).exists() and rnd.random() < 0.4:
            edit(root, rnd)
        known = units(root)
    assert not ours(root)
