"""Vocabulary files -> organs, themes, prefixes, units, stages: the things that every other file refers to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from gongkai.column import shapes
from gongkai.column.origin import Origin
from gongkai.column.problems import Problems, nearest
from gongkai.column.progress import Link
from gongkai.column.register import Register
from gongkai.column.shapes.vocabularies import OrganShape, StageSetShape, YearDaysShape
from gongkai.column.stages import StageKind, StageSet, StageSlot
from gongkai.column.unit import Contact, Unit
from gongkai.column.vocabularies import Vocabularies
from gongkai.column.vocabulary import Audience, DocumentPrefix, Organ, OrganTerm, SearchVocabulary, Theme
from gongkai.kinds.decision_directory.shape import StagesShape
from gongkai.law.book import LawBook
from gongkai.law.duties import DUTIES
from gongkai.linking.law import link_law
from gongkai.linking.withdrawals import all_withdrawals
from gongkai.load.files import LoadedFile, is_proposed
from gongkai.load.tree import load_tree
from gongkai.text.cells import fold
from gongkai.text.workdays import YearDays


def link_vocabularies(files: tuple[LoadedFile, ...], problems: Problems) -> Vocabularies:
    """Read every vocabulary, then check that they refer only to what exists."""
    found = Vocabularies(withdrawals=all_withdrawals(files))
    for file in files:
        origin = Origin(file.path)
        match file.shape:
            case shapes.OrgansFile() as organs:
                found.organs |= _organs(organs, origin)
            case shapes.ThemesFile() as themes:
                found.themes |= _themes(themes, origin)
            case shapes.UnitsFile() as units:
                found.units |= _units(units, origin)
            case shapes.PrefixesFile() as prefixes:
                found.prefixes |= _prefixes(prefixes, origin)
            case shapes.StagesFile() as stages:
                _stages(stages, found)
            case shapes.SearchVocabularyFile() as search:
                found.search = found.search.with_more(_search(search))
            case shapes.AudiencesFile() as audiences:
                found.audiences |= _audiences(audiences, origin)
            case shapes.WorkdaysFile() as workdays:
                found.workdays |= {year.year: _year_days(year) for year in workdays.years}
    found.law = link_law(files, found.organs, problems)
    _registers(found, problems)
    _check(found, problems)
    _check_sets(files, found, problems)
    return found


def law_of(root: Path) -> tuple[LawBook, Mapping[str, Organ]]:
    """All that is known of the law, and the districts of ``plans/``: as far as its vocabularies can be read."""
    files = tuple(file for file in load_tree(root).files if file.kind in shapes.VOCABULARY_FILES)
    found = link_vocabularies(files, Problems())
    return found.law, found.organs


def proposed_names(files: tuple[LoadedFile, ...]) -> dict[str, str]:
    """Names of units, folded, that imports proposed and nobody has accepted yet, each with the id of its district."""
    shapes_ = (file.shape for file in files if is_proposed(file.path))
    return {
        fold(name): shape.organ
        for shape in shapes_
        if isinstance(shape, shapes.UnitsFile)
        for unit in shape.units
        for name in (unit.name, unit.full_name, *unit.aliases)
        if name
    }


def _organs(file: shapes.OrgansFile, origin: Origin) -> dict[str, Organ]:
    return {organ.id: _organ(organ, origin.child("organs", at)) for at, organ in enumerate(file.organs)}


def _organ(shape: OrganShape, origin: Origin) -> Organ:
    former = sorted(shape.former, key=lambda each: each.until)
    return Organ(
        shape.id,
        shape.name,
        shape.short_name,
        shape.region,
        origin,
        shape.division,
        tuple(shape.under),
        shape.since,
        tuple(
            OrganTerm(each.name, each.short_name, each.region, each.division, tuple(each.under), each.until)
            for each in former
        ),
        shape.until,
        shape.successor,
        shape.first_published,
    )


def _themes(file: shapes.ThemesFile, origin: Origin) -> dict[str, Theme]:
    return {
        theme.id: Theme(
            theme.id,
            theme.name,
            theme.scheme,
            theme.parent,
            theme.description,
            origin.child("themes", at),
            tuple(theme.synonyms),
        )
        for at, theme in enumerate(file.themes)
    }


def _audiences(file: shapes.AudiencesFile, origin: Origin) -> dict[str, Audience]:
    return {
        item.id: Audience(
            item.id,
            item.name,
            item.description,
            tuple(item.themes),
            tuple(item.words),
            origin.child("audiences", at),
        )
        for at, item in enumerate(file.audiences)
    }


def _units(file: shapes.UnitsFile, origin: Origin) -> dict[str, Unit]:
    return {unit.id: unit_of(unit, file.organ, origin.child("units", at)) for at, unit in enumerate(file.units)}


def unit_of(unit: shapes.UnitShape, organ: str, origin: Origin) -> Unit:
    """An entry of a register of units."""
    return Unit(
        unit.id,
        organ,
        unit.name,
        unit.full_name,
        tuple(unit.aliases),
        unit.kind,
        tuple(unit.members),
        unit.valid_from,
        unit.valid_to,
        unit.successor,
        unit.note,
        origin,
        unit.level,
        contact_of(unit),
    )


def contact_of(unit: shapes.UnitShape) -> Contact | None:
    """How people reach a unit; None where nothing is written."""
    website = Link(unit.website.title, unit.website.url) if unit.website else None
    given = unit.tasks, unit.telephone, unit.address, unit.hours, website
    return Contact(*given) if any(given) else None


def _prefixes(file: shapes.PrefixesFile, origin: Origin) -> dict[str, DocumentPrefix]:
    return {
        prefix.code: DocumentPrefix(prefix.code, prefix.organ, prefix.issuer, origin.child("prefixes", at))
        for at, prefix in enumerate(file.prefixes)
    }


def _stages(file: shapes.StagesFile, found: Vocabularies) -> None:
    for stage in file.stages:
        found.stage_kinds[stage.id] = StageKind(stage.id, stage.name, stage.description, stage.duty, stage.optional)
    for item in file.sets:
        slots = tuple(StageSlot(slot.label, tuple(slot.stages), slot.required) for slot in item.slots)
        made = StageSet(item.id, item.from_year, slots, item.organ, item.until_year, item.duty)
        found.stage_sets = [*(known for known in found.stage_sets if known.id != item.id), made]


def _year_days(shape: YearDaysShape) -> YearDays:
    """A year's arrangement; every day of a holiday's span is off."""
    off = {
        holiday.from_ + timedelta(days=offset)
        for holiday in shape.days_off
        for offset in range((holiday.to - holiday.from_).days + 1)
    }
    return YearDays(shape.year, shape.notice, frozenset(off), frozenset(shape.workdays))


def _search(file: shapes.SearchVocabularyFile) -> SearchVocabulary:
    return SearchVocabulary(
        departments=tuple(map(tuple, file.departments)),
        same=tuple(map(tuple, file.same)),
        to=tuple((word, tuple(words)) for word, words in file.to.items()),
        questions=tuple(file.questions),
        everyday=tuple((word, tuple(words)) for word, words in file.everyday.items()),
        weak=tuple(file.weak),
        fillers=tuple(file.fillers),
        pages=tuple((url, tuple(names)) for url, names in file.pages.items()),
    )


def _registers(found: Vocabularies, problems: Problems) -> None:
    by_organ: dict[str, list[Unit]] = {}
    for unit in found.units.values():
        by_organ.setdefault(unit.organ, []).append(unit)
    for organ, units in by_organ.items():
        register = Register(units)
        found.registers[organ] = register
        for collision in register.collisions:
            first, second = collision.units[0], collision.units[1]
            problems.error(
                "UNIT-02",
                second.origin,
                f"单位名称“{collision.spelling}”同时属于 {first.id} 和 {second.id}",
                "每个名称只能写在一个单位下；请从其中一个单位的 name 或 aliases 中删去",
            )


def _check(found: Vocabularies, problems: Problems) -> None:
    for unit in found.units.values():
        if unit.organ not in found.organs:
            problems.error(
                "REF-01",
                Origin(unit.origin.file, ("organ",)),
                f"没有编号为 {unit.organ} 的区县",
                nearest(unit.organ, found.organs),
            )
            break
    for unit in found.units.values():
        for at, member in enumerate(unit.members):
            _known_unit(found, member, unit.origin.child("members", at), problems)
        if unit.successor:
            _known_unit(found, unit.successor, unit.origin.child("successor"), problems)
    for theme in found.themes.values():
        if theme.parent and theme.parent not in found.themes:
            problems.error(
                "REF-02",
                theme.origin.child("parent"),
                f"没有编号为 {theme.parent} 的主题",
                nearest(theme.parent, found.themes),
            )
    for organ in found.organs.values():
        if organ.successor and organ.successor not in found.organs:
            hint = nearest(organ.successor, found.organs)
            problems.error("REF-01", organ.origin.child("successor"), f"没有编号为 {organ.successor} 的区县", hint)
    _check_audiences(found, problems)
    _check_prefixes(found, problems)


def _check_audiences(found: Vocabularies, problems: Problems) -> None:
    for audience in found.audiences.values():
        for at, theme_id in enumerate(audience.themes):
            if theme_id not in found.themes:
                hint = nearest(theme_id, found.themes)
                problems.error("REF-02", audience.origin.child("themes", at), f"没有编号为 {theme_id} 的主题", hint)


def _check_prefixes(found: Vocabularies, problems: Problems) -> None:
    for prefix in found.prefixes.values():
        if prefix.organ not in found.organs:
            problems.error("REF-01", prefix.origin.child("organ"), f"没有编号为 {prefix.organ} 的区县")
        _known_unit(found, prefix.issuer, prefix.origin.child("issuer"), problems)


def _check_sets(files: tuple[LoadedFile, ...], found: Vocabularies, problems: Problems) -> None:
    written = ((file.shape, Origin(file.path)) for file in files if file.kind == "decision_stages")
    for shape, origin in written:
        if not isinstance(shape, shapes.StagesFile):
            continue
        old = [stage.id for stage in shape.stages if stage.citation] + [item.id for item in shape.sets if item.citation]
        if old:
            words = f"citation、adoption_within 不再起作用（{'、'.join(old)}）"
            hint = "改写 duty；文件、条款和期限写在 plans/vocabularies/law-<区县>.yml，见编辑手册"
            problems.warning("LAW-06", origin, words, hint)
        seen: set[str] = set()
        for at, stage in enumerate(shape.stages):
            _usable_stage(stage.id, seen, origin.child("stages", at, "id"), problems)
            _known_duty(stage.duty, origin.child("stages", at, "duty"), problems)
        for at, item in enumerate(shape.sets):
            _check_set(item, origin.child("sets", at), found, problems)


def _usable_stage(stage: str, seen: set[str], place: Origin, problems: Problems) -> None:
    """A stage that no directory can write would be there in vain, and what it was to replace would stay as it is."""
    if stage not in StagesShape.model_fields:
        hint = nearest(stage, StagesShape.model_fields) or f"可以写：{'、'.join(StagesShape.model_fields)}"
        problems.error("REF-07", place, f"没有编号为 {stage} 的环节，目录里写不了它", hint)
    elif stage in seen:
        problems.error("REF-07", place, f"环节 {stage} 写了两次", "请删去一条")
    seen.add(stage)


def _check_set(item: StageSetShape, place: Origin, found: Vocabularies, problems: Problems) -> None:
    _known_duty(item.duty, place.child("duty"), problems)
    if item.organ and item.organ not in found.organs:
        hint = nearest(item.organ, found.organs)
        problems.error("REF-01", place.child("organ"), f"没有编号为 {item.organ} 的区县", hint)
    for row, slot in enumerate(item.slots):
        for column, stage in enumerate(slot.stages):
            if stage not in found.stage_kinds:
                where = place.child("slots", row, "stages", column)
                problems.error("REF-07", where, f"环节表里没有 {stage}", nearest(stage, found.stage_kinds))


def _known_duty(duty: str | None, place: Origin, problems: Problems) -> None:
    if duty and duty not in DUTIES:
        problems.error("LAW-04", place, f"没有 {duty} 这件事", nearest(duty, DUTIES))


def _known_unit(found: Vocabularies, unit: str, origin: Origin, problems: Problems) -> None:
    if unit not in found.units:
        problems.error("REF-03", origin, f"单位名录中没有编号 {unit}", nearest(unit, found.units), target=unit)
