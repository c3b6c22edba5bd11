"""``gongkai new``: beginnings of files and entries, with a comment wherever the editor has to write something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import yaml

from gongkai.authoring.edits import Edit, EditError, Insert, Path, Set, decoded, edit
from gongkai.authoring.schema import modeline
from gongkai.column.progress import ProgressStatus
from gongkai.column.shapes import OrgansFile, UnitsFile
from gongkai.column.unit import UnitKind
from gongkai.kinds.decision_directory.shape import DirectoryFile, StagesShape
from gongkai.kinds.plan.shape import PlanFile
from gongkai.kinds.project_list.shape import ProjectListFile
from gongkai.load.files import LoadedFile
from gongkai.load.tree import load_tree


class NewError(Exception):
    """What was asked for cannot be made; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it will be: its path relative to the repository, and its text."""

    path: str
    text: str


_DOCUMENT = """\
document:
  title: 待填  # 通知的标题，照原文；没有就删去这一行
  doc_number: 待填  # 发文字号，如 示政办发〔2021〕3号；没有就删去这一行
  issuer: {issuer}  # 发文机关在单位名录中的编号
  body:
    - 待填  # 通知正文，一段一条，照原文
  # date_signed: {day}  # 成文日期：照原文填写，再去掉行首的 # 号
  openness: 主动公开
  themes: [n02-openness]
  sources:
    - 待填  # 文本来自哪里
"""
_PLAN = """\
# {title}：照原文填写，“待填”都要改掉；不知道的日期、网址不填。
kind: plan
id: {id}
organ: {organ}
year: {year}
title: {title}
themes: []  # 主题编号，见 plans/vocabularies/themes.yml
{document}sections:
  - number: 一
    title: 待填  # 标题，不含序号
    sections:
      - number: （一）
        title: 待填
        text: 待填
task_table:  # 没有任务分解表就删去这一部分，在各条写 units
  title: 待填
  columns: [序号, 工作任务, 具体要求, 责任单位, 完成时限]
  rows:
    - number: 1
      text: 待填  # 具体要求，照原文
      units: {unit}  # 责任单位，照原文
      deadline: {year}年年底前  # 照原文；没有就删去
      section: 1-1  # 对应正文的哪一节：1-1 表示 一（一）
"""
_DIRECTORY = """\
# {title}：照原文填写，“待填”都要改掉；没有公开的环节不写。
kind: decision_directory
id: {id}
organ: {organ}
year: {year}
title: {title}
themes: []  # 主题编号，见 plans/vocabularies/themes.yml
{document}decisions:
  - number: 1
    number_text: 一
    title: {decision}
    organizers: {unit}
"""
_CATALOGUE = """\
# {title}：照原文填写，“待填”都要改掉；原表没有的栏目删去。
kind: catalogue
id: {id}
organ: {organ}
year: {year}
title: {title}
{document}items:
  - number: 1
    area: 待填  # 一级事项；原表合并的单元格，每一项都写
    title: 待填  # 公开事项
    content: 待填  # 公开内容（要素）
    basis: 待填  # 公开依据
    deadline: 待填  # 公开时限，如 每季度公开
    # every: {{number: 3, unit: 月}}  # 最长隔多久应当有新的公开；原文规定了的，去掉行首的 # 再改
    # within: {{number: 20, unit: 工作日}}  # 形成或者变更之日起多久以内公开；同上
    units: {unit}  # 公开主体，照原文
    channels: 待填  # 公开渠道和载体
    level: 区级  # 公开层级
    published:  # 在哪里公开，至少写一样
      kinds: [document]  # 本专栏哪些种类的文件属于这一项，如 plan、规范性文件
