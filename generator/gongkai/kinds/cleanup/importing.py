"""Office documents that become clean-ups: lists of documents that stay in force, lapsed or were abolished."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.authoring.yaml_draft import Guess
from gongkai.importing.blocks import Paragraph, Table
from gongkai.importing.drafting.context import Context, document, missing, year_of
from gongkai.importing.drafting.draft import Draft, frame, left_over
from gongkai.importing.kinds import Drafting, Importer, Role
from gongkai.importing.recognise.headwords import Part
from gongkai.importing.recognise.lists import CLEANED, has_heads, listed_item, read_list
from gongkai.kinds.cleanup.model import Outcome
from gongkai.text.dates import parse_date
from gongkai.text.docnumber import doc_number
from gongkai.text.markers import marker
from gongkai.text.patterns import anywhere

_TITLE = anywhere(
    r"文件清理|清理结果|(?:废止|失效|继续有效|保留|修改|修订).{0,16}文件.{0,10}(?:目录|清单|名单|一览表)"
    r"|(?:废止|失效|修改|修订)[^，。]{0,12}文件的?(?:决定|公告|通告|通知)"
    r"|文件.{0,6}(?:废止|失效|继续有效|保留|修改|修订).{0,6}(?:目录|清单|名单|一览表)"
)
_OUTCOMES = (
    (Outcome.VALID, anywhere("继续有效|保留|继续执行|^有效")),
    (Outcome.ABOLISHED, anywhere("废止")),
    (Outcome.LAPSED, anywhere("失效")),
    (Outcome.TO_REVISE, anywhere("修改|修订")),
)

LIST = Role(
    name="cleanup",
    label="清理结果",
    titled=lambda title: bool(_TITLE.search(title)),
    tabled=lambda table: isinstance(table, Table) and has_heads(table, CLEANED),
    fits=lambda part: bool(part.tables) or any(listed_item(line.text) for line in part.paragraphs),
)


def draft(parts: Sequence[tuple[Role, Part]], drafting: Drafting) -> Iterator[Part]:
    """One draft of all lists of a document: numbers go on from list to list."""
    items: list[dict[str, object]] = []
    titles: list[str | None] = []
    for _, part in parts:
        found = _items(part, len(items), drafting.context)
        if not found:
            yield part
            continue
        items += found
        titles.append(part.title)
    if not items:
        return
    title = drafting.notice.title or titles[0] or "文件清理结果"
    drafting.context.provenance.shows(filter(None, titles))
    name, shared = drafting.name("-cleanup", [title, *titles]), drafting.shared
    carried = shared or document(drafting.notice, drafting.context)
    year = year_of(drafting.notice, [title, *titles], drafting.context)
    data = frame("cleanup", name, year, title, carried, drafting.context)
    data["items"] = items
    drafting.context.count("清理的文件", len(items))
    drafting.drafts.append(Draft(name, data))


def _items(part: Part, before: int, context: Context) -> list[dict[str, object]]:
    items: list[dict[str, object]] = []
    for table in part.tables:
        found = read_list(table, CLEANED) if isinstance(table, Table) else None
        if found is None:
            continue
        context.provenance.shows(found.printed)
        context.provenance.leaves(((text, 0) for text in found.odd), "清理目录里没有对应的栏目")
        items += [_item(row, before + len(items) + at, part, context) for at, row in enumerate(found.rows, start=1)]
    listed: dict[Paragraph, dict[str, str]] = {}
    heading = ""
    for line in part.paragraphs:
        number = marker(line.text)
        if row := listed_item(line.text):
            listed[line] = row | ({"result": heading} if heading and not part.title else {})
        elif number and number.rank < 3 and any(words.search(line.text) for _, words in _OUTCOMES):  # noqa: PLR2004  above 1.
            heading = number.rest
    items += [_item(row, before + len(items) + at, part, context) for at, row in enumerate(listed.values(), start=1)]
    context.provenance.shows(line.text for line in listed)
    if items:
        left_over([line for line in part.paragraphs if line not in listed], context)
    return items


def _item(row: dict[str, str], number: int, part: Part, context: Context) -> dict[str, object]:
    title = row.get("title", "").replace("\n", "")
    item: dict[str, object] = {"number": number, "title": title or missing("文件名称", "title: 文件名称")}
    printed = row.get("number", "")
    if printed != str(number):
        item["number"] = Guess(number, f"原表序号是{printed}，几份目录接着编号" if printed else "原表没有印序号")
        context.provenance.shows([printed])
    if number_text := row.get("doc_number", "").replace("\n", ""):
        known = doc_number(number_text)
        item["doc_number"] = known[0] if known else number_text
        context.provenance.shows([number_text])
    said = row.get("result")
    outcome = next((kind for kind, words in _OUTCOMES if words.search(said or part.title or "")), None)
    item["result"] = outcome.value if outcome else Guess(Outcome.VALID.value, "原表没有写明清理结果")
    context.provenance.shows([said or ""])
    if day := parse_date(row.get("since", "")):
        item["since"] = day
        context.provenance.shows([row["since"]])
    if reason := row.get("reason"):
        item["reason"] = reason
    return item


IMPORTER = Importer(roles=(LIST,), draft=draft, together=True)
