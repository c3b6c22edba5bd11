"""What a new version of the program changes in a column: its own files, never what an office wrote.

A file is the program's as long as it is what the program wrote: by the column's record, or among the files of versions
that left none. Such a file is replaced by its new version, or goes where the program brings it along itself now.
Whatever else there is stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from gongkai import __version__
from gongkai.authoring.edits import write_whole
from gongkai.authoring.new import Office
from gongkai.column.shapes import OrgansFile
from gongkai.settings import load_settings
from gongkai.starter.answers import Answers
from gongkai.starter.earlier import Started, present_files
from gongkai.starter.files import RECORD, program_owned, record
from gongkai.starter.old_stages import old_stages
from gongkai.starter.program import FOLDER, SUMS, Wheel
from gongkai.text.patterns import MULTILINE, anywhere

_DIGITS = anywhere(r"\d+")

_SETTINGS = "mkdocs.yml"
_NOT_NEEDED = anywhere(r"^(?:  custom_dir: overrides|watch: \[plans, overrides\])[ \t]*\r?\n", MULTILINE)
"""Lines of settings that 0.1.0 wrote and that name directories which a column need not have any more."""
_FORGES = {"github": ".github/workflows", "gitlab": ".gitlab-ci.yml", "gitea": ".gitea/workflows"}
_OVER = ("overrides/", "plans/vocabularies/")


class UpgradeError(Exception):
    """The column cannot be upgraded by this program; the message is a Chinese sentence."""


class Upgrade(Struct, frozen=True):
    """What is to be done, by path.

    ``added`` and ``replaced`` are new contents, ``removed`` goes because the program brings it along, ``kept`` are
    files that the program would write and the office has changed, or that lie over files of the program; ``deleted``
    are files that the office has removed and that are not written again.
    """

    since: str
    given: Answers
    added: Mapping[str, bytes]
    replaced: Mapping[str, bytes]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    deleted: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def nothing(self) -> bool:
        """True for a column that is what this version would write."""
        return not (self.added or self.replaced or self.removed)


def plan_upgrade(root: Path, wheel: Wheel | None, forge: str | None = None) -> Upgrade:
    """What this version of the program would change in the column at ``root``.

    Args:
        root: the column.
        wheel: the program's own file, if it is known.
        forge: whose workflows it is to have; otherwise those that it has.

    Raises:
        UpgradeError: when the column is of a newer version, names no district, or its program cannot be replaced.
        SettingsError: when mkdocs.yml cannot be used.
    """
    started = Started.of(root)
    if _numbers(started.version) > _numbers(__version__):
        raise UpgradeError(f"这个专栏是 {started.version} 版写的，正在运行的是 {__version__} 版：请先安装新的版本")
    given = _given(root, started, forge)
    owned = {**program_owned(given, wheel), **({} if wheel else _program_there(root, started))}
    there = {name: (root / name).read_bytes() for name in owned if (root / name).is_file()}
    changed = {name: content for name, content in owned.items() if name in there and there[name] != content}
    ours = {name for name in changed if name.startswith(f"{FOLDER}/") or started.wrote(name, there[name])}
    missing = {name for name in owned if name not in there}
    deleted = {name for name in missing if name in started.files and not name.startswith(f"{FOLDER}/")}
    replaced = {name: content for name, content in changed.items() if name in ours}
    if settings := _settings(root):
        replaced[_SETTINGS] = settings
    removed, over = _left_over(root, started, owned)
    return Upgrade(
        since=started.version,
        given=given,
        added={name: owned[name] for name in sorted(missing - deleted)},
        replaced=dict(sorted(replaced.items())),
        removed=tuple(removed),
        kept=tuple(sorted({*changed} - ours | {*over})),
        deleted=tuple(sorted(deleted)),
        notes=(*_notes(wheel, owned), *old_stages(Office.at(root).files)),
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _DIGITS.findall(version)[:3])


def _given(root: Path, started: Started, forge: str | None) -> Answers:
    """The office's answers as its own files give them now."""
    shapes = (file.shape for file in Office.at(root).files if file.kind == "organs")
    organs = [organ for shape in shapes if isinstance(shape, OrgansFile) for organ in shape.organs]
    if not organs:
        raise UpgradeError("plans/vocabularies/organs.yml 里没有区县，或者文件有错误：请先运行 gongkai check")
    organ, settings = organs[0], load_settings(root)
    return Answers(
        id=organ.id,
        name=organ.name,
        short_name=organ.short_name,
        region=organ.region,
        division=organ.division or "",
        office=f"{organ.short_name[-1:]}政府办公室",
        portal_name=settings.portal_name,
        forge=forge or started.forge or _forge(root),
    )


