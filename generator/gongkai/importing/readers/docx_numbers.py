"""Automatic numbers of Word paragraphs (一、 （一） 1.), which are not in the text but in the numbering part."""

from __future__ import annotations

from typing import Any, Final

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
_LEVELS = 9


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counters: dict[str, list[int]] = {}
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
            levels: dict[int, tuple[str, str, int]] = {}
            for level in abstract.findall(f"{_W}lvl"):
                index = int(level.get(f"{_W}ilvl") or 0)
                levels[index] = (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(_value(level, "start", "1") or 1),
                )
            self.levels[abstract.get(f"{_W}abstractNumId")] = levels
        for number in root.findall(f"{_W}num"):
            self.abstract_of[number.get(f"{_W}numId")] = _value(number, "abstractNumId", "")

    def _read_styles(self, document: Any) -> None:
        for style in document.styles.element.findall(f"{_W}style"):
            properties = style.find(f"{_W}pPr/{_W}numPr")
            if properties is not None:
                level = _value(properties, "ilvl", "0")
                self.style_numbers[style.get(f"{_W}styleId")] = (_value(properties, "numId", ""), int(level or 0))

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
        counters[index] = counters[index] + 1 if counters[index] else levels[index][2]
        counters[index + 1 :] = [0] * (_LEVELS - index - 1)
        label = levels[index][1]
        for at in range(_LEVELS):
            if f"%{at + 1}" in label:
                shown = levels.get(at, ("decimal", "", 1))
                label = label.replace(f"%{at + 1}", _spelled(counters[at] or shown[2], shown[0]))
        return label if any(char.isalnum() for char in label) else ""

    def _of(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            number = _value(properties, "numId", "")
            return None if number in ("", "0") else (number, int(_value(properties, "ilvl", "0") or 0))
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self.style_numbers.get(style.get(f"{_W}val")) if style is not None else None


def _value(parent: Any, name: str, default: str) -> str:
    element = parent.find(f"{_W}{name}")
    return default if element is None else element.get(f"{_W}val") or default


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
