"""docs/law-review.md says of every rule what it rests on."""

from __future__ import annotations

import re

import pytest

from gongkai.rules.registry import RULES
from gongkai.rules.site.registry import SITE_RULES
from tests.law.review import NEW_DUTIES, PATH, WITHOUT, table

pytestmark = pytest.mark.quick


def test_the_review_is_true() -> None:
    assert PATH.read_text("utf-8") == table(), "run python -m tests.law.review"


def test_every_new_duty_has_rules_or_a_reason() -> None:
    known = {*RULES, *(rule.id for rule in SITE_RULES)}
    for duty, _, rules in NEW_DUTIES:
        named = re.findall(r"[A-Z]+-\d\d", rules)
        assert set(named) <= known, duty
        assert named or rules.startswith(WITHOUT), duty
