"""Office documents that become questions about policies: questions and answers that explain no one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.authoring.yaml_draft import Remark
from gongkai.importing.blocks import Block, Paragraph, Table
from gongkai.importing.drafting.context import Context, missing, number_of, year_of
from gongkai.importing.drafting.draft import NO_TITLE, Draft, drafted, standalone_frame
from gongkai.importing.kinds import Importer, Role
from gongkai.importing.recognise import papers
from gongkai.importing.recognise.lists import ASKED, read_list
from gongkai.importing.recognise.notice import Notice
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere

_NAMED = anywhere("问答|问题解答|(?:常见|热点|共性)问题|答疑|百问|你问我答|问题(?:的)?(?:答复|解答|汇总)")

_FEWEST, _LONGEST = 3, 60

QUESTIONS = Role(
    name="questions",
    label="政策问答",
    whole=lambda blocks: bool(_NAMED.search(papers.title_of(blocks) or "")) or _asked_and_answered(blocks),
)


def _asked_and_answered(blocks: Sequence[Block]) -> bool:
    """Whether a text is nothing but questions and answers, each with its sign, and explains no one document."""
    lines = papers.paragraphs(blocks)
    _, questions, marks = papers.questions(lines)
    signs = sum(mark.strip().endswith(("：", ":")) for mark in marks)
    return len(questions) >= _FEWEST and signs >= 2 * len(questions) and "《" not in (papers.title_of(blocks) or "")


def _title(blocks: Sequence[Block], before: Sequence[Paragraph]) -> str:
    first = next((line.text.strip() for line in before if len(line.text) <= _LONGEST and "。" not in line.text), "")
    return papers.title_of(blocks) or first


def draft(_role: Role, blocks: Sequence[Block], notice: Notice, identifier: str | None, context: Context) -> Draft:
    """A list of questions; what each answer rests on is for the editor to say."""
    before, questions, marks = papers.questions(papers.lines_of(notice))
    title = _title(blocks, before)
    before = [line for line in before if squeeze(line.text) != squeeze(title)]
    year = year_of(notice, [title], context)
    data = standalone_frame("question_list", "wenda", title or NO_TITLE, year, identifier, context)
    data["#basis"] = Remark("待核：每个回答依据哪份文件、第几条，请写 basis: [{record: 编号, clause: 第几条}]")
    signed = squeeze(notice.signature or notice.issuer_above or "")
    items: list[dict[str, object]] = []
    told = [(question, answer.split("\n\n"), signed) for question, answer in questions]
    told += [(question, answer, units or signed) for question, answer, units in _tabled(blocks, context)]
    for number, (question, answer, unit) in enumerate(told, start=1):
        item: dict[str, object] = {"number": number, "question": question, "answer": answer}
        if isinstance(notice.date_signed, date):
            item["date"] = notice.date_signed
        item["units"] = context.cell(unit, number_of(year)) if unit else missing("回答单位", "units: 单位名称")
        items.append(item)
    data["items"] = items
    data["sources"] = context.sources()
    context.provenance.shows([title, *marks, *notice.printed])
    context.provenance.left_out += notice.left_out
    context.provenance.leaves(((line.text, line.line) for line in before), "问答以外的文字不进草稿")
    context.count("政策问答", len(items))
    return drafted(data)


def _tabled(blocks: Sequence[Block], context: Context) -> Iterator[tuple[str, list[str], str]]:
    """Questions of tables, with their answers and who gives them."""
    for table in blocks:
        if isinstance(table, Table) and (found := read_list(table, ASKED)):
            context.provenance.shows([*found.printed, *(row.get("number", "") for row in found.rows)])
            for row in found.rows:
                yield row.get("question", ""), row.get("answer", "").split("\n"), row.get("units", "")


IMPORTER = Importer(roles=(QUESTIONS,), draft_whole=draft)
