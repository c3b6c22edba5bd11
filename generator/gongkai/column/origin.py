"""Where a value was authored: kept on every record so that any later finding can name file, line and column.

Only the file and the path inside it are stored. Line and column are looked up on demand
(``load.yaml_positions``), because a build without mistakes never needs them.
"""

from __future__ import annotations

from typing import NamedTuple


class Origin(NamedTuple):
    """A place in an authored file: ``file`` relative to the repository, ``path`` the keys and indexes leading there."""

    file: str
    path: tuple[str | int, ...] = ()

    def child(self, *keys: str | int) -> Origin:
        """The place of a value below this one."""
        return Origin(self.file, self.path + keys)
