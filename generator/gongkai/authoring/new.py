"""``gongkai new``: beginnings of files and items, with a comment wherever the editor has to write something.

What a file of a kind begins with, and where its items stand, its folder says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path as FilePath
from string import Template
from typing import Any

import yaml
from msgspec import Struct

from gongkai.authoring.edits import Edit, EditError, Insert, Path, Set, decoded, edit
from gongkai.authoring.schema import modeline
from gongkai.column.progress import ProgressStatus
from gongkai.column.shapes import OrgansFile, Shape, UnitsFile
from gongkai.column.shapes.base import is_identifier
from gongkai.column.unit import UnitKind
from gongkai.column.withdrawal import kept_numbers
from gongkai.kinds.interface import FileKind, Items, Place
from gongkai.kinds.registry import BY_NAME
from gongkai.linking.withdrawals import read_withdrawals
from gongkai.load.files import LoadedFile, is_proposed, load_text
from gongkai.load.tree import load_tree


class NewError(Exception):
    """What was asked for cannot be made; the message is a Chinese sentence."""


class Written(Struct, frozen=True):
    """A file as it will be: its path relative to the repository, and its text."""

    path: str
    text: str


_DOCUMENT = """\
document:
  title: 待填  # 公文的标题，照原文；没有就删去这一行
  doc_number: 待填  # 发文字号，如 示政办发〔2021〕3号；没有就删去这一行
  issuer: $issuer  # 发文机关在单位名录中的编号
  body:
    - 待填  # 公文正文，一段一条，照原文
  # date_signed: $day  # 成文日期：照原文填写，再去掉行首的 # 号
  openness: 主动公开
  themes: [n02-openness]
  sources:
    - 待填  # 文本来自哪里"""
_GENRE = "document:\n  genre: 通知  # 规范性文件、政策文件、通知、规划、解读、其他"
"""A document that stands for itself says what it is."""


class Office(Struct, frozen=True):
    """What a repository already has: its well-shaped files."""

    root: FilePath
    files: tuple[LoadedFile, ...]

    @classmethod
    def at(cls, root: FilePath) -> Office:
        """Read the repository; files with mistakes are left out."""
        return cls(root, load_tree(root).files)

    def text(self, file: LoadedFile) -> str:
        """The text of a file, with its line ends."""
        return decoded((self.root / file.path).read_bytes())

    def record(self, identifier: str) -> LoadedFile:
        """The published file with an id."""
        for file in self.files:
            if file.kind in BY_NAME and file.ids == (identifier,):
                return file
        raise NewError(f"没有编号为 {identifier} 的文件，或者文件还有错误：请先运行 gongkai check")

    def register(self, organ: str) -> LoadedFile:
        """The unit register of a district."""
        for file in self.files:
            if isinstance(file.shape, UnitsFile) and file.shape.organ == organ and not is_proposed(file.path):
                return file
        raise NewError(f"没有区县 {organ} 的单位名录")

    def check_new(self, identifier: str, organ: str) -> None:
        """A new id must be one and free, and its district known."""
        if not is_identifier(identifier):
            raise NewError(f"编号 {identifier} 不对：只用小写字母、数字和 -，以字母开头，如 shili-2026")
        organs = {each.id for file in self.files if isinstance(file.shape, OrgansFile) for each in file.shape.organs}
        if organ not in organs:
            raise NewError(f"没有编号为 {organ} 的区县；已有：{'、'.join(sorted(organs))}")
        if (self.root / "plans" / f"{identifier}.yml").exists():
            raise NewError(f"plans/{identifier}.yml 已经存在，不会覆盖")


class Beginning(Struct, frozen=True, kw_only=True):
    """What a new file is called by; ``title`` is empty where it follows from kind and year."""

    identifier: str
    organ: str | None
    year: int
    title: str = ""


