"""Files of law -> the law book: what is shipped with the program, then what the column adds and confirms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib import resources

from gongkai.column.origin import Origin
from gongkai.column.problems import Problems, nearest
from gongkai.column.shapes.law import InstrumentShape, LawFile, NormShape
from gongkai.law.book import Confirmation, LawBook
from gongkai.law.duties import DUTIES
from gongkai.law.model import Authority, Checked, Instrument, Norm, State
from gongkai.load.files import LoadedFile
from gongkai.load.yaml_values import load_values
from gongkai.text.periods import Span


@cache
def shipped_law() -> LawBook:
    """The texts that come with the program.

    Raises:
        ValueError: when one of them is wrong, which no test lets pass.
    """
    problems = Problems()
    book = LawBook()
    for path in sorted(resources.files("gongkai.law").joinpath("texts").iterdir(), key=lambda path: path.name):
        shape = LawFile.model_validate(load_values(path.read_text("utf-8")))
        book = _with(book, shape, Origin(path.name), problems)
    if problems.items:
        raise ValueError([problem.message for problem in problems.items])
    return book


def link_law(files: Iterable[LoadedFile], organs: Collection[str], problems: Problems) -> LawBook:
    """The shipped law with that of the column; what is wrong in the column's own files is a problem."""
    book = shipped_law()
    confirming: list[tuple[LawFile, Origin]] = []
    for file in files:
        shape = file.shape if file.kind == "law" else None
        if isinstance(shape, LawFile):
            origin = Origin(file.path)
            book = _with(book, shape, origin, problems)
            confirming.append((shape, origin))
            if shape.organ and shape.organ not in organs:
                hint = nearest(shape.organ, organs)
                problems.error("REF-01", origin.child("organ"), f"没有编号为 {shape.organ} 的区县", hint)
    confirmed = {
        (found.norm, found.organ): found
        for shape, origin in confirming
        for found in _confirmations(shape, book, origin, problems)
    }
    return LawBook(book.authorities, book.instruments, book.norms, confirmed)


def _with(book: LawBook, file: LawFile, origin: Origin, problems: Problems) -> LawBook:
    """The book with everything of one file whose issuer is known."""
    authorities = dict(book.authorities)
    for at, item in enumerate(file.authorities):
        _taken(item.id, authorities, origin.child("authorities", at, "id"), problems)
        authorities[item.id] = Authority(item.id, item.name, item.division)
    instruments, norms = dict(book.instruments), dict(book.norms)
    for at, shape in enumerate(file.instruments):
        place = origin.child("instruments", at)
        issuer = authorities.get(shape.issuer)
        if issuer is None:
            hint = nearest(shape.issuer, authorities)
            problems.error("LAW-04", place.child("issuer"), f"没有编号为 {shape.issuer} 的机关", hint)
            continue
        _taken(shape.id, instruments, place.child("id"), problems)
        instruments[shape.id] = _instrument(shape, issuer)
        for row, norm in enumerate(shape.norms):
            spot = place.child("norms", row)
            _taken(norm.id, norms, spot.child("id"), problems)
            if norm.duty not in DUTIES:
                problems.error("LAW-04", spot.child("duty"), f"没有 {norm.duty} 这件事", nearest(norm.duty, DUTIES))
            norms[norm.id] = _norm(norm, instruments[shape.id])
    return LawBook(authorities, instruments, norms)


def _taken(identifier: str, known: Mapping[str, object], place: Origin, problems: Problems) -> None:
    if identifier in known:
        problems.error("LAW-04", place, f"编号 {identifier} 已经用了", "请换一个编号，如在前面加区县编号")


def _instrument(shape: InstrumentShape, issuer: Authority) -> Instrument:
    checked = Checked(shape.checked.on, shape.checked.source) if shape.checked else None
    return Instrument(
        shape.id,
        shape.title,
        shape.number,
        shape.force,
        issuer,
        shape.in_force,
        shape.until,
        tuple(shape.replaces),
        shape.replaced_by,
        tuple(shape.amended),
        shape.note,
        checked,
    )


def _norm(shape: NormShape, instrument: Instrument) -> Norm:
    return Norm(
        shape.id,
        instrument,
        shape.clause,
        shape.duty,
        shape.text,
        shape.modality,
        shape.state,
        Span(shape.span.number, shape.span.unit) if shape.span else None,
        shape.at_least,
        shape.day,
        shape.share,
        shape.pattern,
        tuple(shape.when),
        tuple(shape.binds),
        shape.since,
        shape.until,
    )


def _confirmations(file: LawFile, book: LawBook, origin: Origin, problems: Problems) -> Iterable[Confirmation]:
    for at, item in enumerate(file.confirmed):
        place = origin.child("confirmed", at)
        norm = book.norms.get(item.norm)
        if norm is None:
            problems.error(
                "LAW-04", place.child("norm"), f"没有编号为 {item.norm} 的规定", nearest(item.norm, book.norms)
            )
        elif norm.state is not State.UNCONFIRMED:
            problems.warning("LAW-05", place.child("norm"), f"{item.norm} 不用确认就适用", "请删去这一条")
        elif not (item.clause or norm.clause):
            problems.error("LAW-01", place, f"{item.norm} 没有条款", "请在 clause 填写是第几条")
        elif norm.first is None:
            words = f"{item.norm} 所在的《{norm.instrument.title}》哪天起施行还没有查到，不能确认"
            problems.error("LAW-05", place.child("norm"), words, "请在 instruments 里自己写这份文件和 in_force")
        elif file.organ:
            yield Confirmation(item.norm, file.organ, item.by, item.on, item.source, item.clause)
