"""Where the theme lies: templates, scripts and styles, the program's own and what a column lays over single files.

The program's own are ``overrides/`` of a clone, and ``gongkai/overrides/`` where the program is installed: the build of
the wheel copies them there (pyproject.toml). A column needs none; a file in its own ``overrides/`` (or the directory
that mkdocs.yml names as ``theme.custom_dir``) takes the place of the program's file of the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gongkai import packaged
from gongkai.settings import served_folders


def theme_folders(root: Path) -> tuple[Path, ...]:
    """The directories to look in for a template or an asset, in order: the column's own, if it has one, then ours.

    Raises:
        SettingsError: when mkdocs.yml is no YAML.
    """
    column, program = root / served_folders(root)[1], packaged.theme()
    if not column.is_dir():
        return (program,)
    return (column,) if column.samefile(program) else (column, program)


def theme_files(root: Path) -> Mapping[str, Path]:
    """Every file of the theme that counts for a column, by its name below the directory (``bodies/home.html``), sorted.

    Raises:
        SettingsError: when mkdocs.yml is no YAML.
    """
    found = {name: path for folder in reversed(theme_folders(root)) for name, path in files_below(folder).items()}
    return dict(sorted(found.items()))


def files_below(folder: Path) -> Mapping[str, Path]:
    """Every file below a directory by its name there, sorted; without what Python leaves beside hooks of mkdocs."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path for path in paths}