def _forge(root: Path) -> str:
    """The one forge that the column has workflows for.

    Raises:
        UpgradeError: when there are several: a copy of the program's repository has all.
    """
    found = [name for name, path in _FORGES.items() if (root / path).exists()]
    if len(found) > 1:
        raise UpgradeError(
            f"这里有 {'、'.join(found)} 的自动检查，只留一种：请写 --forge 和在用的那一个，没有就写 none"
        )
    return found[0] if found else "none"


def _program_there(root: Path, started: Started) -> Mapping[str, bytes]:
    """The wheel that lies in the column, where it is of this version and no other is known.

    Raises:
        UpgradeError: when it is of another one.
    """
    try:
        name = (root / SUMS).read_text("ascii").split()[1]
        content = (root / FOLDER / name).read_bytes()
    except (OSError, ValueError, IndexError):
        return {}
    if f"-{__version__}-" in name:
        return {SUMS: (root / SUMS).read_bytes(), f"{FOLDER}/{name}": content}
    raise UpgradeError(
        f"找不到 {__version__} 版的安装文件，program/ 里还是 {started.version} 版的：请写 --wheel gongkai-….whl"
    )


def _settings(root: Path) -> bytes | None:
    """The settings without lines that only name what a column need not have; None where there are none."""
    before = (root / _SETTINGS).read_bytes()
    after = _NOT_NEEDED.sub("", before.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    return None if after == before else after


def _left_over(root: Path, started: Started, owned: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Files of earlier versions that are not written any more: unchanged ones, and changed ones that lie over ours."""
    removed, over = [], []
    for name in present_files(root):
        if name in owned or name in (_SETTINGS, RECORD) or (started.recorded and name not in started.files):
            continue
        if name.startswith(f"{FOLDER}/") or started.wrote(name, (root / name).read_bytes()):
            removed.append(name)
        elif name.startswith(_OVER) and _is_shared(name):
            over.append(name)
    return removed, over


def _is_shared(name: str) -> bool:
    """A file that 0.1.0 had for all districts, and that an office may have changed."""
    shared = ("themes", "audiences", "decision-stages", "search", "workdays")
    return name.startswith("overrides/") or Path(name).stem in shared


def _notes(wheel: Wheel | None, owned: Mapping[str, bytes]) -> Iterator[str]:
    if wheel is None and SUMS not in owned:
        yield "没有找到本程序的安装文件，start.cmd 和自动检查要它才能用：请加上 --wheel gongkai-….whl"


def apply_upgrade(root: Path, upgrade: Upgrade, wheel: Wheel | None) -> None:
    """Write what is to be written, then remove what is to go, and note what the program's files are now."""
    contents = {**upgrade.added, **upgrade.replaced}
    owned = {**program_owned(upgrade.given, wheel), **({} if wheel else _program_there(root, Started.of(root)))}
    ours = {name: content for name, content in owned.items() if name not in upgrade.kept}
    removed = [root / name for name in upgrade.removed]
    write_whole({root / name: content for name, content in contents.items()}, removed)
    write_whole({root / RECORD: record(upgrade.given, ours)})  # last: who is stopped before it begins again
    for path in removed:
        _remove_empty(root, path.parent)
    script = root / "start.sh"
    if script.is_file():
        script.chmod(script.stat().st_mode | 0o111)


def _remove_empty(root: Path, directory: Path) -> None:
    while directory != root and not (directory.is_dir() and any(directory.iterdir())):
        if directory.is_dir():  # what removed its last file may have removed it, too
            directory.rmdir()
        directory = directory.parent
