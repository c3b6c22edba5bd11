"""One official document (公文) of the input: its elements found, and what it carries left for the recognisers.

A gazette holds several. Each begins with a letterhead or a title 关于…的通知; what stands between head and signature is
the text of the notice, what follows is what it issues (the plan, the lists, the tables), then the colophon (版记).
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.importing.blocks import Block, LeftOut, Paragraph
from gongkai.importing.recognise.boxes import made_by, read_field
from gongkai.importing.recognise.notice import Notice
from gongkai.importing.recognise.signatures import colophon, signature, signature_at, unsigned
from gongkai.importing.recognise.titles import issued, payload_title, plain_title, title_length
from gongkai.text import dates, docnumber, phrases
from gongkai.text.blanks import squeeze
from gongkai.text.markers import list_item, marker
from gongkai.text.patterns import anywhere, whole

_COLON = anywhere("[：:]")

_LONGEST_TITLE = 130
_LONGEST_ADDRESSEES = 200
_SHORT = 60
_PAGE_HEAD = 15
_PUBLISHED = whole(
    rf"(?:{phrases.DAY_LABEL.pattern}\s*[:：]\s*|(?:[^\s\d:：]{{2,16}}\s+){{0,3}}(?=[^\s]{{8,11}}\s*\d{{1,2}}:\d\d))"
    r"(?P<day>\d[\d年月日号./:\s-]{5,20})(?:\s[^\s\d]{2,6})?"
)
"""A day with its label, or what an account prints above its text: its name, day and time."""
_EXPLAINS = whole(r"\s*(?:注|备注|说明|填[表报]说明)\s*(?:\d+\s*)?[:：]")
_CLOSING = whole(r"特此(?:通告|公告|通知|公布|公示|函告|通报|函复)[。！]?")
_FEW = 4
"""Paragraphs with which a mail passes on a notice, at most."""
_ABOVE = "标题上面的文字，不属于文件"
_SERIAL = whole(r"(?:(?:19|20)\d\d年)?第\d{1,4}号")


def split_notices(blocks: Sequence[Block]) -> list[list[Block]]:
    """Cut the input where a new document begins, that is at each title 关于…的通知 after the first document's text."""
    starts = [0]
    seen_title = seen_text = False
    at = 0
    while at < len(blocks):
        length = title_length(blocks, at)
        if length:
            first = _head_start(blocks, at)
            if seen_title and seen_text and first > starts[-1]:
                starts.append(first)
            seen_title, seen_text = True, False
            at += length
            continue
        block = blocks[at]
        seen_text = seen_text or not isinstance(block, Paragraph) or len(block.text) > _SHORT
        at += 1
    return [list(blocks[start:end]) for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]


def _head_start(blocks: Sequence[Block], at: int) -> int:
    """The document begins with the letterhead and number that stand right before its title."""
    while at > 0:
        before = blocks[at - 1]
        if not isinstance(before, Paragraph):
            return at
        plain = squeeze(before.text)
        if not (phrases.LETTERHEAD.fullmatch(plain) or docnumber.DOC_NUMBER.fullmatch(plain)):
            return at
        at -= 1
    return at


def read_notice(blocks: Sequence[Block]) -> Notice:
    """Find the elements of one document."""
    notice = Notice()
    rest = _from_title(notice, colophon(notice, _noise(notice, blocks)))
    rest = _head(notice, _without_page_title(notice, rest))
    if notice.title is None and phrases.is_notice_title(notice.title_above or ""):
        notice.title = notice.title_above
        above = [item for item in notice.left_out if squeeze(item.text).endswith(notice.title or "")]
        notice.left_out = [item for item in notice.left_out if item not in above]
        notice.printed += [item.text for item in above]
        rest = _head(notice, rest)
    at = signature_at(rest)
    if at is None:
        before, after = _at_annex(rest, issued(notice.title or ""))
        before = unsigned(notice, before, whole=not after)
    else:
        before, after = rest[:at], signature(notice, rest[at:])
    before = _annex_lines(notice, before)
    after = _annex_lines(notice, after)
    notice.payload = after
    split = _body_end(before) if not after else len(before)
    behind = _behind_tables(before, split) if notice.signature and not after else len(before)
    notice.body = [each for each in (*before[:split], *before[behind:]) if isinstance(each, Paragraph)]
    notice.payload = [*before[split:behind], *[b for b in before[:split] if not isinstance(b, Paragraph)], *after]
    return notice


