"""Decision directory files -> directories with every stage of every decision, published or not yet."""

from __future__ import annotations

from urllib.parse import urlsplit

from generator.link.context import Context
from generator.link.problems import nearest
from generator.load.shapes import DecisionShape, DirectoryFile
from generator.model.decision import Decision, DecisionDirectory, Stage, StageSet, StageStatus
from generator.model.document import Document
from generator.model.origin import Origin

_NO_SET = StageSet("none", 0, "", ())


def link_directory(shape: DirectoryFile, document: Document, path: str, context: Context) -> DecisionDirectory:
    """Build one directory; which stages it shows follows from the rules in force in its year."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    stage_set = context.vocabularies.stage_set(shape.organ, shape.year)
    if stage_set is None:
        context.problems.error(
            "DEC-05",
            origin.child("year"),
            f"没有适用于 {shape.year} 年的决策环节表",
            "请在 plans/vocabularies/decision-stages.yml 的 sets 中补充",
        )
    decisions = tuple(
        _decision(decision, shape, origin.child("decisions", at), context)
        for at, decision in enumerate(shape.decisions)
    )
    _check_numbers([decision.number for decision in decisions], origin.child("decisions"), context)
    return DecisionDirectory(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        organizer_label=shape.organizer_label,
        stage_set=stage_set or _NO_SET,
        decisions=decisions,
        party_consent=shape.party_consent,
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _check_numbers(numbers: list[int], origin: Origin, context: Context) -> None:
    for at, number in enumerate(numbers):
        if number in numbers[:at]:
            context.problems.error(
                "DOC-07", origin.child(at, "number"), f"序号 {number} 重复", "每一项的序号只能用一次"
            )


def _decision(shape: DecisionShape, directory: DirectoryFile, origin: Origin, context: Context) -> Decision:
    known = context.vocabularies.stage_kinds
    for kind in shape.stages:
        if kind not in known:
            context.problems.error(
                "DEC-05",
                origin.child("stages", kind),
                f"没有编号为 {kind} 的环节",
                nearest(kind, known) or "环节编号见 plans/vocabularies/decision-stages.yml",
            )
    return Decision(
        number=shape.number,
        number_text=shape.number_text,
        title=shape.title,
        organizers_text=shape.organizers,
        organizers=context.cell(shape.organizers, directory.organ, directory.year, origin.child("organizers")),
        stages=tuple(_stage(kind, shape, origin, context) for kind in known),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _stage(kind: str, shape: DecisionShape, origin: Origin, context: Context) -> Stage:
    written = shape.stages.get(kind)
    if written is None:
        return Stage(kind, StageStatus.PENDING, None, None, None, None, origin)
    place = origin.child("stages", kind)
    if written.url and not _is_web_address(written.url):
        context.problems.error(
            "LINK-01", place.child("url"), f"“{written.url}”不是网址", "请写完整网址，以 https:// 或 http:// 开头"
        )
    return Stage(kind, written.status, written.title, written.url, written.date, written.reason, place)


def _is_web_address(text: str) -> bool:
    """A full http(s) address with a host, without a user name, spaces or characters that cannot be seen."""
    if any(character.isspace() or not character.isprintable() for character in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
