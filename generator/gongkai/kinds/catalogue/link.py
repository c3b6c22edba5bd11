"""Files of catalogues of what must be public -> catalogues whose units are resolved."""

from __future__ import annotations

from gongkai.column.cell import written_cells
from gongkai.column.context import Context
from gongkai.column.coverage import Place, Publication
from gongkai.column.document import Document
from gongkai.column.linking import note_waivers, web_address
from gongkai.column.origin import Origin
from gongkai.kinds.catalogue.model import Catalogue, CatalogueItem, FromRequest
from gongkai.kinds.catalogue.shape import CatalogueFile, CatalogueItemShape, PlaceShape, SpanShape
from gongkai.text.periods import Span


def link_catalogue(shape: CatalogueFile, document: Document, path: str, context: Context) -> Catalogue:
    """Build one catalogue; what was published of it is looked up once everything is linked."""
    origin = Origin(path)
    context.organ(shape.organ, origin.child("organ"))
    context.numbers((item.number, origin.child("items", at, "number")) for at, item in enumerate(shape.items))
    return Catalogue(
        id=shape.id,
        organ=shape.organ,
        year=shape.year,
        title=shape.title,
        document=document,
        items=tuple(_item(item, shape, origin.child("items", at), context) for at, item in enumerate(shape.items)),
        themes=context.themes(shape.themes, origin),
        related=tuple(shape.related),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _item(shape: CatalogueItemShape, catalogue: CatalogueFile, origin: Origin, context: Context) -> CatalogueItem:
    note_waivers(shape.ignore, origin, context)
    return CatalogueItem(
        number=shape.number,
        area=shape.area,
        title=shape.title,
        content=shape.content,
        basis=shape.basis,
        deadline=shape.deadline,
        every=_span(shape.every),
        within=_span(shape.within),
        units_text=shape.units,
        units=context.cell(shape.units, catalogue.organ, catalogue.year, origin.child("units")),
        channels=shape.channels,
        audience=shape.audience,
        method=shape.method,
        level=shape.level,
        cells=written_cells(shape.cells),
        from_request=FromRequest(shape.from_request.since, shape.from_request.basis) if shape.from_request else None,
        place=_place(shape.published, origin.child("published"), context),
        editor_note=shape.editor_note,
        origin=origin,
    )


def _span(shape: SpanShape | None) -> Span | None:
    return Span(shape.number, shape.unit) if shape else None


def _place(shape: PlaceShape, origin: Origin, context: Context) -> Place:
    for at, page in enumerate(shape.pages):
        web_address(page.url, origin.child("pages", at, "url"), context)
    return Place(
        kinds=tuple(shape.kinds),
        themes=context.themes(shape.themes, origin),
        records=tuple(shape.records),
        pages=tuple(Publication(page.title, page.url, page.date, outside=True) for page in shape.pages),
    )