def _noise(notice: Notice, blocks: Sequence[Block]) -> list[Block]:
    """Take out running heads and the buttons of web pages; read the catalogue fields (索引号 …) of web pages."""
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            kept.append(block)
            continue
        plain = block.text.strip()
        published = _PUBLISHED.fullmatch(plain) if at < _PAGE_HEAD else None
        meta = phrases.META.fullmatch(plain) if len(plain) <= _LONGEST_TITLE else None
        if phrases.GAZETTE_HEAD.fullmatch(plain):
            notice.left_out.append(LeftOut(plain, "页眉或公报刊头", block.line))
        elif len(plain) <= _LONGEST_TITLE and phrases.is_web_noise(plain):
            notice.left_out.append(LeftOut(plain, "网页上的按钮或导航", block.line))
        elif phrases.INDEX_NUMBER.fullmatch(plain):
            notice.index_number = plain
        elif phrases.REGISTERED.fullmatch(plain):
            notice.registered = plain
        elif at < _PAGE_HEAD and made_by(notice, plain):
            notice.printed.append(plain)
        elif published and (day := dates.parse_date(published["day"])):
            notice.date_published = notice.date_published or day
            notice.printed.append(plain)
        elif meta:
            read_field(notice, meta["label"], meta["value"].strip(), block)
        else:
            kept.append(block)
    return kept


def _from_title(notice: Notice, blocks: list[Block]) -> list[Block]:
    """Short lines above the first notice title are the page's, unless they belong to a head."""
    at = next((at for at in range(min(len(blocks), _PAGE_HEAD)) if title_length(blocks, at)), 0)
    above = [each for each in blocks[:at] if isinstance(each, Paragraph)]
    sent = at + title_length(blocks, at) if at else 0
    passed_on = 0 < len(above) <= _FEW and _opens(blocks[sent : sent + 1])
    if len(above) < at or (not passed_on and any(_is_text(block) for block in above)):
        return blocks
    kept = [block for block in above if _of_head(block)]
    notice.left_out += [LeftOut(block.text, _ABOVE, block.line) for block in above if block not in kept]
    return [*kept, *blocks[at:]]


def _is_text(block: Paragraph) -> bool:
    return "。" in block.text or len(block.text) > _SHORT or marker(block.text) is not None


def _opens(blocks: Sequence[Block]) -> bool:
    """Whether a number or addressees follow: what stands above a title that has a head of its own passes it on."""
    text = blocks[0].text if blocks and isinstance(blocks[0], Paragraph) else ""
    return _is_addressees(text) or docnumber.DOC_NUMBER.fullmatch(squeeze(text)) is not None


def _of_head(block: Paragraph) -> bool:
    """Whether a line above a title may belong to the document: a letterhead, a number, an organ, another title."""
    plain = squeeze(block.text)
    other = phrases.LETTERHEAD.fullmatch(plain) or docnumber.doc_number(plain) or _SERIAL.fullmatch(plain)
    return bool(other) or phrases.is_organ(plain) or bool(payload_title([block], 0)) or plain.startswith("附件")


def _without_page_title(notice: Notice, blocks: list[Block]) -> list[Block]:
    """Web pages print the title twice, once above their buttons: the first one is left out."""
    for at in range(min(len(blocks), _PAGE_HEAD)):
        length = title_length(blocks, at) or payload_title(blocks, at)
        if not length:
            continue
        title = plain_title(blocks[at : at + length])
        for after in range(at + length, min(len(blocks), at + length + _PAGE_HEAD)):
            more = title_length(blocks, after) or payload_title(blocks, after)
            if (
                more
                and len(title) > _SHORT // 4
                and plain_title(blocks[after : after + more]) in (title, title[-len(title) :])
            ):
                notice.left_out += [
                    LeftOut(b.text, "网页标题，与正文标题重复", b.line)
                    for b in blocks[at : at + length]
                    if isinstance(b, Paragraph)
                ]
                return [*blocks[:at], *blocks[at + length :]]
        return blocks
    return blocks


def _head(notice: Notice, blocks: list[Block]) -> list[Block]:
    """Letterhead, number, title and addressees, in the order of the print or of the web page."""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Paragraph):
            break
        plain = squeeze(block.text)
        number = docnumber.doc_number(block.text)
        length = 0 if notice.title else title_length(blocks, at)
        if not (notice.header or notice.title) and (
            phrases.LETTERHEAD.fullmatch(plain) or (not length and _heads_letter(blocks, at))
        ):
            notice.header = block.text.strip()
        elif number and len(plain) <= len(squeeze(number[1])) + 6:
            notice.doc_number = notice.doc_number or number[0]
            notice.printed.append(block.text)
        elif _SERIAL.fullmatch(plain) and notice.doc_number is None:
            notice.left_out.append(LeftOut(block.text, "这个编号不是发文字号的写法，没有写入 doc_number", block.line))
        elif length:
            texts = [part.text.strip() for part in blocks[at : at + length] if isinstance(part, Paragraph)]
            notice.title = squeeze("".join(texts))
            _number_in_title(notice)
            at += length - 1
        elif (notice.title or at == 0) and notice.addressees is None and _is_addressees(block.text):
            notice.addressees = block.text.strip()
            at += 1
            break
        else:
            break
        at += 1
    return blocks[at:]


