"""Text normalisation and tokens: the contract between the index and the browser.

``overrides/assets/search/normalize.js`` is the twin of this module; ``tests/search/token-cases.json`` holds them
together. An element is one Han character or one run of ASCII letters and digits; a token is a pair of adjacent
elements, and every run by itself. Quotation and book marks are transparent (“十四五”规划 = 十四五规划), other
punctuation separates.
"""

from __future__ import annotations

import unicodedata
from operator import add

from gongkai.text.patterns import anywhere

_TRANSPARENT = anywhere("[“”‘’「」『』《》〈〉\"'`〝〞·\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_ZERO = anywhere("[○◯]")
HAN = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
"""Han characters, as the inside of a character class: those of planes 2 and 3, too, and 〇."""
_SPACE = r"[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"  # \s differs between Python and browsers
_HAN_SPACE = anywhere(rf"([{HAN}，。、；：（）〔〕]){_SPACE}+(?=[{HAN}，。、；：（）〔〕0-9])")
_DIGIT_SPACE = anywhere(rf"([0-9]){_SPACE}+(?=[{HAN}])")
_YEAR = anywhere("[〇零一二三四五六七八九]{4}(?=年)")
_ORDINAL = anywhere(r"(?<!第)第+(?=[0-9])")
_ELEMENT = anywhere(rf"[{HAN}]|[a-z0-9]+")
_RUN = anywhere(rf"[{HAN}a-z0-9]+")
_HAN_RUN = anywhere(rf"[{HAN}]+")
_LONGEST_CODE = 12
_DOC_NUMBER = anywhere(
    rf"([{HAN}]{{2,{_LONGEST_CODE}}})[\[(〔【]{_SPACE}*((?:19|20)[0-9]{{2}}){_SPACE}*[\])〕】]{_SPACE}*([0-9]{{1,4}}){_SPACE}*号"
)
_DOC_YEAR = anywhere(rf"[\[(〔【]{_SPACE}*(?:19|20)[0-9]{{2}}")
_PLAIN = anywhere("[\u4e00-\u5e73\u5e75-\u9fa5]+")
"""Han characters that are what they are in every spelling; 年 may follow a year in words."""
_WIDE = tuple(zip("，：；（）！？％", ",:;()!?%", strict=True))
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}


def fold(text: str) -> str:
    """Full-width, case, quotation marks, 二○二一年 and 第713号: spellings that mean the same become the same."""
    for wide, plain in _WIDE:  # as NFKC does, which takes ten times as long over a text that has any of them
        text = text.replace(wide, plain)
    plain = _TRANSPARENT.sub("", unicodedata.normalize("NFKC", text).lower())
    plain = _ZERO.sub("〇", plain)
    plain = _YEAR.sub(lambda match: "".join(_DIGITS[char] for char in match.group()), plain)
    return _ORDINAL.sub("", plain)


def normalize(text: str) -> str:
    """:func:`fold`, without the white space that only layout put between Han characters and digits."""
    if _PLAIN.fullmatch(text):
        return text
    return _DIGIT_SPACE.sub(r"\1", _HAN_SPACE.sub(r"\1", fold(text)))


def tokens(normalized: str) -> list[str]:
    """Pairs of adjacent elements, and every run of letters and digits, in order, with repeats."""
    found: list[str] = []
    for run in _RUN.findall(normalized):
        if _HAN_RUN.fullmatch(run):
            found += map(add, run, run[1:])
            continue
        previous = ""
        for element in _ELEMENT.findall(run):
            if element.isascii():
                found.append(element)
            if previous:
                found.append(previous + element)
            previous = element
    return found


class _Dotted(dict[str, str]):
    """``.氢`` by its character, made once: a column has few characters and millions of places."""

    def __missing__(self, char: str) -> str:
        return self.setdefault(char, f".{char}")


_DOTTED = _Dotted()


def single_characters(normalized: str) -> list[str]:
    """``.氢`` for every Han character: kept apart from pairs, so that they cost nothing unless somebody types one."""
    return list(map(_DOTTED.__getitem__, "".join(_HAN_RUN.findall(normalized))))


def document_numbers(normalized: str) -> list[str]:
    """``#示政办发2021-3`` for every document number (发文字号), with every suffix of its code, and ``#2021-3``."""
    found: list[str] = []
    if not _DOC_YEAR.search(normalized):  # most texts name no document, and looking for a year alone costs nothing
        return found
    for match in _DOC_NUMBER.finditer(normalized):
        code, year, number = match[1], match[2], str(int(match[3]))
        found.append(f"#{year}-{number}")
        found += [f"#{code[-length:]}{year}-{number}" for length in range(1, len(code) + 1)]
    return found


def query_tokens(text: str) -> list[str]:
    """Tokens of something a reader typed; a lone Han character asks for its own token."""
    normalized = normalize(text)
    found = list(dict.fromkeys(tokens(normalized)))
    return found or list(dict.fromkeys(single_characters(normalized)))
