"""Office documents that become answers to a consultation: how many opinions came, which were adopted, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.authoring.yaml_draft import Guess, Remark
from gongkai.importing.blocks import Block, Table
from gongkai.importing.drafting.context import Context, document, missing, year_of
from gongkai.importing.drafting.draft import NO_TITLE, Draft, drafted, standalone_frame
from gongkai.importing.kinds import Importer, Role
from gongkai.importing.recognise import papers
from gongkai.importing.recognise.lists import ANSWERED, read_list, told_line_by_line
from gongkai.importing.recognise.notice import Notice
from gongkai.kinds.response.model import Treatment
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere

_TITLE = anywhere(
    "(?:意见|建议).{0,16}(?:采纳|反馈|办理|处理).{0,8}(?:情况|结果)|采纳情况"
    "|(?:意见|建议)(?:的)?(?:征集|征求).{0,6}(?:情况|结果)"
    "|(?:征求|征集).{0,8}(?:意见|建议).{0,6}(?:情况|结果)的?(?:反馈|说明|公告|公示|通报|公布|通告)"
)
_TREATMENTS = (
    (Treatment.PARTLY, anywhere("部分采纳")),
    (Treatment.NOT_ADOPTED, anywhere("(?:未|不|不予|没有)采纳|^否$")),
    (Treatment.ADOPTED, anywhere("采纳|^是$")),
)
_PROPOSALS = anywhere("代表.{0,4}建议|提案")
_RECEIVED = anywhere(r"(?:收到|征集到|征求到)[^，。；]{0,16}?(?P<count>\d+)\s*(?:条|件|份)")
_NONE = anywhere(r"(?:未|没有)(?:收到|征集到)[^，。；]{0,12}(?:意见|建议)")
_ADOPTED = anywhere(r"(?<![未不分])采纳[^，。；]{0,6}?(?P<count>\d+)\s*(?:条|件|份)")


def _is_answer(title: str) -> bool:
    """True for what came of opinions; proposals of deputies and advisers (建议提案) are something else."""
    return bool(_TITLE.search(title)) and not _PROPOSALS.search(title)


ANSWER = Role(name="answer", label="采纳情况", whole=lambda blocks: _is_answer(papers.title_of(blocks) or ""))


def draft(_role: Role, blocks: Sequence[Block], notice: Notice, identifier: str | None, context: Context) -> Draft:
    """An answer with its opinions, where a table lists them; numbers from its text are guesses."""
    title = papers.title_of(blocks) or ""
    lines = [line for line in papers.lines_of(notice) if squeeze(line.text) != squeeze(title)]
    data = standalone_frame(
        "response", "caina", title or NO_TITLE, year_of(notice, [title], context), identifier, context
    )
    context.provenance.shows([title])
    told, notice.body = told_line_by_line(lines, ANSWERED)
    data["document"] = document(notice, context)
    context.provenance.shows(line.text for line in lines if line not in notice.body)
    data["#about"] = Remark("待核：答复的是哪一次征求意见、哪一项决策或者哪一份文件，请写 about: 编号")
    data |= _counts("\n".join(line.text for line in lines))
    opinions = [_opinion(row, at, context) for at, row in enumerate(told, start=1)]
    for table in (block for block in blocks if isinstance(block, Table)):
        found = read_list(table, ANSWERED)
        if found is None:
            texts = ((cell.text, table.line) for row in table.rows for cell in row if cell.text.strip())
            context.provenance.leaves(texts, "没有认出这张表的意见和采纳情况")
            continue
        context.provenance.shows(found.printed)
        context.provenance.leaves(((text, 0) for text in found.odd), "采纳情况里没有对应的栏目")
        opinions += [_opinion(row, len(opinions) + at, context) for at, row in enumerate(found.rows, start=1)]
    if opinions:
        data["opinions"] = opinions
    context.count("意见", len(opinions))
    return drafted(data)


def _counts(text: str) -> dict[str, object]:
    counts: dict[str, object] = {}
    if found := _RECEIVED.search(text):
        counts["received"] = Guess(int(found["count"]), "取自正文")
    elif _NONE.search(text):
        counts["received"] = Guess(0, "正文写没有收到意见")
    if found := _ADOPTED.search(text):
        counts["adopted"] = Guess(int(found["count"]), "取自正文")
    return counts


def _opinion(row: dict[str, str], number: int, context: Context) -> dict[str, object]:
    printed, said = row.get("number", ""), row.get("treatment", "")
    opinion: dict[str, object] = {
        "number": number if printed == str(number) else Guess(number, "按顺序编号"),
        "text": row.get("text") or missing("意见内容", "text: 意见"),
    }
    context.provenance.shows([printed, said])
    plain = squeeze(said)
    known = next((kind for kind, words in _TREATMENTS if words.search(plain)), None)
    opinion["treatment"] = known.value if known else Guess(Treatment.EXPLAINED.value, f"原表写“{plain}”")
    reasons = [row.get("reason"), said if known is None or len(plain) > len(known.value) + 1 else None]
    if reason := "\n".join(filter(None, reasons)):
        opinion["reason"] = reason
    return opinion


IMPORTER = Importer(roles=(ANSWER,), draft_whole=draft)