"""


@dataclass(frozen=True, slots=True)
class Office:
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
        """The plan, directory or list with an id."""
        for file in self.files:
            if isinstance(file.shape, PlanFile | DirectoryFile | ProjectListFile) and file.shape.id == identifier:
                return file
        raise NewError(f"没有编号为 {identifier} 的文件，或者文件还有错误：请先运行 gongkai check")

    def register(self, organ: str) -> LoadedFile:
        """The unit register of a district."""
        for file in self.files:
            if isinstance(file.shape, UnitsFile) and file.shape.organ == organ:
                return file
        raise NewError(f"没有区县 {organ} 的单位名录")

    def check_new(self, identifier: str, organ: str) -> None:
        """A new id must be free, and its district known."""
        organs = {each.id for file in self.files if isinstance(file.shape, OrgansFile) for each in file.shape.organs}
        if organ not in organs:
            raise NewError(f"没有编号为 {organ} 的区县；已有：{'、'.join(sorted(organs))}")
        if (self.root / "plans" / f"{identifier}.yml").exists():
            raise NewError(f"plans/{identifier}.yml 已经存在，不会覆盖")


def new_plan(office: Office, identifier: str, organ: str, year: int, title: str, day: date) -> Written:
    """An annual plan to fill in."""
    office.check_new(identifier, organ)
    return _file(office, _PLAN, "plan", identifier, organ, year, title, day)


def new_catalogue(office: Office, identifier: str, organ: str, year: int, title: str, day: date) -> Written:
    """A catalogue of what must be public to fill in."""
    office.check_new(identifier, organ)
    return _file(office, _CATALOGUE, "catalogue", identifier, organ, year, title, day)


def new_decision(
    office: Office, identifier: str, organ: str | None, year: int, title: str, organizers: str, day: date
) -> Written:
    """A decision item behind the others of a directory; the directory is begun when it is not there yet."""
    try:
        file = office.record(identifier)
    except NewError:
        if organ is None:
            raise NewError(f"还没有 {identifier} 这份目录：新建时请写 --organ 和 --year") from None
        office.check_new(identifier, organ)
        name = f"{year}年度重大行政决策事项目录"
        return _file(office, _DIRECTORY, "decision_directory", identifier, organ, year, name, day, title, organizers)
    if not isinstance(file.shape, DirectoryFile):
        raise NewError(f"{identifier} 不是决策目录")
    number = max(decision.number for decision in file.shape.decisions) + 1
    item = {"number": number, "number_text": numeral(number), "title": title, "organizers": organizers}
    return _edited(office, file, Insert(("decisions", len(file.shape.decisions)), item))


def new_stage(office: Office, record: str, stage: str, fields: dict[str, object]) -> Written:
    """What is public of one stage of a decision, ``record`` like ``laiwu-2021-decisions/3``."""
    if stage not in StagesShape.model_fields:
        known = "、".join(f"{name}（{field.description}）" for name, field in StagesShape.model_fields.items())
        raise NewError(f"没有 {stage} 这个环节；可以写：{known}")
    file, path = _place(office, record)
    if not isinstance(file.shape, DirectoryFile):
        raise NewError(f"{record} 不是决策事项")
    value = {"status": "published" if fields.get("url") else "pending", **fields}
    decision = file.shape.decisions[int(path[1])]
    if decision.stages.model_fields_set:
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
    known: Any = file.values()
    for step in path:
        known = known[step]
    at = sum(earlier["date"] <= day.isoformat() for earlier in known.get("progress") or ())
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


def _edited(office: Office, file: LoadedFile, change: Edit) -> Written:
    try:
        return Written(file.path, edit(office.text(file), [change]))
    except EditError as error:
        raise NewError(f"{file.path}：{error}") from None


def _place(office: Office, record: str) -> tuple[LoadedFile, Path]:
    """The file and the path of a task, clause, project or decision by its id."""
    head, _, tail = record.partition("/")
    file = office.record(head)
    number = tail.removeprefix("tasks/")
    if number.isdigit():
        for path, at in _numbered(file):
            if at == int(number):
                return file, path
    raise NewError(f"没有编号为 {record} 的事项；写法如 laiwu-2021/tasks/3 或 laiwu-2021-decisions/3")


def _numbered(file: LoadedFile) -> list[tuple[Path, int]]:
    match file.shape:
        case PlanFile() as plan if plan.task_table:
            return [(("task_table", "rows", at), row.number) for at, row in enumerate(plan.task_table.rows)]
        case PlanFile() as plan:
            paths = _clauses(plan)
            return [(path, number) for number, path in enumerate(paths, start=1)]
        case DirectoryFile() as directory:
            return [(("decisions", at), decision.number) for at, decision in enumerate(directory.decisions)]
        case ProjectListFile() as projects:
            return _projects(projects.categories, ("categories",))
    return []


def _clauses(plan: PlanFile) -> list[Path]:
    paths: list[Path] = []
    for at, section in enumerate(plan.sections):
        if section.units is not None:
            paths.append(("sections", at))
        for below, child in enumerate(section.sections):
            if child.units is not None:
                paths.append(("sections", at, "sections", below))
    return paths


def _projects(categories: Sequence[object], path: Path) -> list[tuple[Path, int]]:
    found: list[tuple[Path, int]] = []
    for at, category in enumerate(categories):
        here = (*path, at)
        projects = getattr(category, "projects", [])
        found += [((*here, "projects", below), project.number) for below, project in enumerate(projects)]
        found += _projects(getattr(category, "categories", []), (*here, "categories"))
    return found


def _file(
    office: Office,
    template: str,
    kind: str,
    identifier: str,
    organ: str,
    year: int,
    title: str,
    day: date,
    decision: str = "",
    organizers: str = "",
) -> Written:
    units = office.register(organ).shape.units  # type: ignore[attr-defined]
    issuer = next((unit for unit in units if unit.kind is UnitKind.OFFICE), units[0])
    path = f"plans/{identifier}.yml"
    text = template.format(
        id=identifier,
        organ=organ,
        year=year,
        title=_scalar(title),
        document=_DOCUMENT.format(issuer=issuer.id, day=day),
        unit=_scalar(organizers or issuer.name),
        decision=_scalar(decision),
    )
    return Written(path, f"{modeline(path, kind)}\n{text}")


def _scalar(text: str) -> str:
    """A text as YAML on one line, quoted only where it must be."""
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=10**9)
    return dumped.removesuffix("\n...\n").strip()


_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """A number from 1 to 99 as headings print it: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
