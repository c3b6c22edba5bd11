"""Automatic numbers of Word paragraphs (一、 （一） 1.), which are not in the text but in the numbering part."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from gongkai.text.numerals import numeral

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCounting",
    "chineseLegalSimplified",
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LEVELS, _MOST_DIGITS = 9, 6


class Level(NamedTuple):
    """A level of a list: how it spells numbers, what stands around them, the first, after which levels it begins again.

    ``restart`` counts those levels from the highest, so that 0 means never: 第五条 goes on behind 第二章.
    """

    form: str
    label: str
    start: int
    restart: int


_PLAIN = Level("decimal", "", 1, 0)


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.counters: dict[str, list[int]] = {}
        self.begins: dict[tuple[str, int], int] = {}
        self.abstract_of: dict[str, str] = {}
        self.style_numbers: dict[str, tuple[str, int]] = {}
        root = self._root(document)
        if root is not None:
            self._read(root)
        self._read_styles(document)

    @staticmethod
    def _root(document: Any) -> Any:
        try:
            return document.part.numbering_part.element
        except (NotImplementedError, KeyError, AttributeError):
            return None

    def _read(self, root: Any) -> None:
        for abstract in root.findall(f"{_W}abstractNum"):
            levels: dict[int, Level] = {}
            for level in abstract.findall(f"{_W}lvl"):
                index = _whole(level.get(f"{_W}ilvl"), 0)
                levels[index] = Level(
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    _whole(_value(level, "start", "1"), 1),
                    _whole(_value(level, "lvlRestart", str(index)), index),
                )
            self.levels[abstract.get(f"{_W}abstractNumId")] = levels
        for number in root.findall(f"{_W}num"):
            name = number.get(f"{_W}numId")
            self.abstract_of[name] = _value(number, "abstractNumId", "")
            for level in number.findall(f"{_W}lvlOverride"):
                start = _whole(_value(level, "startOverride", ""), 0)
                self.begins[name, _whole(level.get(f"{_W}ilvl"), 0)] = start

    def _read_styles(self, document: Any) -> None:
        for style in document.styles.element.findall(f"{_W}style"):
            properties = style.find(f"{_W}pPr/{_W}numPr")
            if properties is not None:
                level = _whole(_value(properties, "ilvl", "0"), 0)
                self.style_numbers[style.get(f"{_W}styleId")] = (_value(properties, "numId", ""), level)

    def label(self, paragraph: Any) -> str:
        """The number that Word prints before the paragraph, or nothing; counts on."""
        found = self._of(paragraph)
        if found is None:
            return ""
        number, index = found
        abstract = self.abstract_of.get(number, "")
        levels = self.levels.get(abstract)
        if not levels or index not in levels or not 0 <= index < _LEVELS:
            return ""
        counters = self.counters.setdefault(abstract, [0] * _LEVELS)
        begins = self.begins.pop((number, index), None)  # a list of its own, once: what follows goes on from there
        counters[index] = begins or (counters[index] + 1 if counters[index] else levels[index].start)
        for at in range(index + 1, _LEVELS):
            if at not in levels or index < levels[at].restart:
                counters[at] = 0
        label = levels[index].label
        for at in range(_LEVELS):
            if f"%{at + 1}" in label:
                shown = levels.get(at, _PLAIN)
                label = label.replace(f"%{at + 1}", _spelled(counters[at] or shown.start, shown.form))
        return label if any(char.isalnum() for char in label) else ""

    def _of(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            number = _value(properties, "numId", "")
            return None if number in ("", "0") else (number, _whole(_value(properties, "ilvl", "0"), 0))
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self.style_numbers.get(style.get(f"{_W}val")) if style is not None else None


def _value(parent: Any, name: str, default: str) -> str:
    element = parent.find(f"{_W}{name}")
    return default if element is None else element.get(f"{_W}val") or default


def _whole(text: str | None, otherwise: int) -> int:
    """A number of the file; a damaged one, or one that no office writes, costs only itself."""
    return int(text) if text and text.isdecimal() and len(text) <= _MOST_DIGITS else otherwise


def _spelled(number: int, form: str) -> str:
    if form in _CHINESE:
        return numeral(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if form in ("bullet", "none"):
        return ""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    return str(number)
