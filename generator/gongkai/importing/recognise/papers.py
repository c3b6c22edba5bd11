"""Documents that stand for themselves: rules, interpretations, notices of consultation.

Told by their titles, because that is how offices name them; dates by the fixed phrases of the last articles
(自…起施行，有效期至…).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from gongkai.importing.blocks import Block, Paragraph
from gongkai.importing.recognise.notice import Notice
from gongkai.importing.recognise.titles import title_length
from gongkai.kinds.participation.model import Channel, ParticipationKind
from gongkai.text import dates, docnumber, phrases
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker
from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import Pattern, anywhere, whole

_MARKS = anywhere("[。；：:]")

_HEAD = 12
_LONGEST_TITLE, _FEWEST = 60, 4
_ORDER = whole(r"[^，。；：]{2,30}(?:令|公告|通告)")
_SERIAL = whole(r"[（(]?(?:(?:19|20)\d\d年)?第\d{1,4}号[）)]?")
_KINDS = anywhere(
    r"(?:通知|公告|通告|公示|意见|决定|方案|办法|规划|预案|报告|答复|情况|目录|名单|公报|问答|说明|函)(?:[（(][^（）()]{1,16}[）)])?$"
)
_ARTICLE = whole(r"第[一1]\s*[章条]")
_RULES = anywhere(r"(办法|规定|细则|规则)(（[^（）]{1,20}）)?》?(的通知)?")
_EXPLAINS = anywhere(r"解读|《》.{0,12}问答|一图读懂|一图看懂|图解")
_NOT_EXPLAINING = anywhere(
    r"(?:通知|意见|方案|办法|规定|制度|要点|公告|通告|清单|目录|计划|情况|名单|安排|分解表)(?:[（(][^（）()]{1,16}[）)])?$"
)
_PASSED_ON = anywhere(r"印发|转发|贯彻|落实|学习|做好|加强|推进|规范|开展")
_ISSUES = anywhere(r"印发|公布|发布|修订|修改|施行")
_QUOTED = anywhere(r"《[^《》]*》")
_OCCASIONS: tuple[tuple[ParticipationKind, Pattern[str]], ...] = (
    (ParticipationKind.HEARING, anywhere(r"听证(会)?.{0,4}(公告|通告|通知)|(举行|召开).{2,40}听证会")),
    (ParticipationKind.TOPICS, anywhere(r"(征集|征求).{0,30}(议题|选题|决策事项)")),
    (ParticipationKind.CONSULTATION, anywhere(r"(征求|征集).{0,60}(意见|建议)")),
    (ParticipationKind.ATTENDANCE, anywhere(r"(列席|旁听).{0,20}会议?|公众代表.{0,10}(列席|旁听)")),
    (ParticipationKind.OPEN_DAY, anywhere(r"政府开放(日|周|月|活动)")),
)
_NOT_OCCASION = anywhere(r"采纳|反馈|结果|情况的?(公告|说明|公示|通报)")
_DAY = dates.DATE.pattern.replace("?P<year>", "").replace("?P<month>", "").replace("?P<day>", "")
_EFFECTIVE = anywhere(rf"自\s*(?P<day>{_DAY})\s*(?:起\s*)?(?:开始)?(?:施行|实施|执行|生效)")
AT_ONCE = anywhere(r"自(?:印发|发布|公布)之日起")
_UNTIL = anywhere(rf"有效期(?:限)?(?:截止)?[至到]\s*(?P<day>{_DAY})")
_YEARS = anywhere(r"有效期(?:限)?为?\s*(?P<years>[\d一二三四五六七八九十]{1,3})\s*年")
_REGISTERED = anywhere(r"[A-Z]{2,6}R-\d{4}-\d{7}")
_WINDOW = anywhere(
    rf"(?P<start>{_DAY})[^。；]{{0,8}}?(?:至|到|—+|–|-|~|～)\s*(?P<end>{_DAY}|(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日)"
)
_LAST = anywhere(rf"(?:(?:截止|截至|于)[^。；]{{0,8}}?|在(?=[^。；]{{0,24}}日之?前))(?P<end>{_DAY})(?:之?前)?")
_QUESTION = whole(
    r"(?P<mark>(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+\s*[.、．])?\s*"
    r"(?:(?:问题?|提问|Q)\s*(?:[\d一二三四五六七八九十]{1,3}\s*)?[:：])?)(?P<text>.{4,80}[？?])"
)
_ANSWER = whole(r"(?:回答|答复|解答|答|A)\s*(?:[\d一二三四五六七八九十]{1,3}\s*)?[:：]\s*")
_CHANNELS: tuple[tuple[Channel, Pattern[str]], ...] = (
    (Channel.SITE, anywhere(r"网站|网址|网上|在线|平台")),
    (Channel.LETTER, anywhere(r"信函|邮寄|来信|通[信讯]地址")),
    (Channel.EMAIL, anywhere(r"邮箱|邮件|[\w.]@[\w.]")),
    (Channel.PHONE, anywhere(r"电话|致电")),
    (Channel.TALK, anywhere(r"座谈")),
    (Channel.PLACE, anywhere(r"现场|当面")),
)
_CONTACT = anywhere(
    r"(联系|咨询|电话|邮箱|电子邮件|传真|地址|邮编|联系人|来信|来函|邮寄|信函)[^。]{0,20}[:：]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w|(?<!\d)0\d{2,3}[-—－]?\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)"
)


class Life(Struct, frozen=True):
    """When rules begin and stop to hold. ``counted`` says that the end follows from a number of years."""

    effective: date | None
    until: date | None
    counted: bool
    registered: str | None


def title_of(blocks: Sequence[Block]) -> str | None:
    """The title at the head of a document: a notice's, else the first short line that is nothing else."""
    if named := _proclaimed(blocks):
        return named
    line: str | None = None
    for at, block in enumerate(blocks[:_HEAD]):
        length = title_length(blocks, at)
        if length:
            return squeeze("".join(part.text for part in blocks[at : at + length] if isinstance(part, Paragraph)))
        if not isinstance(block, Paragraph):
            return line
        if line and _MARKS.search(block.text) and not phrases.META.fullmatch(block.text.strip()):
            return line
        if line is None and _is_title(block.text):
            line = squeeze(block.text)
            if _says_what(line):
                return line
    return line


