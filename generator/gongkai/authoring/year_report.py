"""``gongkai report --year``: the annual report (年报) in its six parts with their tables (国办公开办函〔2021〕30号).

Filled is what the column knows, with what that is counted from; everything else is a marked blank. Nothing is 0 because
nobody said otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.authoring.annual_report import PARTS, fulfilment, late
from gongkai.authoring.paper import BLANK, Cell, Chapter, Grid, Paper
from gongkai.column.document import Document, Genre, Validity
from gongkai.column.site_data import SiteData
from gongkai.kinds.catalogue import KIND as CATALOGUE_FILES
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.kinds.plan.model import Plan
from gongkai.text.dates import printed_day

_NUMBERS = "一二三四五六"
_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_RESULTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
            "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
        ),
    ),
    (
        "（四）无法提供",
        ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    ),
    (
        "（五）不予处理",
        (
            "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他",
        ),
    ),
    ("（七）总计", ()),
)  # fmt: skip
_OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def year_report(column: SiteData, organ: str, year: int) -> Paper:
    """The report of a district on a year; the column is that of the last day of the year, or of an earlier one."""
    name = column.organs[organ].as_on(date(year, 12, 31)).name
    plans = [plan for plan in PLAN_FILES.of(column).values() if (plan.organ, plan.year) == (organ, year)]
    return Paper(
        f"{name}{year}年政府信息公开工作年度报告（草稿）",
        f"由本栏目已经公开的内容自动汇总，截至{printed_day(column.as_of)}。数字只按本栏目收录的计算，请逐项核对；“{BLANK}”是本栏目不掌握的，请填写。",
        tuple(
            Chapter(f"{_NUMBERS[at]}、{PARTS[at]}", lines, grids)
            for at, (lines, grids) in enumerate(
                (
                    (tuple(_overview(column, organ, year, plans)), ()),
                    ((_NORMATIVE_NOTE,), (published(column, organ, year),)),
                    ((), (applications(),)),
                    ((), (disputes(),)),
                    (tuple(_problems(plans)), ()),
                    ((f"收取政府信息公开信息处理费的情况：{BLANK}", f"其他：{BLANK}"), ()),
                )
            )
        ),
    )


_NORMATIVE_NOTE = "行政规范性文件按本栏目收录的、写明成文和废止日期的文件计算；表中其他各项请按统计填写。"


def _overview(column: SiteData, organ: str, year: int, plans: Sequence[Plan]) -> Iterator[str]:
    heads = [head for head in column.index.heads.values() if head.entry.organ == organ]
    issued = Counter(head.entry.kind.label for head in heads if head.day and head.day.year == year)
    if issued:
        counted = "、".join(f"{label}{count}件" for label, count in issued.items())
        yield f"（一）主动公开。{year}年本栏目公开：{counted}（按公开日期，没有写明的按成文日期）。"
    else:
        yield f"（一）主动公开。{BLANK}"
    opened = [
        item.title
        for catalogue in CATALOGUE_FILES.of(column).values()
        if catalogue.organ == organ
        for item in catalogue.items
        if item.from_request and item.from_request.since.year == year
    ]
    more = f"由依申请公开转为主动公开{len(opened)}项：{'、'.join(opened)}。" if opened else ""
    yield f"（二）依申请公开。{more}{BLANK}"
    yield f"（三）政府信息管理。{BLANK}"
    yield f"（四）政府信息公开平台建设。{BLANK}"
    yield f"（五）监督保障。{BLANK}"
    for plan in plans:
        yield fulfilment(plan, column.as_of)
        for task in plan.tasks:
            for found in task.measured:
                total = f"{found.total}{found.target.unit}" if found.total is not None else "尚未公布"
                yield f"第{task.number}项要求{found.target.words}；各单位公布的合计：{total}。"


def _problems(plans: Sequence[Plan]) -> Iterator[str]:
    for plan in plans:
        yield from late(plan)
    yield f"存在的主要问题：{BLANK}"
    yield f"改进情况：{BLANK}"


def published(column: SiteData, organ: str, year: int) -> Grid:
    """The table of part 2: what art. 20 (1), (5), (6) and (8) ask for."""
    normative = [
        document
        for document in column.index.documents.values()
        if document.organ == organ and (document.normative or document.genre is Genre.NORMATIVE)
    ]
    made, ended, holding = normative_counts(normative, year)
    rows: list[tuple[str, ...]] = [
        ("第二十条第（一）项",),
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", BLANK, BLANK, BLANK),
        ("行政规范性文件", made, ended, holding),
        ("第二十条第（五）项",),
        ("信息内容", "本年处理决定数量"),
        ("行政许可", BLANK),
        ("第二十条第（六）项",),
        ("信息内容", "本年处理决定数量"),
        ("行政处罚", BLANK),
        ("行政强制", BLANK),
        ("第二十条第（八）项",),
        ("信息内容", "本年收费金额（单位：万元）"),
        ("行政事业性收费", BLANK),
    ]
    cells = [
        Cell(row, at, text, right=3 - at if at == len(texts) - 1 else 0)
        for row, texts in enumerate(rows)
        for at, text in enumerate(texts)
    ]
    return Grid("主动公开", (36, 18, 18, 18), tuple(cells))


def normative_counts(documents: Sequence[Document], year: int) -> tuple[str, str, str]:
    """How many were made and repealed in a year, and hold at its end; blank where the documents do not say it."""
    if not documents:
        return BLANK, BLANK, BLANK
    end = date(year, 12, 31)
    made = [document.date_signed for document in documents]
    unclear = [document for document in documents if document.ended and document.date_abolished is None]
    signed = BLANK if None in made else str(sum(day.year == year for day in made if day))
    ended = sum(bool(known.date_abolished and known.date_abolished.year == year) for known in documents)
    repealed = BLANK if unclear else str(ended)
    if unclear or None in made or any(known.validity is None for known in documents):
        return signed, repealed, BLANK
    return signed, repealed, str(sum(_holds(known, end) for known in documents))


def _holds(document: Document, day: date) -> bool:
    signed = document.date_signed is not None and document.date_signed <= day
    gone = document.date_abolished is not None and document.date_abolished <= day
    begun = document.validity is not Validity.NOT_YET or (document.date_effective or date.max) <= day
    return signed and begun and not gone and not (document.valid_until and document.valid_until < day)


def applications() -> Grid:
    """The table of part 3: the column knows nothing of applications."""
    cells = [
        Cell(0, 0, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", right=2, below=2),
        Cell(0, 3, "申请人情况", right=6),
        Cell(1, 3, "自然人", below=1),
        Cell(1, 4, "法人或其他组织", right=4),
        Cell(1, 9, "总计", below=1),
        *(Cell(2, 4 + at, name) for at, name in enumerate(_APPLICANTS[1:-1])),
    ]
    row = 3
    cells.append(Cell(row, 0, "一、本年新收政府信息公开申请数量", right=2))
    cells.append(Cell(row + 1, 0, "二、上年结转政府信息公开申请数量", right=2))
    first = row = row + 2
    for name, details in _RESULTS:
        cells.append(Cell(row, 1, name, right=0 if details else 1, below=max(len(details), 1) - 1))
        cells += [Cell(row + at, 2, text) for at, text in enumerate(details)]
        row += max(len(details), 1)
    cells.append(Cell(first, 0, "三、本年度办理结果", below=row - first - 1))
    cells.append(Cell(row, 0, "四、结转下年度继续办理", right=2))
    cells += [Cell(line, 3 + at, BLANK) for line in range(3, row + 1) for at in range(len(_APPLICANTS))]
    return Grid("依申请公开", (16, 22, 40, *(11 for _ in _APPLICANTS)), tuple(cells))


def disputes() -> Grid:
    """The table of part 4: reviews and lawsuits."""
    count = len(_OUTCOMES)
    heads = [
        Cell(0, 0, "行政复议", right=count - 1, below=1),
        Cell(0, count, "行政诉讼", right=2 * count - 1),
        Cell(1, count, "未经复议直接起诉", right=count - 1),
        Cell(1, 2 * count, "复议后起诉", right=count - 1),
    ]
    names = [Cell(2, at, _OUTCOMES[at % count]) for at in range(3 * count)]
    return Grid(
        "复议诉讼",
        (10,) * (3 * count),
        (*heads, *names, *(Cell(3, at, BLANK) for at in range(3 * count))),
    )
