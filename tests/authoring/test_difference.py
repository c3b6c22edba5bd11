"""``gongkai diff``: whatever readers see differently is told; every field of every kind is changed here once."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import typing
from collections.abc import Iterator
from copy import deepcopy
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from gongkai.authoring.difference import report
from gongkai.authoring.difference.state import two_states
from gongkai.cache.cache import Cache
from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import KINDS
from tests.miniature.build import AS_OF, miniature_repository

UNSEEN = {
    "archived_on": "only checked",
    "business_impact": "decides which rule asks for what",
    "public_concern": "decides which rule asks for what",
    "technical": "decides which rule asks for what",
    "risk": "decides which rule asks for what",
    "reviewed_on": "only checked",
    "evaluation_triggers": "decides whether a rule asks for an evaluation",
    "date_changed": "rules count from it",
    "law_deadline": "rules count to it",
    "reviewed_by": "only checked: who reviewed a text is not published",
    "reviewed_at": "only checked",
    "normative": "decides which rules hold: readers see the genre and the number",
    "answer_due": "readers see only the state that follows from it on their day",
    "attachments": "need a file: see below",
    "kind": "says which shape the file has",
    "width": "how wide a column of the workbook is",
}
"""Fields that no page, row or workbook shows, and why."""

IDS = (
    "education",
    "elderly-care",
    "shili-donglu",
    "shili-2021-decisions/2",
    "shili-2021/tasks/3",
    "shili-2022",
    "n02",
    "veterans",
    "shili-2021/tasks/99",
    "title",
    "year",
)
SAMPLES = {"CorrectedShape.field": "organ"}
"""What must be written where not everything is right."""
CHOICES = (
    lambda old: f"{old or ''}改过",
    lambda old: old + 1,
    lambda old: not old,
    *((lambda _, one=one: one) for one in (*IDS, "改过", True, False, 7, "2022-01-05", "2022-2026", "DEC-06", "1-2", "https://www.example.gov.cn/g")),
)  # fmt: skip


class Case(NamedTuple):
    """A field of an example: the file with and without a change of it."""

    path: Path
    before: dict[str, Any]
    after: dict[str, Any]


def inner(hint: Any) -> type[BaseModel] | None:
    """The shape that a field holds, or holds a list of."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    return next((found for each in get_args(hint) if (found := inner(each))), None)