def _says_what(title: str) -> bool:
    """Whether a title says what the document is; the words that a portal prints above a text do not."""
    return bool(phrases.PAYLOAD_WORD.search(title) or _KINDS.search(title)) or explains(title) or names_rules(title)


def order_of(blocks: Sequence[Block]) -> tuple[str, str] | None:
    """The first two lines of an order (令) or announcement (公告): who gives it, and its number; None of others."""
    lines = [block.text.strip() for block in blocks[:_HEAD] if isinstance(block, Paragraph)]
    pairs = pairwise(lines)
    heads = (each for each in pairs if _ORDER.fullmatch(squeeze(each[0])) and _SERIAL.fullmatch(squeeze(each[1])))
    return next(heads, None)


def _proclaimed(blocks: Sequence[Block]) -> str | None:
    """The title of the rules that an order or announcement puts into force: their first article follows."""
    texts = [squeeze(block.text) for block in blocks if isinstance(block, Paragraph)]
    pairs = pairwise(texts) if order_of(blocks) else ()
    return next((text for text, below in pairs if names_rules(text) and _ARTICLE.match(below)), None)


def _is_title(text: str) -> bool:
    plain = squeeze(text)
    ways = (phrases.LETTERHEAD, phrases.META, phrases.WEB_NOISE, phrases.INDEX_NUMBER, docnumber.DOC_NUMBER)
    other = any(way.fullmatch(plain) for way in ways) or dates.is_date(text) or phrases.is_organ(text)
    other = other or bool(phrases.REGISTERED.fullmatch(text.strip())) or bool(phrases.ANNEX_MARK.fullmatch(plain))
    return not other and _FEWEST <= len(plain) <= _LONGEST_TITLE and not _MARKS.search(plain)


def explains(title: str) -> bool:
    """Whether a title is an interpretation's: 《…》解读, 图解…; not that of a document about interpretations."""
    return bool(_EXPLAINS.search(_QUOTED.sub("《》", title))) and not _NOT_EXPLAINING.search(title)


def names_rules(title: str) -> bool:
    """Whether a title is that of rules: it ends with the word for them."""
    found = _RULES.search(title)
    if found is None or found.end() != len(title):
        return False
    return not title.endswith("通知") or bool(_ISSUES.search(title))


def is_paper(blocks: Sequence[Block]) -> bool:
    """Whether there is the head of an official document: a title as notices have it, or a number (发文字号)."""
    if any(title_length(blocks, at) for at in range(min(len(blocks), _HEAD))):
        return True
    texts = [block.text for block in paragraphs(blocks[:_HEAD])]
    return bool(title_of(blocks)) and any(docnumber.DOC_NUMBER.fullmatch(squeeze(text)) for text in texts)


