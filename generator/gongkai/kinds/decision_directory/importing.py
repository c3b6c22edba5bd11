"""Office documents that become directories of major administrative decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.authoring.yaml_draft import Guess, settled
from gongkai.column.vocabularies import Vocabularies
from gongkai.importing.blocks import LooseTable, Table
from gongkai.importing.drafting.context import Context, document, missing, number_of, year_of
from gongkai.importing.drafting.draft import Draft, by_head, frame, introduced, leave_notes, left_over
from gongkai.importing.kinds import Drafting, Importer, Role
from gongkai.importing.recognise.columns import Kind
from gongkai.importing.recognise.decisions import Decision, Directory, party_consent, read_directory
from gongkai.importing.recognise.grids import read_grid
from gongkai.importing.recognise.headwords import Part
from gongkai.importing.recognise.notice import Notice
from gongkai.text.deadline import DeadlineKind
from gongkai.text.deadline_grammar import parse_deadline
from gongkai.text.markers import marker
from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import anywhere, whole

_LIST_WORDS = anywhere("目录|事项|清单|项目")
_PLANNED = whole(
    r"(?:拟|计划|预计|预期)*(?:提交|提请|上会|报请)?(?:决策|完成|办结|出台|审议|提交|制定|印发)(?:的)?(?:时间|时限|期限|日期|节点)(?:和计划|安排|要求)?"
    r"|时间安排|进度安排|实施计划"
)
_STAGE_WORDS = (
    ("draft", anywhere(r"草案")),
    ("background", anywhere(r"背景|概述|说明")),
    ("consultation", anywhere(r"意见征集|征求意见|预公开|公众参与")),
    ("adoption", anywhere(r"采纳|反馈")),
    ("expert", anywhere(r"专家")),
    ("risk", anywhere(r"风险")),
    ("legality", anywhere(r"合法性")),
    ("meeting", anywhere(r"会议|审议")),
    ("result", anywhere(r"结果|决定|出台")),
    ("evaluation", anywhere(r"评估|评价")),
)


def _tabled(table: Table | LooseTable) -> bool:
    grid = read_grid(table) if isinstance(table, Table) else None
    if grid is None:
        return False
    labels = "".join(grid.labels)
    named = Kind.ITEM in grid.kinds and Kind.ORGANIZER in grid.kinds and "项目名称" not in labels
    return "决策" in labels or named


def _listed(texts: Sequence[str]) -> bool:
    """Half of the items say who organizes them."""
    return sum("承办" in text for text in texts) * 2 >= sum(bool(marker(text)) for text in texts)


ROLE = Role(
    name="decisions",
    label="决策目录",
    titled=lambda title: "决策" in title and bool(_LIST_WORDS.search(title)),
    tabled=_tabled,
    listed=_listed,
)


def draft(parts: Sequence[tuple[Role, Part]], drafting: Drafting) -> Iterator[Part]:
    """A directory of decisions."""
    for _, part in parts:
        found = read_directory(part.blocks)
        if found is None or not found.decisions:
            yield part
            continue
        title, shared = part.title or drafting.notice.title or "重大行政决策事项目录", drafting.shared
        name = drafting.name("-decisions", [title])
        drafting.drafts.append(_directory(name, title, drafting.notice, found, shared, drafting.context))


def _directory(
    identifier: str, title: str, notice: Notice, found: Directory, shared: str | None, context: Context
) -> Draft:
    """A directory of major administrative decisions; ``shared`` as for projects."""
    year = year_of(notice, [title], context)
    number = number_of(year)
    rest = found.rest if shared else introduced(found.rest, notice)
    context.provenance.shows(found.printed)
    data = frame("decision_directory", identifier, year, title, shared or document(notice, context), context)
    data["organizer_label"] = found.label
    consent = party_consent("\n".join(paragraph.text for paragraph in notice.body))
    if consent:
        data["party_consent"] = consent
    data["decisions"] = [_decision(decision, number, context) for decision in found.decisions]
    context.count("决策事项", len(found.decisions))
    leave_notes(found.notes, context)
    left_over(rest, context)
    return Draft(identifier, data)


def _decision(decision: Decision, year: int, context: Context) -> dict[str, object]:
    data: dict[str, object] = {
        "number": _doubted_number(decision),
        "number_text": decision.number_text,
        "title": decision.title,
    }
    if decision.organizers:
        cell = context.cell(decision.organizers, year)
        why = decision.doubts.get("organizers")
        data["organizers"] = Guess(settled(cell), why) if why else cell
    else:
        data["organizers"] = missing("承办单位", f"organizers: 第{decision.number_text}项的承办单位")
        context.doubts.append(f"第{decision.number_text}项没有写明承办单位")
    stages: dict[str, object] = {}
    beside: list[tuple[str, str]] = []
    for label, text, link in decision.others:
        when = _PLANNED.fullmatch(label)
        if when and not link and "planned" not in data:
            data["planned"] = _planned(text, year)
            context.provenance.shows([label])
            continue
        stage = _stage_of(label, context.vocabularies) if link else None
        if stage and link:
            stages[stage] = Guess({"status": "published", "title": text, "url": link}, f"取自“{label}”栏的链接")
        else:
            beside.append((label, f"{text}（{link}）" if link else text))
    if stages:
        data["stages"] = stages
    if beside:
        data["cells"] = by_head(beside)
    return data


def _planned(text: str, year: int) -> dict[str, object]:
    """When the decision is to be made (拟决策时间): as printed, and its last day where the words name one."""
    found = parse_deadline(text, year, None)
    dated = found.due and found.kind in (DeadlineKind.DATE, DeadlineKind.DATE_ONGOING, DeadlineKind.YEAR)
    return {"text": text, **({"latest": found.due} if dated and found.due else {})}


def _doubted_number(decision: Decision) -> object:
    why = decision.doubts.get("number")
    number = decision.number
    printed = parse_numeral(decision.number_text)
    if why is None and printed and printed != number:
        why = f"原文序号是“{decision.number_text}”"
    return Guess(number, why) if why else number


def _stage_of(label: str, vocabularies: Vocabularies | None) -> str | None:
    """The id of the stage that a heading names, when the vocabulary has such a stage."""
    kinds = vocabularies.stage_kinds if vocabularies else {}
    for stage in kinds.values():
        if label in stage.name or stage.name in label:
            return stage.id
    return next((stage for stage, pattern in _STAGE_WORDS if pattern.search(label) and stage in kinds), None)


IMPORTER = Importer(roles=(ROLE,), draft=draft)
