"""What text recognition (OCR) usually reads wrongly: a proposal for each place, never another word in the draft.

Only what can hardly be meant is named: a letter inside a number, 己经 for 已经, 3月5口. Whether the paper prints it so,
nobody but the clerk can see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from gongkai.importing.blocks import Piece
from gongkai.text.patterns import Match, Pattern, anywhere

_LETTERS = str.maketrans("OoＯIl｜|", "0001111")
_SIMILAR = str.maketrans(
    {"己": "已", "已": "己", "未": "末", "末": "未", "人": "入", "口": "日", "曰": "日", "—": "一"}
)
_AROUND = 6
"""Characters shown on each side."""
_SPLIT = "部 门|单 位|责 任|公 开|完 成|政 府|办 公|工 作|信 息|建 设|管 理|服 务|落 实|配 合"


class Misread(NamedTuple):
    """A place where another character is probably meant: as printed, and as proposed, each among its neighbours."""

    line: int
    printed: str
    proposed: str


def _number(found: Match[str]) -> str:
    return found[0].translate(_LETTERS)


def _similar(found: Match[str]) -> str:
    return found[0].translate(_SIMILAR)


def _joined(found: Match[str]) -> str:
    return found[0].replace(" ", "")


_NUMBER = anywhere(
    r"(?<![A-Za-z0-9])(?:\d{1,4}[OoＯIl｜|]{1,3}\d{0,4}|[OoＯIl｜|]{1,3}\d{1,4})"
    r"(?=年|月|日|号|〕|％|%|万|亿|元|个|项|条|次|人|公里|亩|户|处|座)"
)
_ALREADY = anywhere(
    r"(?<![自知克律利异体])己(?=经|于\d|印发|建成|公布|批准|列入|纳入|实现|出台|审议|届满)|(?<=[自知])已(?!经|成|是|被|有)"
)
_END = anywhere(
    r"(?<=[年月季周期])未(?=[前底，。；、）)])|(?<![年月季周期旬世])末(?=经|能|按照?规定|达到|履行|取得|列入|及时)"
)
_ENTER = anywhere(r"(?<=[纳列])人(?!员|民|名)|(?<=投)人(?=资金|使用|运营|\d)|(?<=引)人(?=社会资本|第三方)")
_DAY = anywhere(r"(?<=月)\d{1,2}[口曰]")
_ONE = anywhere(r"(?<=第)—(?=[条章节项批次季])|^—(?=、)")
_SPACED = anywhere(rf"(?<=[\u4e00-\u9fff])(?:{_SPLIT})(?=[\u4e00-\u9fff，。；、])")
_WAYS: tuple[tuple[Pattern[str], Callable[[Match[str]], str]], ...] = (
    (_NUMBER, _number),
    *((pattern, _similar) for pattern in (_ALREADY, _END, _ENTER, _DAY, _ONE)),
    (_SPACED, _joined),
)


def misread(pieces: Iterable[Piece]) -> Iterator[Misread]:
    """Every such place, in the order of the paper."""
    for piece in pieces:
        for pattern, proposal in _WAYS:
            for found in pattern.finditer(piece.text):
                start, end = max(found.start() - _AROUND, 0), found.end() + _AROUND
                before, after = piece.text[start : found.start()], piece.text[found.end() : end]
                yield Misread(piece.line, f"{before}{found[0]}{after}", f"{before}{proposal(found)}{after}")
