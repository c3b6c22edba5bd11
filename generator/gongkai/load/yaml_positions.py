"""Line and column of any value, found by composing the text again. Only asked when there is something to report."""

from __future__ import annotations

from functools import lru_cache

import yaml

from gongkai.load.yaml_values import MAX_DEPTH

Path = tuple[str | int, ...]


def locate(text: str, path: Path, *, key: bool = False, offset: int | None = None) -> tuple[int, int]:
    """Where a value stands, 1-based.

    Args:
        text: the file's text.
        path: keys and indexes from the root; a path that does not exist points at its nearest existing parent.
        key: point at the key instead of the value.
        offset: point at the n-th character inside a scalar written on one line.
    """
    node = compose(text)
    if node is None:
        return 1, 1
    for at, step in enumerate(path):
        found = _child(node, step)
        if found is None:
            break
        name, value = found
        node = name if key and at == len(path) - 1 and name is not None else value
    mark = node.start_mark
    column = mark.column + 1
    if offset is not None and isinstance(node, yaml.ScalarNode) and mark.line == node.end_mark.line:
        quote = 1 if node.style in ("'", '"') else 0
        line = text.splitlines()[mark.line]
        if line[mark.column + quote :].startswith(node.value):
            column += quote + offset
    return mark.line + 1, column


def node_at(text: str, path: Path) -> yaml.Node | None:
    """The node of a value, with its tag; None where there is none."""
    node = compose(text)
    for step in path:
        found = _child(node, step) if node is not None else None
        node = found[1] if found else None
    return node


def scalar_at(text: str, place: tuple[int, int]) -> yaml.ScalarNode | None:
    """The key or value that begins at a 1-based place; None where nothing or a collection does."""
    waiting = [compose(text)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            waiting += [each for pair in node.value for each in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.ScalarNode) and (node.start_mark.line + 1, node.start_mark.column + 1) == place:
            return node
    return None


def standing(text: str, path: Path) -> tuple[Path, tuple[str, ...]]:
    """The part of a path that exists, and the field it is about: the one that is missing there, or holds the value."""
    node = compose(text)
    for at, step in enumerate(path):
        found = _child(node, step) if node else None
        if found is None:
            return path[:at], (step,) if isinstance(step, str) else ()
        node = found[1]
    names = [step for step in path if isinstance(step, str)]
    return path, () if isinstance(node, yaml.MappingNode) else tuple(names[-1:])


def path_at(text: str, offset: int) -> Path:
    """The path of the value or key that a character belongs to; empty in a comment, and where there is no telling.

    The text may have been refused: it may be no YAML, nested without end, or in itself.
    """
    try:
        node = None if _is_deep(text) else compose(text)
    except yaml.YAMLError:
        return ()
    path: list[str | int] = []
    above: set[int] = set()
    while isinstance(node, yaml.CollectionNode) and id(node) not in above:  # an alias may lead to what it stands in
        above.add(id(node))
        pairs = node.value if isinstance(node, yaml.MappingNode) else enumerate(node.value)
        for key, node in pairs:
            path.append(key if isinstance(key, int) else key.value)
            if isinstance(key, yaml.Node) and key.start_mark.index <= offset < key.end_mark.index:
                return tuple(path)
            if node.start_mark.index <= offset < node.end_mark.index:
                break
            path.pop()
        else:
            return ()
    return tuple(path)


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


@lru_cache(maxsize=8)
def compose(text: str) -> yaml.Node | None:
    """The nodes of a well-formed text, with their places."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.CBaseLoader)  # nobody asks here what a scalar means
    return node


def _is_deep(text: str) -> bool:
    """Whether a text, which may have been refused for it, nests so deep that the composer would end the program."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > 2 * MAX_DEPTH:
            return True
    return False
