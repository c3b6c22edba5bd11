"""A site says when it was last published; ``verify --max-age`` notices when it stands still."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main
from gongkai.output.manifest import write_manifest
from gongkai.output.status import NAME, age_of, in_words, now, read_status, status_of
from tests.conftest import AS_OF

pytestmark = pytest.mark.quick

PUBLISHED = 1_790_000_000


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was published at PUBLISHED."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(PUBLISHED))
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / "index.html").write_text("<p>", "utf-8")
    (tmp_path / NAME).write_bytes(status_of(AS_OF, "0123456789abcdef"))
    write_manifest(tmp_path, {})
    return tmp_path


def verified(site: Path, passed: timedelta, monkeypatch: pytest.MonkeyPatch, *options: str) -> Result:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(PUBLISHED + int(passed.total_seconds())))
    return CliRunner().invoke(main, ["verify", str(site), *options])


def test_it_says_when_and_from_what(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = verified(site, timedelta(hours=30), monkeypatch)
    assert done.exit_code == 0
    assert (
        "数据截至 2026-11-21；最近一次发布成功是 2026-09-21 22:13（1天6小时以前），提交 0123456789ab。" in done.output
    )


@pytest.mark.parametrize(
    ("passed", "code"), [(timedelta(days=2), 0), (timedelta(days=2, seconds=1), 1), (timedelta(days=-1), 0)]
)
def test_standing_still_is_an_exit_status(
    site: Path, passed: timedelta, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = verified(site, passed, monkeypatch, "--max-age", "2d")
    assert done.exit_code == code
    assert ("已经停了：超过 2天 没有发布成功" in done.output) == bool(code)


def test_a_site_that_does_not_say_it_counts_as_standing_still(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / NAME).unlink()
    write_manifest(site, {})
    assert verified(site, timedelta(), monkeypatch).exit_code == 0
    done = verified(site, timedelta(), monkeypatch, "--max-age", "2d")
    assert done.exit_code == 1
    assert "不知道是什么时候发布的" in done.output


def test_a_status_of_another_moment_is_not_what_the_manifest_says(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / NAME).write_bytes(status_of(AS_OF, None))
    done = verified(site, timedelta(), monkeypatch, "--max-age", "2d")
    assert done.exit_code == 1
    assert f"内容不符：{NAME}" in done.output


def test_lengths_of_time_are_read_and_said() -> None:
    assert [age_of(text) for text in ("2d", "36h", "2天", "5 小时")] == [
        timedelta(days=2), timedelta(hours=36), timedelta(days=2), timedelta(hours=5)
    ]  # fmt: skip
    for text in ("", "2", "d", "0d", "-1d", "2w"):
        with pytest.raises(ValueError, match=r".*"):
            age_of(text)
    ages = (timedelta(days=3, hours=4), timedelta(hours=5), timedelta(minutes=5), timedelta(days=1), timedelta(-1))
    assert [in_words(age) for age in ages] == ["3天4小时", "5小时", "不到1小时", "1天", "不到1小时"]
    shown = CliRunner().invoke(main, ["verify", "x", "--max-age", "soon"])
    assert shown.exit_code == 2
    assert "“soon”不是时间" in shown.output


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"published": "yesterday"}', b'{"published": 3}'])
def test_anything_else_is_no_status(content: bytes) -> None:
    with pytest.raises(Exception, match="不是本程序写的"):
        read_status(content)


def test_the_moment_is_that_of_china(site: Path) -> None:
    said = json.loads((site / NAME).read_text("utf-8"))["published"]
    assert said == "2026-09-21T22:13:20+08:00" == now().isoformat(timespec="seconds")
