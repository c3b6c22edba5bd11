"""What offices and their tools find at the root of the repository: line ends, forms, the hook before a commit."""

from __future__ import annotations

import configparser
import re
import subprocess

import pytest
import yaml
from click.testing import CliRunner

from gongkai.cli import main
from tests.conftest import ROOT

pytestmark = pytest.mark.quick

BYTE_FOR_BYTE = ("tests/miniature/expected/", "tests/importing/", "tests/sources/", "benchmarks/importing/given/")
FORMS = sorted(path.name for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_text_has_line_ends_of_unix_and_binary_files_are_left_alone() -> None:
    """On Windows, too, where git would otherwise change them: then nothing would be the same byte for byte."""
    rows = [line.split(None, 3) for line in git("-c", "core.quotepath=off", "ls-files", "--eol").splitlines()]
    assert rows
    for stored, _, attribute, rest in rows:
        path = rest.rpartition("\t")[2] or rest
        if path.startswith(BYTE_FOR_BYTE):
            assert "text" in attribute, path
        elif stored == "i/-text":
            assert attribute == "attr/-text", f"{path}: name this kind in .gitattributes"
        else:
            assert stored in {"i/lf", "i/none"}, path


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("plans/x.yml", "text: auto"),
        ("plans/files/清单.pdf", "text: unset"),
        ("plans/files/表.xlsx", "text: unset"),
        ("plans/files/表.csv", "text: unset"),
        ("tests/miniature/expected/calendar.ics", "text: unset"),
        ("docs/screenshots/x.png", "text: unset"),
    ],
)
def test_git_is_told_what_text_is(path: str, wanted: str) -> None:
    assert wanted in git("check-attr", "text", "--", path)


def test_the_hook_runs_a_command_that_there_is_for_the_files_that_matter() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *arguments = hook["entry"].split()
    assert program == "gongkai"
    assert CliRunner().invoke(main, [*arguments, "--help"]).exit_code == 0
    assert not hook["pass_filenames"], "what is wrong may lie between files"
    wanted = re.compile(hook["files"])
    assert all(wanted.search(path) for path in ("plans/a-2026.yml", "content/guide.md", "mkdocs.yml"))
    assert not any(wanted.search(path) for path in ("README.md", "site/index.html", "tests/mkdocs.yml"))
    assert f"id: {hook['id']}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", FORMS)
def test_forms_are_the_same_at_every_forge_and_ask_in_chinese(name: str) -> None:
    text = (ROOT / ".github/ISSUE_TEMPLATE" / name).read_text("utf-8")
    assert text == (ROOT / ".gitea/ISSUE_TEMPLATE" / name).read_text("utf-8")
    form = yaml.safe_load(text)
    if name == "config.yml":
        return
    assert re.search("[\u4e00-\u9fff]", form["name"] + form["description"])
    for item in form["body"]:
        assert item["type"] in {"input", "textarea", "dropdown", "checkboxes"}
        assert re.search("[\u4e00-\u9fff]", item["attributes"]["label"])
    identifiers = [item["id"] for item in form["body"]]
    assert len(identifiers) == len(set(identifiers))


def test_requests_to_merge_are_the_same_at_every_forge() -> None:
    texts = {(ROOT / forge / "pull_request_template.md").read_text("utf-8") for forge in (".github", ".gitea")}
    assert len(texts) == 1


def test_editors_are_told_what_the_formatter_does() -> None:
    settings = configparser.ConfigParser()
    settings.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"))
    assert settings["top"]["root"] == "true"
    assert settings["*"]["end_of_line"] == "lf"
    assert settings["*"]["charset"] == "utf-8"
    assert settings["*.py"]["max_line_length"] == "120"


def test_tests_lie_in_folders_like_the_rooms() -> None:
    rooms = {path.name for path in (ROOT / "generator/gongkai").iterdir()} | {"federation"}
    others = {"browser", "deploy", "examples", "fuzz", "js", "law", "miniature", "mistakes", "sources", "upgrade"}
    folders = {name.split("/")[1] for name in git("ls-files", "tests").splitlines() if name.count("/") > 1}
    assert folders - others <= rooms  # the others: other languages, whole columns, data for several rooms
