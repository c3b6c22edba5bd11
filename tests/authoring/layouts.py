"""Random YAML as people and programs lay it out: every style, comments everywhere, odd line ends and blanks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

TEXTS = [
    "改成新的内容。",
    "带：冒号: 和 #号 的",
    "“引号”开头",
    '"放管服"改革',
    "多段一\n\n多段二",
    "- 开头",
    "@开头",
    "2022",
    "true",
    "项目信息 #1号楼",
    "  前后空格 ",
    "a: b",
    "是",
    "null",
    "2022-01-01",
    "一行\n二行",
    "*公开",
    "[方括号]",
    "{大括号",
    "'单引号'",
    "%百分号",
    "尾随冒号:",
    "，逗号, 英文",
    "\u3000\u3000全角空格开头",
    "tab\t里",
    "一行带换行\n",
    "  缩进的第一行\n第二行",
    "三段\n\n\n空两行\n",
    "结尾空行\n\n\n",
    "反斜杠\\和\"引号\"'混用'",
    "𠮷野家",
    "1.10",
    "012",
    "yes",
    "~",
    "? 问号",
    "! 叹号",
    "&amp;",
    "`反引号`",
    "a #b",
    "a# b",
    "#开头",
    "：中文冒号开头",
    "x" * 300,
    "字 " * 60,
    "行尾空格 \n下一行",
    "\t制表符开头",
    "---",
    "...",
    "key: |",
    "\n开头空行",
    "2021-02-30",
    "|",
    ">",
    "-",
    "",
    " ",
]
"""What a form may give: text that looks like something else, or does not survive on a line."""

_KEYS = [
    "title",
    "text",
    "units",
    "deadline",
    "editor_note",
    "rows",
    "items",
    "themes",
    "备注",
    "x",
    "y",
    "z",
    "n1",
    "n2",
]
_PLAIN = [
    "平常",
    "公开各类信息、有关工作",
    "7",
    "true",
    "null",
    "2021-06-17",
    "http://www.example.com/#a",
    "行\u2028分隔",
]
_LINES = ["一段。", "键: 值  # 不是注释", "- 条", "# 不是注释", "尾空格 "]
_SHORT = ["甲", "乙 丙", "'引, 号'", '"双: 引 # 号"', "7", "null", "[子, 项]", "{k: v}", "[]", "中、文，号"]


class Writer:
    """Writes one random file."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.comments = 0
        self.keep = False
        self.dense = self.rng.random() < 0.5

    def file(self) -> str:
        """A file that the loader accepts."""
        lines = [self._comment("") for _ in range(self.rng.randrange(3))]
        if self.rng.random() < 0.1:
            lines.append("---" + self._tail())
        lines += self._mapping("", 0)
        lines += self._between("")
        if self.rng.random() < 0.05 and not self.keep:
            lines.append("...")
        text = "\n".join(lines) + "\n"
        if self.rng.random() < 0.2:
            text = text.rstrip("\n")
        newline = self.rng.choice(["\n", "\n", "\n", "\r\n", "\r\n", "\r"])
        return self.rng.choice(["", "", "", "\ufeff"]) + text.replace("\n", newline)

    def value(self, depth: int = 0) -> Any:
        """A random value to set."""
        kind = self.rng.random()
        if depth > 1 or kind < 0.75:
            return self.rng.choice([*TEXTS, 7, -3, 0, True, False, None])
        if kind < 0.88:
            return [self.value(depth + 1) for _ in range(self.rng.randrange(3))]
        return {key: self.value(depth + 1) for key in self.rng.sample(_KEYS, self.rng.randrange(3))}

    def _comment(self, indent: str) -> str:
        self.comments += 1
        words = self.rng.choice(["待核", "见原文: 第3页", "键: 值", "“引号", "- 不是条目", "tab\t", "全角\u3000空格"])
        return f"{indent}#{self.rng.choice(['', ' ', '　'])}{words} {self.comments}"

    def _tail(self, *, tabs: bool = True) -> str:
        """What follows on a line; behind a bare colon or dash the parser takes no tab."""
        tail = self.rng.choice(["", "", "", "", " ", "\t"])
        if self.rng.random() < (0.4 if self.dense else 0.1):
            tail = self.rng.choice([" ", "  ", "\t", " \t "]) + self._comment("")
        return tail if tabs else tail.replace("\t", " ", 2) if tail.startswith(("\t", " \t")) else tail

    def _between(self, indent: str) -> list[str]:
        """Blank lines and comments between two entries."""
        found = []
        while self.rng.random() < (0.35 if self.dense else 0.1):
            deeper = self.rng.choice(["", "", "  "])
            made = self._comment(indent + deeper)
            found.append(self.rng.choice(["", "  ", made, made]))
        return [] if self.keep and any(not line.strip() for line in found) else found

    def _mapping(self, indent: str, depth: int) -> list[str]:
        lines: list[str] = []
        for key in self.rng.sample(_KEYS, self.rng.randrange(1, 5)):
            lines += self._between(indent) if lines else []
            self.keep = False
            lines += self._valued(f"{indent}{self._key(key)}:", indent, depth, list_indents=["", "  ", "    "])
        return lines

    def _key(self, key: str) -> str:
        return self.rng.choice([key] * 8 + [f"'{key}'", f'"{key}"'])

    def _list(self, indent: str, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.rng.randrange(1, 5)):
            lines += self._between(indent) if lines else []
            self.keep = False
            kind = self.rng.random()
            if depth < 3 and kind < 0.4:
                inner = indent + self.rng.choice(["  ", "  ", "    "])
                lines += self._dashed(indent, inner, self._mapping(inner, depth + 1))
            elif depth < 3 and kind < 0.5:
                inner = indent + "  "
                lines += self._dashed(indent, inner, self._list(inner, depth + 1))
            else:
                lines += self._valued(f"{indent}-", indent, 3, list_indents=["  "])
        return lines

    def _dashed(self, indent: str, inner: str, lines: list[str]) -> list[str]:
        """A collection behind a dash: on its line, or below it."""
        if self.rng.random() < 0.15:
            return [f"{indent}-{self._tail(tabs=False)}", *lines]
        return [f"{indent}-{' ' * (len(inner) - len(indent) - 1)}{lines[0].lstrip()}", *lines[1:]]

    def _valued(self, label: str, indent: str, depth: int, list_indents: list[str]) -> list[str]:
        kind = self.rng.random()
        if depth < 3 and kind < 0.15:
            inner = indent + self.rng.choice(["  ", "  ", "   ", "    "])
            return [label + self._tail(tabs=False), *self._between(inner), *self._mapping(inner, depth + 1)]
        if depth < 3 and kind < 0.35:
            inner = indent + self.rng.choice(list_indents)
            return [label + self._tail(tabs=False), *self._between(inner), *self._list(inner, depth + 1)]
        if kind < 0.45:
            return [label + self._tail(tabs=False)]
        if kind < 0.6:
            return [*self._flow(label, indent)]
        if kind < 0.78:
            return list(self._block(label, indent))
        return [*self._scalar(label, indent)]

    def _scalar(self, label: str, indent: str) -> Iterator[str]:
        text = self.rng.choice([text for text in TEXTS if "\n" not in text])
        kind = self.rng.random()
        if kind < 0.2:
            yield f"{label} '" + text.replace("'", "''") + "'" + self._tail()
        elif kind < 0.4:
            double = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
            yield f'{label} "{double}"' + self._tail()
        elif kind < 0.5:
            yield f"{label} 一段很长的文字"
            yield f"{indent}   分成两行"
            yield f"{indent}     三行写" + self._tail()
        elif kind < 0.6:
            yield f'{label} "引号里'
            yield f'{indent}    # 不是注释"' + self._tail()
        else:
            yield (
                f"{label} "
                + self.rng.choice(["平常", "公开各类信息、有关工作", "7", "true", "null", "2021-06-17"])
                + self._tail()
            )

    def _block(self, label: str, indent: str) -> Iterator[str]:
        style, chomp = self.rng.choice("||>"), self.rng.choice(["", "-", "-", "+"])
        digit = self.rng.choice(["", "", "", "2", "3"])
        inner = indent + (" " * int(digit) if digit else self.rng.choice(["  ", "  ", "    "]))
        yield f"{label} {style}{digit}{chomp}" + self._tail()
        lead = "  " if digit and self.rng.random() < 0.5 else ""
        for at in range(self.rng.randrange(1, 4)):
            yield (
                inner
                + lead * (at == 0)
                + self.rng.choice(["一段。", "键: 值  # 不是注释", "- 条", "# 不是注释", "尾空格 "])
            )
            if self.rng.random() < 0.3:
                yield ""
                yield inner + "空行以后"
        if self.rng.random() < 0.3:
            yield from [""] * self.rng.randrange(1, 3)
        self.keep = chomp == "+"

    def _flow(self, label: str, indent: str) -> Iterator[str]:
        opened, closed = self.rng.choice(["[]", "{}"])
        parts = [
            (f"{key}: " if opened == "{" else "") + self._flow_value()
            for key in self.rng.sample(_KEYS, self.rng.randrange(4))
        ]
        kind = self.rng.random()
        trailing = "," if parts and self.rng.random() < 0.2 else ""
        if kind < 0.6 or not parts:
            yield f"{label} {opened}" + self.rng.choice([", ", ","]).join(parts) + trailing + closed + self._tail()
        elif kind < 0.85:
            yield f"{label} {opened}" + self._tail()
            for at, part in enumerate(parts):
                comma = "," if at + 1 < len(parts) else trailing
                yield f"{indent}    {part}{comma}{self._tail()}"
            yield f"{indent}  {closed}{self._tail()}"
        else:
            yield f"{label} {opened}{parts[0]}" + ("," if len(parts) > 1 else trailing) + self._tail()
            if parts[1:]:
                yield f"{indent}    " + ", ".join(parts[1:]) + trailing
            yield f"{indent}    {closed}{self._tail()}"

    def _flow_value(self) -> str:
        return self.rng.choice(
            ["甲", "乙 丙", "'引, 号'", '"双: 引 # 号"', "7", "null", "[子, 项]", "{k: v}", "[]", "中、文，号"]
        )
