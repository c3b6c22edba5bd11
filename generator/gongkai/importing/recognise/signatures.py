"""The end of a document: signature (落款), date, remarks (附注) and colophon (版记)."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.importing.blocks import Block, LeftOut, Paragraph
from gongkai.importing.recognise.notice import Notice
from gongkai.text import dates, phrases
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import Match, whole

_SHORT, _LAST = 60, 4
_PRINTED = ("印发", "印发）", "印发)", "印制")
_BESIDE_PRINT = whole(
    r"(?:[\u4e00-\u9fff]{2,6}\s*[:：]\s*[^\s:：]{2,20}\s*){1,4}|[（(]?(?:共印|印数)[:：]?\s*\d+\s*份[）)]?"
)
"""主办：… 督办：…, 共印60份: what offices print in the colophon (版记) beside its line."""
_LABEL = whole(r"(?:解读|发布|制发|发文|起草|供稿|报送|公开)(?:单位|机关|机构|部门)\s*[:：]\s*")
"""What may stand before the name in a signature."""
_PERSON = whole(r"(?:代)?(?:省|市|区|县|州|旗|乡|镇)长[\s:：]*[\u4e00-\u9fff]{1,2}\s*[\u4e00-\u9fff]{1,2}")


_BODY = whole(
    r"[\u4e00-\u9fff（）\s]{3,30}(?:大队|支队|总队|中心|管理[处所站]|服务站|研究院|医院|联合会|工会|妇联|团委|馆|组|指挥部|专班|公司"
    r"|学校|中学|小学|支行|分行|供销社|督查室|研究室)"
)


def signature_at(blocks: Sequence[Block]) -> int | None:
    """Where the signature (落款) begins: one or more names of organs right before a date, or both on one line."""
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        if dates.is_date(block.text):
            first = at
            while first > 0 and _organ_line(blocks[first - 1]):
                first -= 1
            return first if first < at else _labelled_above(blocks, at)
        plain = squeeze(block.text)
        match = _date_in(plain)
        if match and match.end() == len(plain) and phrases.is_organ(plain[: match.start()]):
            return at
    return None


def _labelled_above(blocks: Sequence[Block], at: int) -> int:
    """A signature that says itself what it is may have remarks below it: 解读机关：… 解读人：… 联系电话：…"""
    first = at
    while (
        first > 0 and isinstance(above := blocks[first - 1], Paragraph) and phrases.NOTE.fullmatch(above.text.strip())
    ):
        first -= 1
    return first - 1 if 0 < first < at and _labelled(blocks[first - 1]) else at


def _date_in(text: str) -> Match[str] | None:
    """Where a date stands in a line without blanks; numbers with dots or dashes are told before these go."""
    return dates.find_date(squeeze(text)) or dates.find_date(text.strip())


def unsigned(notice: Notice, blocks: list[Block], *, whole: bool) -> list[Block]:
    """Without a date the signature and the remarks (附注) are what stands last before what is issued."""
    kept = list(blocks)
    if whole and not any(_labelled(block) for block in kept[-_LAST:]):
        return kept
    while kept and isinstance(last := kept[-1], Paragraph) and phrases.NOTE.fullmatch(last.text.strip()):
        kept.pop()
        notice.note = f"{last.text.strip()}\n{notice.note}" if notice.note else last.text.strip()
    if len(kept) > 1 and isinstance(last := kept[-1], Paragraph) and _organ_line(last):
        kept.pop()
        notice.signature = _unlabelled(last.text).strip()
        notice.printed.append(last.text)
    return kept


def _labelled(block: Block) -> bool:
    """A line that says itself that it is the signature: 解读单位：县住房和城乡建设局."""
    text = block.text.strip() if isinstance(block, Paragraph) else ""
    return _LABEL.match(text) is not None and _organ_line(block)


def _unlabelled(text: str) -> str:
    label = _LABEL.match(text.strip())
    return text.strip()[label.end() :] if label else text


def _organ_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and _signs(_unlabelled(block.text))


def _signs(text: str) -> bool:
    """Whether a line is the name of an organ or a part of one, or of the head of a government, who signs orders."""
    return phrases.is_organ(text) or any(kind.fullmatch(text.strip()) for kind in (_PERSON, _BODY))


def signature(notice: Notice, blocks: list[Block]) -> list[Block]:
    """Read signature, date and remarks (附注); returns what follows."""
    at = 0
    names: list[str] = []
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Paragraph):
            break
        text = block.text.strip()
        if notice.date_signed is None or not notice.signature:
            match = _date_in(text)
            label = _LABEL.match(text)
            notice.printed += [label.group()] if label else []
            text = text[label.end() :] if label else text
            if names and phrases.NOTE.fullmatch(text):
                notice.note = f"{notice.note}\n{text}" if notice.note else text
            elif _signs(text) and not dates.is_date(text) and not match:
                names.append(text)
            elif match:
                name = squeeze(match.string[: match.start()]).strip("（(")
                names += [name] if name else []
                notice.date_signed = dates.parse_date(match.group()) or notice.date_signed
                notice.printed.append(text)
                notice.signature = "\n".join(names) or notice.signature
                if not notice.signature:
                    notice.signature = ""
                at += 1
                break
            elif dates.is_date(text):
                notice.left_out.append(LeftOut(text, "落款日期没有印哪一天，请补上成文日期（date_signed）", block.line))
                notice.signature = "\n".join(names)
                at += 1
                break
            else:
                break
        at += 1
    notice.signature = notice.signature or None
    return _remarks(notice, blocks[at:])


def _remarks(notice: Notice, blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        text = block.text.strip() if isinstance(block, Paragraph) else ""
        if at < 4 and text and phrases.NOTE.fullmatch(text):  # noqa: PLR2004  remarks stand right under the date
            notice.note = f"{notice.note}\n{text}" if notice.note else text
        else:
            kept.append(block)
    return kept


def _is_printed_line(block: Block) -> bool:
    plain = squeeze(block.text) if isinstance(block, Paragraph) else ""
    return plain.endswith(_PRINTED) and _date_in(plain) is not None and len(plain) <= _SHORT


def _copies_go_on(blocks: Sequence[Block], at: int) -> bool:
    """A line between 抄送 and the line of the print that is nothing but names."""
    block, before = blocks[at], blocks[at - 1]
    names = isinstance(block, Paragraph) and "：" not in block.text and block.text.rstrip().endswith("。")
    copies = isinstance(before, Paragraph) and phrases.COPIES.fullmatch(before.text.strip())
    return names and bool(copies) and any(_is_printed_line(each) for each in blocks[at + 1 : at + 3])


def _beside_print(blocks: Sequence[Block], at: int) -> bool:
    """Whether the line of the print is right above or below."""
    return any(_is_printed_line(each) for each in (*blocks[max(at - 1, 0) : at], *blocks[at + 1 : at + 2]))


def colophon(notice: Notice, blocks: list[Block]) -> list[Block]:
    """Copies to (抄送), printed by, printed on: the colophon (版记) at the end."""
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        text = block.text.strip() if isinstance(block, Paragraph) else ""
        plain = squeeze(text)
        if text and phrases.COPIES.fullmatch(text):
            notice.copies = text
        elif text and notice.copies and blocks[at - 1 : at] and _copies_go_on(blocks, at):
            notice.copies = f"{notice.copies}\n{text}"
        elif text and _BESIDE_PRINT.fullmatch(text) and _beside_print(blocks, at):
            notice.left_out.append(LeftOut(text, "版记里的文字，草稿中没有对应的栏目", block.line))
        elif plain.endswith(_PRINTED) and _date_in(text) and len(plain) <= _SHORT:
            match = _date_in(text)
            name = squeeze(match.string[: match.start()]).strip("（(") if match else ""
            above = kept[-1] if kept else None
            if not name and _organ_line(above) if above is not None else False:
                name = kept.pop().text.strip()  # type: ignore[union-attr]
            notice.printed_by = name or None
            notice.printed_line = None if name else text
            notice.date_printed = dates.parse_date(match.group()) if match else None
            notice.printed.append(text)
        else:
            kept.append(block)
    return kept
