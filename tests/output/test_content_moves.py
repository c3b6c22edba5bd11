"""A page of content/ that has another name leads readers on from its old address."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.output.theme import _forwards

pytestmark = pytest.mark.quick


@pytest.mark.parametrize("old", ["content/old/guide.md", "old/guide.md", "old/guide/", "old/guide"])
def test_the_old_address_leads_to_the_new_one(old: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/new.md").write_text(f"---\nmoved_from: [{old}]\n---\n# 指南 <新>\n", "utf-8")
    [(place, page)] = _forwards(tmp_path, {"new/index.html": b""}).items()
    assert place == "old/guide/index.html"
    assert 'content="0; url=../../new/index.html"' in page.decode()
    assert "《指南 &lt;新&gt;》" in page.decode()


@pytest.mark.parametrize("old", ["plans/x/", "data/v1/", "../up.md", "中文.md", "/", "http://a/b"])
def test_nothing_is_laid_over_what_the_program_makes_or_outside_the_site(old: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/new.md").write_text(f"---\nmoved_from: ['{old}']\n---\n# 指南\n", "utf-8")
    assert _forwards(tmp_path, {"new/index.html": b""}) == {}
