"""The official documents behind plans, lists and directories."""

from __future__ import annotations

from dataclasses import replace

from generator.link.context import Context
from generator.link.problems import nearest
from generator.link.progress import web_address
from generator.load.files import LoadedFile
from generator.load.shapes import DirectoryFile, DocumentShape, PlanFile, ProjectListFile
from generator.model.document import Document, Interpretation, Openness
from generator.model.origin import Origin

type_of_record = PlanFile | ProjectListFile | DirectoryFile


def link_documents(files: tuple[LoadedFile, ...], context: Context) -> dict[str, Document]:
    """All documents by the id of the file that carries them; files that refer to another file's document share it."""
    carried: dict[str, Document] = {}
    for file in files:
        shape = file.shape
        if isinstance(shape, type_of_record) and isinstance(shape.document, DocumentShape):
            origin = Origin(file.path, ("document",))
            document = _document(shape, shape.document, origin, context)
            carried[shape.id] = replace(document, attachments=tuple(file.attachments.values()))
    for file in files:
        shape = file.shape
        if isinstance(shape, type_of_record) and isinstance(shape.document, str) and shape.document not in carried:
            hint = nearest(shape.document, carried) or "请写随文印发的那份文件的编号，或在这里填写公文要素"
            context.problems.error(
                "REF-06",
                Origin(file.path, ("document",)),
                f"没有编号为 {shape.document} 的公文",
                hint,
                target=shape.document,
            )
    return carried


def _document(record: type_of_record, shape: DocumentShape, origin: Origin, context: Context) -> Document:
    issuer = context.vocabularies.units.get(shape.issuer)
    if issuer is None:
        hint = nearest(shape.issuer, context.vocabularies.units)
        context.problems.error("REF-03", origin.child("issuer"), f"单位名录中没有编号 {shape.issuer}", hint)
    for at, item in enumerate(shape.interpretations):
        web_address(item.url, origin.child("interpretations", at, "url"), context)
    if shape.openness is not Openness.ACTIVE:
        context.problems.error(
            "PUB-04",
            origin.child("openness"),
            f"公开属性是“{shape.openness.value}”，不能放进公开的仓库",
            "仓库和它的历史都是公开的：请把这份文件移出仓库，并联系管理员清理历史",
        )
    return Document(
        id=record.id,
        organ=record.organ,
        title=shape.title,
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
        normative=shape.normative,
        normative_number=shape.normative_number,
        date_effective=shape.date_effective,
        valid_until=shape.valid_until,
        date_changed=shape.date_changed,
        law_deadline=shape.law_deadline,
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
