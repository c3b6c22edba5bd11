"""A withdrawal that could not be written down takes nothing away: the file stays, and so does the list."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai.authoring.removal import RemovalError
from gongkai.withdrawing import withdraw
from tests.miniature.build import AS_OF, miniature_repository

pytestmark = pytest.mark.quick


def look(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "plans").rglob("*") if path.is_file()}


@pytest.mark.parametrize("gone", ["shili-2022", "shili-2021/tasks/2", "shili-mulu-2021/6", "content/guide.md"])
@pytest.mark.parametrize(
    ("reason", "day", "words"),
    [
        ("", AS_OF, "reason 不能为空"),
        ("  ", AS_OF, "reason 不能为空"),
        ("请联系13812345678", AS_OF, "手机号码"),
        ("含有\u200b个人信息", AS_OF, "看不见的字符"),
        ("含有个人信息", AS_OF + timedelta(days=1), "还没有到"),
    ],
)
def test_nothing_goes_when_the_words_for_it_are_refused(
    tmp_path: Path, gone: str, reason: str, day: date, words: str
) -> None:
    root = miniature_repository(tmp_path)
    before = look(root)
    with pytest.raises(RemovalError, match=words):
        withdraw(root, gone, day, reason, AS_OF)
    assert look(root) == before
    assert (root / "content/guide.md").is_file()
