"""The official documents behind plans, lists and directories."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from gongkai.column.context import Context
from gongkai.column.document import Document, Genre, Interpretation, Openness
from gongkai.column.linking import web_address
from gongkai.column.origin import Origin
from gongkai.column.problems import Problems, nearest
from gongkai.column.shapes.documents import AnnexedShape, DocumentShape
from gongkai.load.files import LoadedFile


def own_document(shape: AnnexedShape, path: str, context: Context, *, standalone: bool) -> Document:
    """The document that a file carries; ``standalone`` when the file is nothing but that document."""
    assert isinstance(shape.document, DocumentShape)
    return _document(shape, shape.document, Origin(path, ("document",)), context, standalone=standalone)


def unknown_document(file: LoadedFile, context: Context) -> Document:
    """Stands for the document of another file that is not there, so that everything else in a file is still judged.

    With an error in the way it is never published. What a rule misses in it has that file's id as its target; what
    ``context`` gathers is to be thrown away.
    """
    shape = file.shape
    assert isinstance(shape, AnnexedShape)
    assert file.document is not None
    nothing = DocumentShape.model_construct(issuer="", openness=Openness.ACTIVE, sources=[])
    stand_in = _document(shape, nothing, Origin(file.path, ("document",)), context, standalone=False)
    return replace(stand_in, id=file.document, title=None)


def shared_document(file: LoadedFile, carried: Mapping[str, LoadedFile], problems: Problems) -> LoadedFile | None:
    """The file whose document a file refers to; None, and a problem, when there is no such document."""
    assert file.document is not None
    if file.document not in carried:
        hint = nearest(file.document, carried) or "请写随文印发的那份文件的编号，或在这里填写公文要素"
        words = f"没有编号为 {file.document} 的公文"
        problems.error("REF-06", Origin(file.path, ("document",)), words, hint, target=file.document)
    return carried.get(file.document)


def _check(shape: DocumentShape, origin: Origin, context: Context) -> None:
    """Report what stops a document: an unknown issuer, a wrong web address, anything not for the public."""
    units = context.vocabularies.units
    if shape.issuer not in units:
        message, hint = f"单位名录中没有编号 {shape.issuer}", nearest(shape.issuer, units)
        context.problems.error("REF-03", origin.child("issuer"), message, hint, target=shape.issuer)
    for at, item in enumerate(shape.interpretations):
        web_address(item.url, origin.child("interpretations", at, "url"), context)
    if shape.openness is not Openness.ACTIVE:
        context.problems.error(
            "PUB-04",
            origin.child("openness"),
            f"公开属性是“{shape.openness.value}”，不能放进公开的仓库",
            "仓库和它的历史都是公开的：请把这份文件移出仓库，并联系管理员清理历史",
        )


def _document(
    record: AnnexedShape, shape: DocumentShape, origin: Origin, context: Context, *, standalone: bool
) -> Document:
    _check(shape, origin, context)
    issuer = context.vocabularies.units.get(shape.issuer)
    return Document(
        id=record.id,
        organ=record.organ,
        genre=shape.genre or (Genre.OTHER if standalone else Genre.NOTICE),
        title=shape.title or (record.title if standalone else None),
        header=shape.header,
        doc_number=shape.doc_number,
        issuer=shape.issuer,
        issuer_name=(issuer.full_name or issuer.name) if issuer else shape.issuer,
        addressees=shape.addressees,
        paragraphs=tuple(shape.body),
        signature=shape.signature,
        note=shape.note,
        annexes=tuple(shape.annexes),
        copies=shape.copies,
        printed_by=shape.printed_by,
        printed_line=shape.printed_line,
        date_signed=shape.date_signed,
        date_printed=shape.date_printed,
        date_published=shape.date_published,
        index_number=shape.index_number,
        openness=shape.openness,
        validity=shape.validity,
        date_abolished=shape.date_abolished,
        abolished_by=shape.abolished_by,
        replaced_by=shape.replaced_by,
        revises=shape.revises,
        summary=shape.summary,
        normative=shape.normative or shape.genre is Genre.NORMATIVE,
        business_impact=shape.business_impact,
        normative_number=shape.normative_number,
        date_effective=shape.date_effective,
        valid_until=shape.valid_until,
        date_changed=shape.date_changed,
        law_deadline=shape.law_deadline,
        taken_in=shape.taken_in,
        review_by=shape.review_by,
        reviewed_by=shape.reviewed_by,
        reviewed_at=shape.reviewed_at,
        interpretations=tuple(
            Interpretation(item.title, item.url, item.form, item.date, origin.child("interpretations", at))
            for at, item in enumerate(shape.interpretations)
        ),
        themes=context.themes(shape.themes, origin),
        editor_note=shape.editor_note,
        sources=tuple(shape.sources),
        origin=origin,
    )
