"""docs/law-review.md says of every rule what it rests on."""

from __future__ import annotations

import pytest

from tests.law.review import PATH, table

pytestmark = pytest.mark.quick


def test_the_review_is_true() -> None:
    assert PATH.read_text("utf-8") == table(), "run python -m tests.law.review"
