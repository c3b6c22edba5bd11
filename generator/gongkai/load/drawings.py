"""SVG pictures: XML that a browser would run or load things for, so each is read before it is published."""

from __future__ import annotations

from xml.parsers import expat

from gongkai.text.patterns import IGNORECASE, anywhere, whole

_RUNS = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "audio", "video"})
"""Elements that run something or show something else than a drawing."""
_ANIMATES = frozenset({"set", "animate"})
"""Elements that can change an address once the picture is shown."""
_INSIDE = whole(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", IGNORECASE)
_LOADS = anywhere(r"@import|url\(\s*+['\"]?+(?!#|data:image/(?:png|jpeg|gif|webp))", IGNORECASE)


class DrawingError(Exception):
    """The file is no SVG picture."""


def read_drawing(content: bytes) -> tuple[str, list[str]]:
    """The words of an SVG picture, and what in it runs or is fetched from elsewhere.

    Raises:
        DrawingError: when it is no SVG.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reader.element
    parser.CharacterDataHandler = reader.words.append
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(content, True)
    except _RefusedError:
        return "", reader.found
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: encodings that nobody knows
        raise DrawingError(str(error)) from None
    if reader.root != "svg":
        raise DrawingError(reader.root)
    words = "\n".join(reader.words)
    found = [*reader.found, *(["样式里的网址"] if _LOADS.search(words) else [])]
    return words, list(dict.fromkeys(found))


class _RefusedError(Exception):
    """There is no need to read on."""


class _Reader:
    def __init__(self) -> None:
        self.root = ""
        self.words: list[str] = []
        self.found: list[str] = []

    def element(self, name: str, given: dict[str, str]) -> None:
        local = name.rpartition("}")[2].lower()
        self.root = self.root or local
        if local in _RUNS:
            self.found.append(f"<{local}>")
        for key, value in given.items():
            attribute = key.rpartition("}")[2].lower()
            changes = local in _ANIMATES and attribute == "attributename" and "href" in value.lower()
            if attribute.startswith("on") or changes:
                self.found.append(f"{local} 的 {attribute}")
            elif attribute in ("href", "src") and not self._harmless(local, value):
                self.found.append(f"{local} 的网址")
            elif _LOADS.search(value):
                self.found.append("样式里的网址")

    @staticmethod
    def _harmless(local: str, value: str) -> bool:
        address = value.strip()
        return bool(_INSIDE.match(address)) or (local == "a" and address.startswith(("https://", "http://")))

    def doctype(self, _name: str, _system: str | None, _public: str | None, inside: bool) -> None:
        if inside:  # entities: they can grow without end, and hide what stands in them
            self.found.append("<!DOCTYPE> 里的定义")
            raise _RefusedError

    def instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            self.found.append("<?xml-stylesheet?>")