def _heads_letter(blocks: Sequence[Block], at: int) -> bool:
    """Whether an organ's name stands alone above a number and a title, as letters (函) have it at their head."""
    organ, number = ([each.text for each in blocks[at : at + 2] if isinstance(each, Paragraph)] + ["", ""])[:2]
    numbered = docnumber.DOC_NUMBER.fullmatch(squeeze(number)) is not None
    return numbered and phrases.is_organ(squeeze(organ)) and title_length(blocks, at + 2) > 0


def _number_in_title(notice: Notice) -> None:
    """Some sites repeat the number in the title: 【花府办〔2022〕6号】."""
    number = docnumber.doc_number(notice.title or "")
    if number and notice.doc_number is None:
        notice.doc_number = number[0]
    if notice.title and notice.title.endswith("】"):
        notice.printed.append(notice.title)
        notice.title = notice.title[: notice.title.index("【")]


def _is_addressees(text: str) -> bool:
    plain = text.strip()
    return (
        plain.endswith(("：", ":"))
        and len(plain) <= _LONGEST_ADDRESSEES
        and "。" not in plain
        and not plain.startswith(("为", "根据", "按照", "现", "一、"))
        and ("各" in plain or "区" in plain or "、" in plain or "，" in plain or "政府" in plain)
    )


def _annex_lines(notice: Notice, blocks: Sequence[Block]) -> list[Block]:
    """Take out the statement of annexes (附件说明) and the annex marks; both stand before or after the signature."""
    kept: list[Block] = []
    listing = False
    for at, block in enumerate(blocks):
        text = block.text.strip() if isinstance(block, Paragraph) else ""
        number = marker(text) or list_item(text)
        follows = isinstance(blocks[at + 1], Paragraph) if at + 1 < len(blocks) else False
        if text and phrases.ANNEX_MARK.fullmatch(text):
            notice.printed.append(text)
            listing = text.endswith(("：", ":")) and follows and _numbered(getattr(blocks[at + 1], "text", ""))
        elif text and phrases.ANNEX_LINE.fullmatch(text):
            notice.annexes.append(text)
            listing = _numbered(_COLON.split(text, maxsplit=1)[-1])
        elif listing and number and number.rank == 3 and len(text) <= _SHORT:  # noqa: PLR2004  rank of 1.
            notice.annexes.append(text)
        else:
            listing = False
            kept.append(block)
    return kept


def _behind_tables(blocks: Sequence[Block], start: int) -> int:
    """Where the text of a notice goes on behind the last table that it carries, before its signature."""
    at = len(blocks)
    while at > start and isinstance(block := blocks[at - 1], Paragraph) and _goes_on(block):
        at -= 1
    return at if at > start and not isinstance(blocks[at - 1], Paragraph) else len(blocks)


def _goes_on(block: Paragraph) -> bool:
    return block.text.rstrip().endswith("。") and not marker(block.text) and not _EXPLAINS.match(block.text)


def closed(notice: Notice) -> Notice:
    """A notice that carries a list: 特此通告。 behind the list is the end of the notice's own text."""
    last = notice.payload[-1] if notice.payload else None
    if isinstance(last, Paragraph) and _CLOSING.fullmatch(squeeze(last.text)):
        notice.body.append(last)
        del notice.payload[-1]
    return notice


def _numbered(text: str) -> bool:
    return (marker(text) or list_item(text)) is not None


def _at_annex(blocks: list[Block], name: str | None) -> tuple[list[Block], list[Block]]:
    """Without a signature the text ends at the first title of something issued, or at once."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and payload_title(blocks, at, name):
            return blocks[:at], blocks[at:]
    return (blocks, []) if blocks else ([], [])


def _body_end(blocks: Sequence[Block]) -> int:
    """In a notice that carries its list itself (现公布如下：一、…), the text ends at the first number."""
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or marker(block.text) or payload_title(blocks, at):
            return at
    return len(blocks)
