"""Edits of a YAML file that leave everything else as it is: comments, order and layout stay the editor's.

``operations`` says what can be asked for and what it means for the values; ``layout`` finds where nodes and their
comments stand; ``blocks`` and ``flows`` change the text of block and bracketed collections, ``scalars`` writes single
values; ``editor`` puts them together, and proves the result by reading it back.
"""

from __future__ import annotations

from gongkai.authoring.edits.editor import decoded, edit, values, write_whole
from gongkai.authoring.edits.operations import Delete, Edit, EditError, Insert, Move, Path, Set

__all__ = ["Delete", "Edit", "EditError", "Insert", "Move", "Path", "Set", "decoded", "edit", "values", "write_whole"]
