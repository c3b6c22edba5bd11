"""``gongkai new district``: a district's beginnings; with ``only`` those of all others leave the repository."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from pydantic import TypeAdapter, ValidationError

from gongkai.authoring.edits import EditError, Insert, edit
from gongkai.authoring.new import NewError, Office, Written, in_order
from gongkai.authoring.schema import modeline
from gongkai.column.shapes import OrgansFile, PrefixesFile, StagesFile
from gongkai.column.shapes.base import Identifier
from gongkai.column.unit import UnitKind
from gongkai.load.files import holds_records
from gongkai.load.history import git, is_tracked
from gongkai.text.docnumber import strict_number
from gongkai.text.patterns import whole

_ORGANS = "plans/vocabularies/organs.yml"
_NUMBERS = "plans/vocabularies/document-numbers.yml"
_DIVISION = whole(r"[1-9]\d{5}")
_HEADS = {
    _ORGANS: f"{modeline(_ORGANS, 'organs')}\n# 区县名单。编号发布后不再改动。\nkind: organs\n",
    _NUMBERS: f"{modeline(_NUMBERS, 'document_numbers')}\n# 机关代字和对应的发文机关。\nkind: document_numbers\n",
}


class District(Struct, frozen=True):
    """A district as its editor names it; ``office`` is its government's office as documents print it."""

    id: str
    name: str
    short_name: str
    region: str
    office: str
    codes: tuple[str, ...] = ()  # 机关代字, like 示政办发
    division: str | None = None  # 行政区划代码 (GB/T 2260)


class Beginning(Struct, frozen=True):
    """What to do, in this order: paths to copy below ``ASIDE``, files to write, paths to remove."""

    copied: list[str]
    written: list[Written]
    leaving: list[str]


ASIDE = "other-districts"
"""Where the files of other districts are kept when git does not keep them."""


def new_district(office: Office, district: District, *, only: bool) -> Beginning:
    """The files to write and, with ``only``, the paths to remove: everything of other districts.

    Raises:
        NewError: when the id is taken or no id, or when something would be lost.
    """
    _check(office, district)
    leaving = list(dict.fromkeys(_of_others(office))) if only else []
    aside = only and not _committed(office.root)
    if aside and is_tracked(office.root, "plans"):
        raise NewError("plans/ 里有还没有提交到 git 的内容，不会删除：请先提交（git commit），或不写 --only")
    if aside and (office.root / ASIDE).exists():
        raise NewError(f"要把其他区县的文件移到 {ASIDE}/，可是已经有这个目录：请先把它改名或移走，或不写 --only")
    organ = {"id": district.id, "name": district.name, "short_name": district.short_name, "region": district.region}
    organ |= {"division": district.division} if district.division else {}
    issuer = f"{district.id}-zhengfuban"
    codes = [{"code": code, "organ": district.id, "issuer": issuer} for code in district.codes]
    written = [
        _with(office, _ORGANS, "organs", "id", [organ], afresh=only),
        _register(district, issuer),
        _with(office, _NUMBERS, "prefixes", "organ", codes, afresh=only),
    ]
    known = [each for each in written if each]
    changed = [each.path for each in known if (office.root / each.path).exists()]
    return Beginning([*leaving, *changed] if aside else [], known, leaving)


def _check(office: Office, district: District) -> None:
    try:
        TypeAdapter(Identifier).validate_python(district.id)
    except ValidationError:
        raise NewError(f"编号 {district.id} 不能用：请用小写字母、数字和连字符，如 shili") from None
    for file in office.files:
        shape = file.shape
        if isinstance(shape, OrgansFile) and any(organ.id == district.id for organ in shape.organs):
            raise NewError(f"已经有编号为 {district.id} 的区县")
        if isinstance(shape, PrefixesFile):
            taken = [prefix.code for prefix in shape.prefixes if prefix.code in district.codes]
            if taken:
                raise NewError(f"机关代字 {'、'.join(taken)} 已经在 {file.path} 里")
    if district.division and not _DIVISION.fullmatch(district.division):
        raise NewError(f"行政区划代码 {district.division} 不能用：请写六位数字，如 410703")
    for code in district.codes:
        if strict_number(f"{code}〔2026〕1号") is None:
            raise NewError(f"看不懂机关代字“{code}”：只写年份前面的部分，如 示政办发")
    if (office.root / _register_path(district.id)).exists():
        raise NewError(f"{_register_path(district.id)} 已经存在，不会覆盖")


def _of_others(office: Office) -> Iterator[str]:
    """Files of records, withdrawals, units, own stage sets and law, attachments; vocabularies that all share stay."""
    for file in office.files:
        shape = file.shape if file.kind == "decision_stages" else None
        own_sets = isinstance(shape, StagesFile) and all(item.organ for item in shape.sets)
        if holds_records(file.kind) or file.kind in ("withdrawals", "units", "law") or own_sets:
            yield file.path
            yield from (item.source for item in file.attachments.values())


def _committed(root: Path) -> bool:
    """True when git knows all of ``plans/`` as it is, so that everything can be brought back."""
    return git(root, "status", "--porcelain", "--ignored", "--", "plans") == b"" and is_tracked(root, "plans")


def _with(
    office: Office, path: str, at: str, ordered_by: str, items: Sequence[dict[str, str]], *, afresh: bool
) -> Written | None:
    """A vocabulary with more items, in order; ``afresh`` without what stood there. None when nothing changes."""
    file = next((file for file in office.files if file.path == path), None)
    if afresh or file is None:
        text, keys = f"{_HEADS[path]}{at}: []\n", []
    else:
        text, keys = office.text(file), [item[ordered_by] for item in file.values()[at]]
    inserted = []
    for item in items:
        place = in_order(keys, item[ordered_by])
        keys.insert(place, item[ordered_by])
        inserted.append(Insert((at, place), item))
    try:
        new = edit(text, inserted)
    except EditError as error:
        raise NewError(f"{path}：{error}") from None
    return None if file is not None and new == office.text(file) else Written(path, new)


def _register_path(organ: str) -> str:
    return f"plans/vocabularies/units-{organ}.yml"


def _register(district: District, issuer: str) -> Written:
    path = _register_path(district.id)
    about = "name 是文件中最常用的写法，aliases 是其他写法。编号发布后不再改动。"
    head = (
        f"{modeline(path, 'units')}\n# {district.short_name}责任单位名录：{about}\nkind: units\norgan: {district.id}\n"
    )
    office = {"id": issuer, "name": district.office, "kind": UnitKind.OFFICE.value}
    return Written(path, edit(head, [Insert(("units", 0), office)]))