def written(field: Any, old: Any) -> Iterator[Any]:
    """Other values that an editor could write."""
    adapter = TypeAdapter(typing.Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
    options = [*CHOICES]
    for hint in (field.annotation, *get_args(field.annotation)):
        choices = [each.value for each in hint] if isinstance(hint, type) and issubclass(hint, Enum) else get_args(hint)
        options += [(lambda _, one=one: one) for one in choices if isinstance(one, str)]
    for option in options:
        try:
            value = option(old)
        except TypeError:
            continue
        for new in (value, [value]):
            if new != old and fits(adapter, new):
                yield new


def fits(adapter: TypeAdapter[Any], value: Any) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


def sample(model: type[BaseModel]) -> dict[str, Any]:
    """The least that can be written of a shape."""
    found = {}
    for name, field in model.model_fields.items():
        if field.is_required():
            shape = inner(field.annotation)
            known = SAMPLES.get(f"{model.__name__}.{name}")
            value = sample(shape) if shape else known or next(written(field, None), None)
            found[name] = entries(field, value) if shape and get_origin(field.annotation) is list else value
    return found


def entries(field: Any, first: Any) -> list[Any]:
    """As many entries of a list as there must be; those behind the first are words."""
    least = max((getattr(limit, "min_length", 1) for limit in field.metadata), default=1)
    return [first, *(f"另{at}" for at in range(1, least))]


def cases(
    model: type[BaseModel], trail: tuple[Any, ...], path: Path, whole: dict[str, Any]
) -> Iterator[tuple[str, Case]]:
    """Each field below a place in a file, changed; what the example lacks is written first."""
    here = at(whole, trail)
    for name, field in model.model_fields.items():
        key = field.alias or name
        if name in UNSEEN:
            continue
        shape = inner(field.annotation)
        first = next(iter(here.get(key) or ()), None) if get_origin(field.annotation) is list else here.get(key)
        if shape is None or isinstance(first, str):
            for number, value in enumerate(written(field, here.get(key))):
                after = deepcopy(whole)
                at(after, trail)[key] = value
                yield f"{model.__name__}.{name}", Case(path, whole, after)
                if number > 20:
                    break
            continue
        base, several = deepcopy(whole), get_origin(field.annotation) is list
        if not here.get(key):
            if shape is model:
                continue
            at(base, trail)[key] = entries(field, sample(shape)) if several else sample(shape)
        yield from cases(shape, (*trail, key, 0) if several else (*trail, key), path, base)


def at(value: Any, trail: tuple[Any, ...]) -> Any:
    for key in trail:
        value = value[key]
    return value


@pytest.fixture(name="states", scope="module")
def _states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    scratch = tmp_path_factory.mktemp("states")
    before = miniature_repository(scratch)
    shutil.rmtree(before / "overrides")
    for page in (before / "content").rglob("*"):
        if page.is_file() and page.name != "guide.md":
            page.unlink()
    shutil.copytree(before, scratch / "after")
    return before, scratch / "after"


def plain(value: Any) -> Any:
    """Days as editors write them."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def difference(states: tuple[Path, Path], cache: Cache) -> str:
    """``cache`` keeps what did not change between comparisons: it is read and linked once."""
    return report(*two_states(*states, AS_OF, cache))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_that_readers_see_is_told(kind: FileKind, states: tuple[Path, Path]) -> None:  # type: ignore[type-arg]
    keep = {"shili-2021.yml", *(example.name for example in kind.examples)}
    for root in states:
        for other in (path for one in KINDS for path in one.examples):
            if other.name in keep:
                shutil.copy(other, root / "plans" / other.name)
            else:
                (root / "plans" / other.name).unlink(missing_ok=True)
    fields: dict[str, bool] = {}
    cache = Cache()
    for example in kind.examples:
        text = example.read_text("utf-8")
        whole = plain(yaml.safe_load(text))
        for name, case in cases(kind.shape, (), example, whole):
            if fields.get(name):
                continue
            for root, value in zip(states, (case.before, case.after), strict=True):
                (root / "plans" / example.name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")
            said = difference(states, cache)
            fields[name] = "没有变化" not in said or "的区县" in said
        for root in states:
            (root / "plans" / example.name).write_text(text, "utf-8")
    silent = [name for name, told in fields.items() if not told]
    assert not silent, "\n".join(silent)
    assert len(fields) > 10


@pytest.fixture(name="pair")
def _pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two equal states, whole; what a test changes lies in the second."""
    before = miniature_repository(tmp_path)
    example = before / "plans/shili-yanglao-2021.yml"
    text = example.read_text("utf-8").replace(
        "\ndocument:\n", "\ndocument:\n  attachments:\n    - {file: a.txt, title: 名单}\n", 1
    )
    example.write_text(text, "utf-8")
    (before / "plans/files").mkdir()
    (before / "plans/files/a.txt").write_text("一份名单", "utf-8")
    (before / "content/images/map.svg").write_text("<svg/>", "utf-8")
    shutil.copytree(before, tmp_path / "after")
    return before, tmp_path / "after"


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("plans/files/a.txt", "一份名单", "又一份名单", "SHA-256"),
        ("content/guide.md", "# ", "# 改过的", "网页"),
        ("content/images/map.svg", "<svg/>", "<svg />", "images/map.svg"),
        ("mkdocs.yml", "    portal_url: null", "    footer: {organizer: 示例办}\n    portal_url: null", "示例办"),
        ("plans/vocabularies/units-shili.yml", "name: 区民政局", "name: 区民政与养老局", "民政与养老局"),
        ("plans/vocabularies/themes.yml", "name: 教育", "name: 教育和体育", "教育和体育"),
        ("plans/vocabularies/organs.yml", "short_name: 示例区", "short_name: 示范区", "示范区"),
        ("plans/vocabularies/audiences.yml", "name: 学生与家长", "name: 学生和家长", "学生和家长"),
        ("plans/vocabularies/decision-stages.yml", "name: 草案说明", "name: 草案的说明", "草案的说明"),
        ("plans/vocabularies/workdays.yml", "name: 元旦, from: 2021", "name: 新年, from: 2021", "新年"),
    ],
)
def test_what_is_no_record_is_told(pair: tuple[Path, Path], name: str, old: str, new: str, told: str) -> None:
    assert "没有变化" in report(*two_states(*pair, AS_OF))
    path = pair[1] / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    said = report(*two_states(*pair, AS_OF))
    assert told in said
    assert "删除" not in said


def test_a_file_that_cannot_be_read_is_not_called_deleted(pair: tuple[Path, Path]) -> None:
    for broken, whole in (pair, pair[::-1]):
        path = broken / "plans/shili-2021.yml"
        text = path.read_text("utf-8")
        path.write_text(text + "\tx: [\n", "utf-8")
        said = report(*two_states(broken, whole, AS_OF))
        assert "读不出" in said
        assert "`plans/shili-2021.yml:" in said
        assert "删除" not in said
        assert "新增" not in said
        path.write_text(text, "utf-8")


def test_published_progress_that_is_edited_is_warned_of(pair: tuple[Path, Path]) -> None:
    path = pair[1] / "plans/shili-2021.yml"
    value = plain(yaml.safe_load(path.read_text("utf-8")))
    row = next(row for row in value["task_table"]["rows"] if row.get("progress"))
    row["progress"][0]["text"] += "改过"
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    said = report(*two_states(*pair, AS_OF))
    assert "**落实情况：已经公开的记录被改动或删去**" in said
    assert "改过" in said
