"""One authored file -> its shape, with all that is wrong in it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import ValidationError

from gongkai.column.attachment import Attachment
from gongkai.column.shapes import VOCABULARY_FILES, Shape
from gongkai.column.shapes.base import is_identifier
from gongkai.findings.finding import Finding, Severity
from gongkai.kinds.registry import KINDS
from gongkai.load.amendments import Amended, amendments
from gongkai.load.characters import ends_lines_elsewhere, unusable_characters
from gongkai.load.messages import Message, all_fields, shape_messages
from gongkai.load.placeholders import placeholders
from gongkai.load.syntax import SyntaxNote, conflicts, explain, slip_in
from gongkai.load.yaml_comments import cut_texts
from gongkai.load.yaml_positions import Path, locate, path_at, scalar_at, standing
from gongkai.load.yaml_values import ValueProblem, load_values
from gongkai.text.patterns import IGNORECASE, MULTILINE, anywhere
from gongkai.text.personal_data import private_data
from gongkai.text.place import line_and_column

_ENDS = anywhere("[；。]")

MAX_FILE_BYTES = 5_000_000


SHAPES: Mapping[str, type[Shape]] = {**{kind.name: kind.shape for kind in KINDS}, **VOCABULARY_FILES}
"""The shape of every kind of file, records first."""


def _labels() -> Iterator[tuple[str, str]]:
    """What each kind is called in Chinese: by readers, or in the first line of what its shape says of itself."""
    yield from ((kind.name, kind.label) for kind in KINDS)
    for name, shape in VOCABULARY_FILES.items():
        first = (shape.__doc__ or name).strip().splitlines()[0]
        yield name, _ENDS.split(first.rpartition("：")[2])[0]


KIND_LABELS = dict(_labels())


def holds_records(kind: str) -> bool:
    """True of the kinds of files that are published, not of vocabularies."""
    return kind not in VOCABULARY_FILES


class LoadedFile(Struct, frozen=True):
    """A well-shaped file: its path relative to the repository (with ``/``), its kind, the ids in it, its digest.

    ``values`` gives what stands in it, which is costly and seldom asked for; ``parsed`` gives it read anew. ``ids`` is
    the one id of a record, or all of a vocabulary; ``document`` names the file that carries a record's document, where
    that is another one. ``moved_from`` and ``attached`` (file and title) are as written; ``attachments`` are those that
    may be published, by name, and the digest covers them too. ``amended`` is what moved and was corrected in it.
    """

    path: str
    kind: str
    ids: tuple[str, ...]
    document: str | None
    digest: str
    values: Callable[[], Any]
    moved_from: tuple[str, ...] = ()
    attached: tuple[tuple[str, str], ...] = ()
    amended: tuple[Amended, ...] = ()
    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    parsed: Callable[[], Any] | None = None

    @property
    def shape(self) -> Shape:
        """What the editor wrote, made anew each time: all shapes together would fill the memory."""
        try:
            return SHAPES[self.kind].model_validate(self.values())
        except ValidationError:  # the file was well-shaped: what was kept of it is none of it
            if self.parsed is None:
                raise
            return SHAPES[self.kind].model_validate(self.parsed())


def load_bytes(name: str, content: bytes) -> tuple[LoadedFile | None, list[Finding]]:
    """One file: decoded, parsed, shaped. Returns None beside the findings when it cannot be used."""
    if len(content) > MAX_FILE_BYTES:
        return None, [too_large(name)]
    findings: list[Finding] = []
    if content.startswith(b"\xef\xbb\xbf"):
        hint = "请另存为“UTF-8（无 BOM）”"
        findings.append(Finding("YAML-13", Severity.WARNING, name, 1, 1, "文件开头有看不见的 BOM 标记", hint))
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [*findings, _not_utf8(name, content, error)]
    file, found = load_text(name, text)
    return file, findings + found


def load_text(name: str, text: str) -> tuple[LoadedFile | None, list[Finding]]:
    """The same for text that is already decoded."""
    if found := [_noted(name, note) for note in conflicts(text)]:
        return None, found
    characters = list(unusable_characters(name, text))
    if ends_lines_elsewhere(text):
        return None, characters
    try:
        value = load_values(text)
    except ValueProblem as problem:
        found = [failed(problem.code, name, problem.line, problem.column, problem.message, problem.hint)]
        return None, [*characters, *(_placed(each, text, problem.offset) for each in found)]
    except yaml.MarkedYAMLError as error:
        return None, [*characters, _noted(name, explain(text, error))]
    except yaml.reader.ReaderError:  # one of the characters that are told already
        return None, characters
    file, findings = _shape(name, text, value)
    swallowed = list(_swallowed(name, text))
    findings = swallowed + (findings if isinstance(value, dict) or not swallowed else [])
    characters += _unfinished(name, text)
    findings += [_placed(each, text, _offset(text, each)) for each in characters]
    return file, [*findings, *_cut(name, text), *_private(name, text), *placeholders(name, text)]


_SWALLOWED = anywhere(r"^ *(?:- )?([a-z_]+)(?:：|:(?=[^\s:/\\]))", MULTILINE)


def _swallowed(name: str, text: str) -> Iterator[Finding]:
    """Fields whose colon is none, so that YAML takes their line for the end of the text above."""
    for match in _SWALLOWED.finditer(text):
        if match[1] in _fields():
            number = text.count("\n", 0, match.start()) + 1
            line = text.split("\n")[number - 1]
            if note := slip_in(line, number):
                yield _noted(name, note)


@cache
def _fields() -> frozenset[str]:
    return all_fields(SHAPES.values())


def _unfinished(name: str, text: str) -> Iterator[Finding]:
    """A file that ends within a line: it may have been cut off while it was saved or copied."""
    if text and text[-1] not in "\r\n":
        last = text.rstrip().rpartition("\n")[2]
        words = f"文件末尾没有换行，最后一行是“{last.strip()[-20:]}”：可能没有存完"
        hint = "请核对末尾少没少内容；没有少的，在末尾加一个换行（gongkai fix 可以自动加）"
        yield Finding("YAML-19", Severity.WARNING, name, text.count("\n") + 1, 1, words, hint, True)


def _noted(name: str, note: SyntaxNote) -> Finding:
    """What is no YAML, as a finding."""
    found = failed(note.code, name, note.line, note.column, note.text, note.hint)
    return replace(found, instead=note.instead, fixable=note.instead is not None)


def _offset(text: str, finding: Finding) -> int:
    """The character that a finding points at."""
    start = 0
    for _ in range(finding.line - 1):
        start = text.index("\n", start) + 1
    return start + finding.column - 1


_KIND = anywhere(r"^(?:\ufeff)?kind[ \t]*[:：][ \t]*[\"']?([a-z_]+)", MULTILINE)


def kind_in(text: str) -> str | None:
    """The kind that a file says it is of, also where nothing else of it can be read; None when it is none of ours."""
    found = _KIND.search(text)
    return found[1] if found and found[1] in SHAPES else None


def _shape(name: str, text: str, value: object) -> tuple[LoadedFile | None, list[Finding]]:
    if value is None:
        hint = f"新文件请填写内容；原来有内容的，运行 git restore {name} 取回"
        return None, [failed("SHAPE-03", name, 1, 1, "文件是空的", hint)]
    if not isinstance(value, dict):
        hint = "文件最外层应当是“字段: 内容”，第一行写 kind: plan 等"
        return None, [failed("SHAPE-03", name, 1, 1, "文件不是一组字段", hint)]
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in SHAPES:
        return None, [_unknown_kind(name, text, value)]
    model = SHAPES[kind]
    try:
        shape = model.model_validate(value)
    except ValidationError as error:
        return None, _shape_findings(name, text, model, error)
    document = getattr(shape, "document", None)
    refers = document if isinstance(document, str) else None
    attached = tuple((item.file, item.title) for item in getattr(document, "attachments", ()))
    moved = tuple(getattr(shape, "moved_from", ()))
    amended = tuple(amendments(shape)) if "corrected" in text or "moved_from" in text else ()
    file = LoadedFile(name, kind, tuple(_ids(kind, shape)), refers, "", lambda: value, moved, attached, amended)
    return file, _name_findings(name, text, kind, shape)


def _unknown_kind(name: str, text: str, value: dict[str, Any]) -> Finding:
    kinds = "、".join(f"{each}（{label}）" for each, label in KIND_LABELS.items())
    if "kind" not in value:
        return failed_at(("kind",), text, "SHAPE-10", name, "缺少字段 kind（文件种类）", f"可以写：{kinds}")
    written = str(value["kind"])
    meant = [each for each, label in KIND_LABELS.items() if written in (label, f"{label}文件")]
    parts = [each for each, label in KIND_LABELS.items() if written[1:] and (written in label or label in written)]
    near = meant or parts or difflib.get_close_matches(written, SHAPES, n=1, cutoff=0.7)
    hint = f"请写 {'、'.join(near)}" if near else f"可以写：{kinds}"
    found = failed_at(("kind",), text, "SHAPE-10", name, f"不认识的文件种类 {written}", hint)
    line = line_with(text, (found.line, found.column), near[0]) if len(near) == 1 else None
    return replace(found, instead=line, fixable=line is not None)


def _shape_findings(name: str, text: str, model: type[Shape], error: ValidationError) -> list[Finding]:
    stem = PurePosixPath(name).stem
    return [
        _shape_finding(name, text, message) for message in shape_messages(model, error.errors(include_url=False), stem)
    ]


def _shape_finding(name: str, text: str, message: Message) -> Finding:
    found = failed_at(message.path, text, message.code, name, message.text, message.hint, key=message.at_key)
    if message.missing:
        return replace(found, fields=(message.missing,))
    line = None if message.instead is None else line_with(text, (found.line, found.column), message.instead)
    return replace(found, instead=line, fixable=line is not None)


def line_with(text: str, place: tuple[int, int], written: str) -> str | None:
    """The line of a scalar, value or key, with something else in its place; None where it takes several lines."""
    node = scalar_at(text, place)
    if node is None or node.start_mark.line != node.end_mark.line:
        return None
    line = text.split("\n")[node.start_mark.line]
    return line[: node.start_mark.column] + written + line[node.end_mark.column :]


def _name_findings(name: str, text: str, kind: str, shape: Shape) -> list[Finding]:
    stem = PurePosixPath(name).stem
    identifier = getattr(shape, "id", stem) if holds_records(kind) else stem
    if identifier == stem:
        return []
    hint = f"请把文件名改为 {identifier}.yml"
    if is_identifier(stem):
        hint += f"，或把 id 改为 {stem}（已发布的编号不要改）"
    if (original := _COPY.sub("", stem)) != stem and original == identifier:
        hint = f"这像是 {identifier}.yml 的副本：不要的请移出 plans/；要另建一份的，文件名和 id 都换成新的编号"
    return [failed_at(("id",), text, "SHAPE-11", name, f"编号 {identifier} 与文件名 {stem} 不同", hint)]


_COPY = anywhere(
    r"(?: {0,4}- {0,4}副本|副本| {0,4}\(\d{1,16}\)|（\d{1,16}）| {0,4}copy|[-_ ]?(?:旧|新|备份|bak|old|new)){1,6}$",
    IGNORECASE,
)
"""How Windows, WPS and people name a second file."""


def _ids(kind: str, shape: Shape) -> list[str]:
    if holds_records(kind):
        return [f"{getattr(shape, 'id', '')}"]
    entries = getattr(shape, kind, None) or []
    return [f"{kind}:{entry.id}" for entry in entries if hasattr(entry, "id")]


PROPOSED = "-proposed.yml"
"""How files of the vocabularies end that an import gathers entries in, until somebody has looked at them."""


def is_proposed(path: str) -> bool:
    """True of a file whose entries mean nothing before they are accepted."""
    return path.endswith(PROPOSED)


def too_large(name: str) -> Finding:
    """A file that is not even opened."""
    return failed("YAML-11", name, 1, 1, f"文件超过 {MAX_FILE_BYTES // 1_000_000} MB", "请拆成几个文件")


def _cut(name: str, text: str) -> list[Finding]:
    """Texts of which YAML takes the rest for a comment."""
    words = "“ #”后面的文字会被当作注释丢掉"
    return [
        failed("YAML-15", name, cut.line, cut.column, words, f"是正文请写成 {cut.written}；是注释请移到上一行")
        for cut in cut_texts(text)
    ]


def _private(name: str, text: str) -> list[Finding]:
    """Personal data anywhere in the file, comments too: what is in the repository is public."""
    hint = "请删去或以 * 代替后再提交；已经提交过的还要从历史记录中清除"
    findings = []
    for datum in private_data(text):
        line, column = line_and_column(text, datum.start)
        words = f"这里有{datum.kind}（{datum.masked}），不能公开"
        findings.append(_placed(failed("PRIV-01", name, line, column, words, hint), text, datum.start))
    return findings


def _placed(finding: Finding, text: str, offset: int) -> Finding:
    """A finding with the path of the value that a character belongs to."""
    path = path_at(text, offset)
    return replace(finding, path=path, fields=standing(text, path)[1] if path else ())


def decoded_as(content: bytes) -> tuple[str, str | None]:
    """The text of a file, and the encoding that it has instead of UTF-8.

    Raises:
        UnicodeDecodeError: when it is in none of those that people save by mistake.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16"), "Unicode（UTF-16）"
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError:
        return content.decode("gb18030"), "GBK"


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Finding:
    line = content.count(b"\n", 0, error.start) + 1
    try:
        _, encoding = decoded_as(content)
    except UnicodeDecodeError:
        hint = "请用记事本打开，另存为 UTF-8 编码，再对照原文核对乱码的地方"
        return failed("YAML-13", name, line, 1, "文件里有不是 UTF-8 的字符", hint)
    hint = "请用记事本打开，选“另存为”，编码选 UTF-8；或者运行 gongkai fix"
    shown = "GBK（ANSI）" if encoding == "GBK" else encoding
    return replace(failed("YAML-13", name, line, 1, f"文件是 {shown}编码，不是 UTF-8", hint), fixable=True)


def failed(code: str, name: str, line: int, column: int, message: str, hint: str | None) -> Finding:
    """What stops a file from being used."""
    return Finding(code, Severity.ERROR, name, line, column, message, hint)


def failed_at(
    path: Path, text: str, code: str, name: str, message: str, hint: str | None, *, key: bool = False
) -> Finding:
    """The same at a path of the file's text; where that does not exist, at the nearest place that does."""
    found, fields = standing(text, path)
    line, column = locate(text, path, key=key)
    return Finding(code, Severity.ERROR, name, line, column, message, hint, path=found, fields=fields)
