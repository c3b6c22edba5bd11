"""What was opened after requests, and what is due to be looked at again, on the page beside 数据说明."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.column.document import Validity
from gongkai.site.upkeep import upkeep_page
from tests.miniature.build import AS_OF, miniature_repository

pytestmark = pytest.mark.quick


def test_reviews_are_due_from_their_day_on_and_never_of_what_has_ended(tmp_path: Path) -> None:
    column = pipeline.check(miniature_repository(tmp_path), AS_OF).column
    shown = upkeep_page(column).view
    opened = [(entry.title, change.since) for entry, change in shown["opened"]]
    assert opened == [("养老机构监管结果", date(2021, 3, 22))]
    assert [document.id for document, _ in shown["due"]] == ["shili-2021-shoufei"]
    assert [document.id for document, _ in shown["later"]] == ["shili-yanglao-2021"]
    day = column.but(as_of=date(2023, 6, 30))
    assert [document.id for document, _ in upkeep_page(day).view["due"]] == ["shili-2021-shoufei", "shili-yanglao-2021"]
    ended = {key: replace(known, validity=Validity.ABOLISHED) for key, known in column.index.documents.items()}
    gone = upkeep_page(column.but(index=column.index.but(documents=ended))).view
    assert not gone["due"]
    assert not gone["later"]