def occasion_kind(title: str) -> ParticipationKind | None:
    """What people are invited to, from the title of the notice; what came of it is no invitation."""
    plain = _QUOTED.sub("《》", title)
    if _NOT_OCCASION.search(plain) or _PASSED_ON.search(plain):
        return None
    return next((kind for kind, pattern in _OCCASIONS if pattern.search(title)), None)


def paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs alone."""
    return [block for block in blocks if isinstance(block, Paragraph)]


def lines_of(notice: Notice) -> list[Paragraph]:
    """All paragraphs of a document in reading order, those below its signature included."""
    return [*notice.body, *paragraphs(notice.payload)]


def life(text: str, signed: date | None = None) -> Life:
    """The dates of the last article (附则) and the registered number (登记号).

    Years of what holds from the day on which it is issued are counted from the day of the signature.
    """
    plain = squeeze(text)
    start, end, years = _EFFECTIVE.search(plain), _UNTIL.search(plain), _YEARS.search(plain)
    effective = dates.parse_date(start["day"]) if start else None
    until = dates.parse_date(end["day"]) if end else None
    first = effective or (signed if AT_ONCE.search(plain) else None)
    counted = until is None and first is not None and years is not None
    if counted and first and years:
        number = int(years["years"]) if years["years"].isdigit() else parse_numeral(years["years"]) or 0
        until = _years_later(first, number) - timedelta(days=1)
    registered = _REGISTERED.search(plain)
    return Life(effective, until, counted, registered.group() if registered else None)


def _years_later(day: date, years: int) -> date:
    """The same day years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def window(text: str) -> tuple[date | None, date | None]:
    """First and last day on which people can take part, as the notice prints them."""
    plain = squeeze(text)
    found = _WINDOW.search(plain)
    if found:
        start = dates.parse_date(found["start"])
        end = dates.parse_date(found["end"])
        if end is None and start and found["month"]:
            end = dates.parse_date(f"{start.year}年{found['month']}月{found['day']}日")
        return start, end
    last = _LAST.search(plain)
    return None, dates.parse_date(last["end"]) if last else None


def channels(text: str) -> list[Channel]:
    """The ways to take part that the notice names."""
    return [channel for channel, pattern in _CHANNELS if pattern.search(text)]


def contacts(lines: Sequence[Paragraph]) -> list[str]:
    """The lines that say where to turn, verbatim."""
    return [line.text.strip().rstrip("；;") for line in lines if _CONTACT.search(line.text)]


def _rank_of_questions(lines: Sequence[Paragraph]) -> int | None:
    """The kind of number that questions have, where all that have one have the same."""
    asked = [marker(line.text) for line in lines if _QUESTION.fullmatch(line.text.strip())]
    ranks = {number.rank for number in asked if number}
    return ranks.pop() if len(ranks) == 1 and all(asked) and len(asked) > 1 else None


def _among_sections(lines: Sequence[Paragraph]) -> bool:
    """Whether sections go on behind questions without numbers: they belong to the section in which they stand."""
    asked = [at for at, line in enumerate(lines) if _QUESTION.fullmatch(line.text.strip())]
    ranks = [
        (at, number.rank) for at, line in enumerate(lines) if "。" not in line.text and (number := marker(line.text))
    ]
    above = {rank for at, rank in ranks if asked and at < asked[0]}
    return any(at > asked[0] and rank == min(above) for at, rank in ranks if above)


def questions(lines: Sequence[Paragraph]) -> tuple[list[Paragraph], list[tuple[str, str]], list[str]]:
    """What stands before the first question, questions with their answers, and the marks (问：、答：) left away."""
    before: list[Paragraph] = []
    found: list[tuple[str, list[str]]] = []
    marks: list[str] = []
    rank = _rank_of_questions(lines)
    if rank is None and _among_sections(lines):
        return list(lines), [], []
    for line in lines:
        asked = _QUESTION.fullmatch(line.text.strip())
        number = marker(line.text)
        heading = number is not None and rank is not None and len(line.text) <= _LONGEST_TITLE and "。" not in line.text
        if asked:
            found.append((asked["text"].strip(), []))
            marks.append(asked["mark"] or "")
        elif heading and number and number.rank == rank:
            found.append((number.rest.strip(), []))
            marks.append(number.printed)
        elif heading and number and rank and number.rank < rank:
            before.append(line)  # what the questions below it are about
        elif found:
            answer = _ANSWER.match(line.text.strip())
            marks.append(answer.group() if answer else "")
            found[-1][1].append(line.text.strip()[answer.end() if answer else 0 :])
        else:
            before.append(line)
    return before, [(question, "\n\n".join(answers)) for question, answers in found if answers], [m for m in marks if m]