def new_file(office: Office, kind: FileKind[Any, Any], beginning: Beginning, day: date) -> Written:
    """A file of any kind to fill in."""
    organ = beginning.organ
    if organ is None:
        raise NewError(f"还没有 {beginning.identifier} 这份{kind.label}：新建时请写 --organ 和 --year")
    office.check_new(beginning.identifier, organ)
    units = office.register(organ).shape.units  # type: ignore[attr-defined]
    issuer = next((unit for unit in units if unit.kind is UnitKind.OFFICE), units[0])
    known = {
        "id": beginning.identifier,
        "organ": organ,
        "year": beginning.year,
        "title": _scalar(beginning.title or kind.items.file_title.format(year=beginning.year)),
        "issuer": issuer.id,
        "unit": _scalar(issuer.name),
        "day": day,
    }
    document = _DOCUMENT.replace("document:", _GENRE, 1) if kind.standalone else _DOCUMENT
    text = Template(kind.beginning.replace("$document", document)).substitute(known)
    path = f"plans/{beginning.identifier}.yml"
    return Written(path, f"{modeline(path, kind.name)}\n{text}")


def new_item(
    office: Office,
    kind: FileKind[Any, Any],
    beginning: Beginning,
    values: Mapping[str, object],
    number: int | None,
    day: date,
) -> Written:
    """An item of a file of a kind, in the order of numbers, behind the others where it has none yet.

    The file is begun when it is not there; nothing of the others changes, what they take over stands in them.
    """
    try:
        file = office.record(beginning.identifier)
    except NewError:
        return _begun_with(new_file(office, kind, beginning, day), kind.items, values, number or 1)
    if file.kind != kind.name:
        raise NewError(f"{beginning.identifier} 不是{kind.label}")
    items = kind.items
    first = items.first(file.shape)
    if first is None:
        raise NewError(f"{file.path} 里没有放{items.label}的表：请先在文件里写好它的表头")
    places = sorted(items.places(file.shape), key=lambda place: place.number)
    at, number = _free(file.path, places, number, first)
    item = _item(items, number, values)
    taken_over = items.takes_over(file.shape, at) if any(place.path == at for place in places) else {}
    behind = [Set((*at, name), value) for name, (_, value) in taken_over.items()]
    return _checked(_edited(office, file, *behind, Insert(at, item)))


def _free(file: str, places: Sequence[Place], number: int | None, first: Path) -> tuple[Path, int]:
    """Where a new item goes, and its number."""
    if number is None:
        number = max((place.number for place in places), default=0) + 1
    if any(place.number == number for place in places):
        raise NewError(f"{file} 里已经有第 {number} 项：请换一个序号；不写 --number 就接在最后")
    before = [place.path for place in places if place.number < number]
    if before:
        *above, last = before[-1]
        return (*above, int(last) + 1), number
    return (places[0].path if places else (*first, 0)), number


def _begun_with(written: Written, items: Items[Any], values: Mapping[str, object], number: int) -> Written:
    file, _ = load_text(written.path, written.text)
    if file is None:
        raise NewError(f"{written.path} 写不成：请先用 gongkai new 建好文件，再添加")
    first = items.first(file.shape)
    place = (*(first or ()), 0)
    item = _item(items, number, values)
    known = place in {each.path for each in items.places(file.shape)}
    edits: list[Edit] = [Set((*place, name), value) for name, value in item.items()] if known else [Insert(place, item)]
    return _checked(Written(written.path, edit(written.text, edits)))


def _item(items: Items[Any], number: int, values: Mapping[str, object]) -> dict[str, object]:
    """An item with its fields in the order of the form."""
    item = {"number": number, **items.more(number), **values} if items.numbered else dict(values)
    return {name: item[name] for name in items.shape.model_fields if name in item}


def _checked(written: Written) -> Written:
    """What no longer has its shape is not written."""
    file, findings = load_text(written.path, written.text)
    if file is None:
        wrong = (f"{found.message}（{found.hint}）" if found.hint else found.message for found in findings)
        raise NewError("；".join(wrong))
    return written


