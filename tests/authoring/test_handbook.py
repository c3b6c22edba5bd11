"""Every example of the handbook is run: commands as they stand, YAML where it says it belongs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.authoring.schema import handbook_page
from gongkai.cli import main
from gongkai.findings.finding import errors
from gongkai.load.yaml_values import load_values
from gongkai.rules.rule import EXAMPLE_DAY, Example
from tests.rules.examples import write_example

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "content/handbook.md").read_text("utf-8")
CONSOLE = [
    re.sub("^ +", "", block, flags=re.MULTILINE) for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
]
YAML = re.findall(r"<!-- place: (\w+) -->\n```yaml\n(.*?)```", TEXT, re.DOTALL)


def test_nothing_is_left_out() -> None:
    assert len(CONSOLE) == 13
    heads = TEXT.count("```yaml\n---\n")  # of pages of content/, which are no records
    assert len(YAML) == TEXT.count("```yaml") - heads == 15


def test_the_commands_do_what_the_handbook_says_in_a_new_district(tmp_path: Path) -> None:
    """A district that has nothing yet but its own unit list: no command speaks of another one's files."""
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com")
    name = ("--name", "示例市示例区人民政府", "--short-name", "示例区", "--region", "示例市")
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run(["git", *identity, "-C", str(tmp_path), *arguments], check=True)
    done = CliRunner().invoke(main, ["new", "district", "shili", *name, "--only", "--root", str(tmp_path)])
    assert done.exit_code == 0, done.output
    for arguments in (["add", "-A"], ["commit", "-qm", "two"]):
        subprocess.run(["git", *identity, "-C", str(tmp_path), *arguments], check=True)
    for block in CONSOLE:
        command, *expected = block.strip().splitlines()
        program, *arguments = shlex.split(command.removeprefix("$ "))
        assert program == "gongkai"
        done = CliRunner().invoke(main, [*arguments, "--root", str(tmp_path)])
        assert done.exit_code == 0, (command, done.output)
        for line in expected:
            assert line in done.output, (command, done.output)


def test_the_page_of_all_fields_is_that_of_the_program() -> None:
    page = (ROOT / "content/handbook-fields.md").read_text("utf-8")
    assert page == handbook_page(), "run `gongkai schema --fields all > content/handbook-fields.md`"


@pytest.mark.parametrize(("place", "text"), YAML)
def test_the_yaml_passes_the_check(place: str, text: str, tmp_path: Path) -> None:
    if place == "file":
        write_example(Example("files", "", ""), "lizhou-2024: {}", tmp_path)
        (tmp_path / f"plans/{load_values(text)['id']}.yml").write_text(text, "utf-8")
    else:
        write_example(Example(place, "", ""), text, tmp_path)
    checked = pipeline.check(tmp_path, EXAMPLE_DAY)
    assert errors(list(checked.findings)) == [], checked.report()
    assert "IGN-01" not in {finding.code for finding in checked.findings}


def test_its_pictures_are_there() -> None:
    names = re.findall(r'<img src="\.\./images/([^"]+)" alt="[^"]{10,}" width="\d+" height="\d+">', TEXT)
    assert sorted(names) == ["check.svg", "decision.png", "desk-join.png", "desk.png", "task.png"]
    assert all((ROOT / "content/images" / name).stat().st_size > 500 for name in names)
