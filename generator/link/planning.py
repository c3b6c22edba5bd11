"""Planning facts as authored -> as they are shown."""

from __future__ import annotations

from generator.load.shapes.planning import PlanningShape
from generator.model.planning import Planning


def link_planning(shape: PlanningShape | None) -> Planning | None:
    """Where a plan stands; None where nothing is written. Its parent and decision are resolved with the index."""
    if shape is None:
        return None
    first, _, last = (shape.period or "").partition("-")
    period = (int(first), int(last)) if first else None
    return Planning(shape.category, shape.level, period, shape.parent, shape.decision)
