"""A missing tool is skipped where somebody is in a hurry, and never in CI."""

from __future__ import annotations

import pytest

from tests.tools import tool

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("variables", "outcome"),
    [
        ({"QUICK": "1"}, pytest.skip.Exception),
        ({"QUICK": "1", "CI": "true"}, pytest.fail.Exception),
        ({"CI": "true"}, pytest.fail.Exception),
        ({}, pytest.fail.Exception),
    ],
    ids=["quick", "quick in CI", "CI", "make test"],
)
def test_a_missing_tool_says_its_name(
    variables: dict[str, str], outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QUICK", "CI"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(outcome, match="no-such-program is missing"):
        tool("no-such-program")


def test_a_tool_that_is_there_is_found() -> None:
    assert tool("git")
