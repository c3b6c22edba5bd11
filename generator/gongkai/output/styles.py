"""A style sheet without what no page of the site can match, without comments and layout.

A theme styles everything that some site may show. Of Material's 137 KB a page of ours uses a tenth, and waits for all.
What is left looks exactly as before: rules go only whole, and only where nothing can have the names they ask for.
Grammar: CSS Syntax Level 3, Selectors Level 4 (W3C), as read by tinycss2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2
from msgspec import Struct

from gongkai.output.words import Words
from gongkai.text.patterns import anywhere, whole

_IN_BLOCKS = frozenset(("media", "supports", "layer", "container"))
"""Rules that hold other rules with selectors."""

_ANY_OF = frozenset(("is", "where", "has", "matches", "-webkit-any", "-moz-any"))
"""Selectors with selectors inside, one of which must match. What stands in ``:not()`` needs to match nothing."""

_EVERYWHERE = frozenset(("html", "head", "body", "tbody", "colgroup", "class", "for", "id", "style", "open"))
"""Elements and attributes that nobody need write: browsers add them, readers toggle them, or scripts call them
otherwise (``className``, ``htmlFor``)."""

_FIXED = frozenset(("dir", "role", "type"))
"""Attributes whose values HTML and ARIA fix, so that whoever gives one writes it out."""

_OLD_PSEUDOS = frozenset(
    (
        *("link", "visited", "hover", "active", "focus", "target", "root", "not", "lang", "empty", "checked"),
        *("disabled", "enabled", "before", "after", "first-letter", "first-line", "first-child", "last-child"),
        *("only-child", "nth-child", "nth-last-child", "first-of-type", "last-of-type", "only-of-type", "nth-of-type"),
    )
)
"""Understood by every browser (Selectors Level 3). One that is not makes a browser drop the whole rule it stands in, so
such a rule keeps all its selectors."""

_NAMED_RULES = whole(r"@(?:(?:-\w+-)?keyframes|property) (\S+)")
_REFERENCE = anywhere(r"[\w-]+")

Node = Any


class _Line(Struct, frozen=True):
    """One declaration, or a statement such as ``@import``."""

    name: str
    text: str


class _Block(Struct, frozen=True):
    """A selector or an at-rule with what it holds."""

    head: str
    inside: tuple[_Line | _Block, ...]


Part = _Line | _Block


def cut(sheet: str, words: Words, others: Sequence[str] = ()) -> str:
    """What of a style sheet can match something in pages made of ``words``; ``others`` are sheets loaded beside it."""
    nodes = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return _written(_used(tuple(_parts(nodes, words)), others))


def compact(sheet: str) -> str:
    """A style sheet with nothing taken from it but comments and layout."""
    nodes = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return _written(tuple(_parts(nodes, None)))


def _parts(nodes: Iterable[Node], words: Words | None) -> Iterator[Part]:
    for node in nodes:
        if node.type == "declaration":
            important = "!important" if node.important else ""
            yield _Line(node.name, f"{node.name}:{_text(node.value)}{important}")
        elif node.type == "qualified-rule":
            if head := _head(node.prelude, words):
                yield _Block(head, tuple(_parts(_content(node), words)))
        elif node.type == "at-rule":
            yield _at_rule(node, words)


def _at_rule(node: Node, words: Words | None) -> Part:
    head = f"@{node.at_keyword} {_text(node.prelude)}".rstrip()
    if node.content is None:
        return _Line("@", head)
    inner = words if node.lower_at_keyword in _IN_BLOCKS else None
    return _Block(head, tuple(_parts(_content(node), inner)))


def _content(node: Node) -> list[Node]:
    found: list[Node] = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    return found


def _head(prelude: Sequence[Node], words: Words | None) -> str:
    """The selectors that can match, as text; empty where none can."""
    selectors = _alternatives(prelude)
    left = [selector for selector in selectors if words is None or _can_match(selector, words)]
    if left and not all(_OLD_PSEUDOS.issuperset(_pseudos(selector)) for selector in selectors):
        left = selectors
    return ",".join(_text(selector) for selector in left)


def _alternatives(nodes: Iterable[Node]) -> list[list[Node]]:
    found: list[list[Node]] = [[]]
    for node in nodes:
        if node == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


def _can_match(selector: Sequence[Node], words: Words) -> bool:
    return all(_can_be(token, before, words) for before, token in zip([None, *selector], selector, strict=False))


def _can_be(token: Node, before: Node, words: Words) -> bool:
    """Whether something may be as one token of a selector asks: an element, a class (an id, too), an attribute."""
    if token.type == "ident":
        return before == ":" or token.lower_value in _EVERYWHERE or words.name(token.value)
    if token.type == "[] block":
        return _attribute(token.content, words)
    if token.type == "function" and token.lower_name in _ANY_OF:
        return any(_can_match(selector, words) for selector in _alternatives(token.arguments))
    return True


def _attribute(tokens: Sequence[Node], words: Words) -> bool:
    """Whether something may have this attribute; scripts may write ``data-some-thing`` as ``dataset.someThing``."""
    name, *rest = [token for token in tokens if token.type != "whitespace"]
    known = name.lower_value
    names = (known, known.replace("-", ""), known.removeprefix("data").replace("-", ""))
    if known not in _EVERYWHERE and not any(map(words.name, names)):
        return False
    exact = known in _FIXED and len(rest) > 1 and rest[0] == "="
    return not exact or words.name(rest[1].value)


def _pseudos(selector: Sequence[Node]) -> Iterator[str]:
    for before, token in zip([None, *selector], selector, strict=False):
        if before == ":" and token.type in ("ident", "function"):
            yield token.lower_value if token.type == "ident" else token.lower_name


def _used(parts: tuple[Part, ...], others: Sequence[str]) -> tuple[Part, ...]:
    """The parts without custom properties, animations and blocks that nothing uses any more."""
    lines = list(_lines(parts))
    custom = [line for line in lines if line.name.startswith("--")]
    known = {name for line in lines if not line.name.startswith("--") for name in _REFERENCE.findall(line.text)}
    known.update(name for other in others for name in _REFERENCE.findall(other))
    while new := {name for line in custom if line.name in known for name in _REFERENCE.findall(line.text)} - known:
        known |= new
    return tuple(_kept(parts, known))


def _lines(parts: Iterable[Part]) -> Iterator[_Line]:
    for part in parts:
        if isinstance(part, _Line):
            yield part
        else:
            yield from _lines(part.inside)


def _kept(parts: Iterable[Part], known: set[str]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, _Line):
            if not part.name.startswith("--") or part.name in known:
                yield part
            continue
        named = _NAMED_RULES.match(part.head)
        inside = tuple(_kept(part.inside, known))
        if inside and (not named or named[1] in known):
            yield _Block(part.head, inside)


def _written(parts: Iterable[Part]) -> str:
    """The parts as text, as short as it goes."""
    text = ""
    for part in parts:
        if isinstance(part, _Line):
            text += part.text + ";"
        else:
            text += f"{part.head}{{{_written(part.inside).removesuffix(';')}}}"
    return text


def _text(tokens: Iterable[Node]) -> str:
    """Tokens as they were written, on one line."""
    written = (" " if token.type == "whitespace" else token.serialize() for token in tokens if token.type != "comment")
    return "".join(written).strip()
