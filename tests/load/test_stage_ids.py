"""Ids of stages are looked at before anything is built: one that no directory can write is told, with the one meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.kinds.decision_directory.shape import StagesShape
from tests.miniature.build import AS_OF, miniature_repository

pytestmark = pytest.mark.quick


def test_every_mistyped_stage_is_told(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans/vocabularies/decision-stages.yml"
    text = path.read_text("utf-8")
    known = [stage for stage in StagesShape.model_fields if f"id: {stage}," in text]
    assert len(known) > 5
    for stage in known:
        path.write_text(text.replace(f"id: {stage},", f"id: {stage}x,"), "utf-8")
        told = [
            found for found in pipeline.check(root, AS_OF).findings if found.code == "REF-07" and found.path[-1] == "id"
        ]
        (found,) = told
        assert (found.file, found.hint) == ("plans/vocabularies/decision-stages.yml", f"是否想写 {stage}？")
        assert f"{stage}x" in path.read_text("utf-8").splitlines()[found.line - 1]


def test_a_stage_is_written_once(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans/vocabularies/decision-stages.yml"
    path.write_text(path.read_text("utf-8") + "  - {id: draft, name: 草案, description: 又一次。}\n", "utf-8")
    assert [found.code for found in pipeline.check(root, AS_OF).findings if found.severity == "error"] == ["REF-07"]
