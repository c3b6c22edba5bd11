"""What a person is asked where both changed the same, and the merged text once everything is answered."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import yaml
from msgspec import Struct

from gongkai.authoring.merging import NotWrittenError, merge_texts, merged_values, unsafe, written
from gongkai.authoring.merging.values import Conflict, Path, Settle, take_ours, take_theirs
from gongkai.load.yaml_values import ValueProblem, load_values


class Side(StrEnum):
    """Whose version stands."""

    OURS = "ours"
    THEIRS = "theirs"


Answers = Mapping[Path, Any]
"""What stands at a place: the version of a :class:`Side`, or a value of its own. The empty path is the whole file."""


class Questions(Struct, frozen=True):
    """The places that both changed; or ``whole``, why only one version of the file as a whole can be taken.

    With neither the two go together by themselves.
    """

    conflicts: tuple[Conflict, ...] = ()
    whole: str = ""


class UnsettledError(Exception):
    """A question has no answer, or the answers do not go together; the message is a Chinese sentence."""


def questions(base: str | None, ours: str | None, theirs: str | None) -> Questions:
    """What both changed in a file; None is a version in which there is no such file."""
    if ours is None or theirs is None:
        return Questions() if ours == theirs else Questions(whole="一边改了这个文件，另一边把它整份删去了")
    if base is None:
        return Questions() if ours == theirs else Questions(whole="两边各自新建了这个文件")
    texts = base, ours, theirs
    merged = merge_texts(*texts)
    if not merged.conflicts:
        return Questions()
    try:
        versions = _versions(texts)
    except (ValueProblem, yaml.YAMLError):
        return Questions(whole="有一边的文件有错误，不能按字段合并")
    apart = _apart(versions)
    if () in apart:
        return Questions(whole="一边给各节重新编了号，另一边按旧的编号写了任务，分不开")
    _, conflicts = merged_values(versions, undivided=apart)
    try:
        for settle in (take_ours, take_theirs):
            written(texts, merged_values(versions, settle, apart)[0])
    except NotWrittenError as error:
        return Questions(whole=str(error))
    return Questions(tuple(conflicts)) if conflicts else Questions(whole="；".join(merged.conflicts))


def settled(base: str | None, ours: str | None, theirs: str | None, answers: Answers) -> str | None:
    """The merged text; None where there is no file any more.

    Raises:
        UnsettledError: when something is not answered, or the answers cannot be written.
    """
    if isinstance(side := answers.get(()), Side):
        return ours if side is Side.OURS else theirs
    asked = questions(base, ours, theirs)
    if asked.whole:
        raise UnsettledError("还没有选")
    if base is None or ours is None or theirs is None:
        return ours  # as theirs
    if not asked.conflicts:
        return merge_texts(base, ours, theirs).text
    if missing := [conflict for conflict in asked.conflicts if conflict.path not in answers]:
        raise UnsettledError(f"还有 {len(missing)} 处没有选")
    versions = _versions((base, ours, theirs))
    try:
        return written((base, ours, theirs), merged_values(versions, _by(answers), _apart(versions))[0])
    except NotWrittenError as error:
        raise UnsettledError(str(error)) from None


def _versions(texts: tuple[str, str, str]) -> list[Any]:
    return [load_values(text.removeprefix("\ufeff")) for text in texts]


def _apart(versions: list[Any]) -> frozenset[Path]:
    """What can only be taken as a whole from one side."""
    return frozenset(() if conflict.path == ("sections",) else conflict.path for conflict in unsafe(versions))


def _by(answers: Answers) -> Settle:
    def settle(conflict: Conflict) -> Any:
        match answers[conflict.path]:
            case Side.OURS:
                return conflict.ours
            case Side.THEIRS:
                return conflict.theirs
            case value:
                return value

    return settle