def new_stage(office: Office, record: str, stage: str, fields: dict[str, object]) -> Written:
    """What is public of one stage of a record that has stages, ``record`` like ``shili-2021-decisions/3``."""
    file, path = _place(office, record)
    stages = getattr(_at(file.shape, path), "stages", None)
    if not isinstance(stages, Shape):
        raise NewError(f"{record} 没有环节，不是决策事项")
    known = type(stages).model_fields
    if stage not in known:
        words = "、".join(f"{name}（{field.description}）" for name, field in known.items())
        raise NewError(f"没有 {stage} 这个环节；可以写：{words}")
    value = {"status": "published" if fields.get("url") else "pending", **fields}
    if stage in stages.model_fields_set:  # what it says besides, such as the days of a consultation, stays
        return _edited(office, file, *(Set((*path, "stages", stage, name), said) for name, said in value.items()))
    if stages.model_fields_set:
        return _edited(office, file, Set((*path, "stages", stage), value))
    return _edited(office, file, Set((*path, "stages"), {stage: value}))


def new_progress(
    office: Office, record: str, day: date, status: ProgressStatus, words: str, evidence: Sequence[tuple[str, str]]
) -> Written:
    """An entry of progress behind those of the same day and earlier; what is there stays as it is."""
    file, path = _place(office, record)
    entry: dict[str, object] = {"date": day, "status": status.value, "text": words}
    if evidence:
        entry["evidence"] = [{"title": title, "url": url} for title, url in evidence]
    earlier = getattr(_at(file.shape, path), "progress", None)
    if earlier is None:
        raise NewError(f"{record} 没有落实情况这一栏：可以写落实情况的是任务、条款和项目")
    at = sum(known.date <= day for known in earlier)
    return _edited(office, file, Insert((*path, "progress", at), entry))


def new_unit(office: Office, organ: str, identifier: str, name: str, kind: UnitKind) -> Written:
    """A unit in a district's register, among those of its kind in the order of their ids."""
    file = office.register(organ)
    units = file.shape.units  # type: ignore[attr-defined]
    alike = [at for at, unit in enumerate(units) if unit.kind is kind]
    below = in_order([units[at].id for at in alike], identifier)
    at = alike[below] if below < len(alike) else alike[-1] + 1 if alike else len(units)
    return _edited(office, file, Insert(("units", at), {"id": identifier, "name": name, "kind": kind.value}))


def in_order(known: Sequence[str], new: str) -> int:
    """Where a new id belongs: before the first that is greater.

    At the end of a list any two additions of two people are a merge conflict; here they seldom meet.
    """
    return next((at for at, each in enumerate(known) if each > new), len(known))


def _edited(office: Office, file: LoadedFile, *changes: Edit) -> Written:
    try:
        return Written(file.path, edit(office.text(file), changes))
    except EditError as error:
        raise NewError(f"{file.path}：{error}") from None


def _place(office: Office, record: str) -> tuple[LoadedFile, Path]:
    """The file and the path of an item by its id."""
    head, _, tail = record.partition("/")
    file = office.record(head)
    above, _, number = tail.rpartition("/")
    places = list(BY_NAME[file.kind].items.places(file.shape))
    numbers: Iterable[int] = [place.number for place in places]
    if numbers == list(range(1, len(places) + 1)):  # counted as they stand, or as if they were
        stem = "/".join(filter(None, (head, above)))
        numbers = kept_numbers(read_withdrawals(office.root), lambda counted: f"{stem}/{counted}")
    for place, known in zip(places, numbers, strict=False):
        if number == str(known):
            return file, place.path
    raise NewError(f"没有编号为 {record} 的事项；写法如 shili-2021/tasks/3 或 shili-2021-decisions/3")


def _at(shape: Any, path: Path) -> Any:
    """What stands at a path of a shape."""
    for step in path:
        shape = shape[step] if isinstance(step, int) else getattr(shape, step)
    return shape


def _scalar(text: str) -> str:
    """A text as YAML on one line, quoted only where it must be."""
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=10**9)
    return dumped.removesuffix("\n...\n").strip()
