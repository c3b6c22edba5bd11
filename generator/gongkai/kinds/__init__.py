"""The kinds of authored files, each in a folder of its own, in the order in which lists and tables show them.

Adding a kind is adding its folder and its name here. Names alone import nothing, so that any layer may ask for them.
"""

from __future__ import annotations

NAMES: tuple[str, ...] = (
    "plan",
    "decision_directory",
    "project_list",
    "document",
    "participation",
    "gazette",
    "catalogue",
    "cleanup",
    "response",
    "proposal_list",
    "question_list",
    "topic",
    "official_list",
)
"""As editors write them (``kind: plan``), and as their folders are called."""
