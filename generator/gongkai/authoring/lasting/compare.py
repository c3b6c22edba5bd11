"""What readers of a published column would miss in a new one: addresses that vanish, values that were changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from gongkai.authoring.difference.values import authored_words
from gongkai.authoring.lasting.published import Published, content_of_files
from gongkai.authoring.lasting.values import Change, changes
from gongkai.column import urls
from gongkai.column.correction import Correction
from gongkai.column.fields import Field
from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.column.withdrawal import CONTENT, gone, ids_of_file
from gongkai.findings.finding import Finding, Severity
from gongkai.kinds.registry import TABLES, of_record
from gongkai.kinds.walk import parts_of
from gongkai.linking.moves import current_id
from gongkai.linking.withdrawals import LIST
from gongkai.load.files import failed_at
from gongkai.load.tree import Unread
from gongkai.output.redirects import renumbered_addresses

_NAMED = 5
"""So many ids are named in a sentence; the others are counted."""
_REGISTERS = {"units": "plans/vocabularies/units.yml", "organs": "plans/vocabularies/organs.yml"}


def findings_of(
    root: Path, before: Published, now: Published, column: SiteData, unread: Sequence[Unread]
) -> list[Finding]:
    """Everything published that is not there any more, or reads otherwise.

    Args:
        root: the repository.
        before: what is published.
        now: what ``column`` would publish.
        column: what the files say now.
        unread: files that cannot be read now; what they held is not missed.
    """
    missed = _Missed(root, before, now, column, frozenset(known for each in unread for known in each.ids))
    gone = (*missed.addresses(), *missed.old_addresses(), *missed.withdrawals(), *missed.files())
    return sorted((*gone, *missed.facts()), key=lambda found: found.sort_key)


class _Missed(Struct, frozen=True, dict=True):
    root: Path
    before: Published
    now: Published
    column: SiteData
    unread: frozenset[str]
    _origins: dict[str, dict[str, Origin]] = field(default_factory=dict)

    def addresses(self) -> Iterator[Finding]:
        """One finding for each file that is gone, and for each list of which items are."""
        lost: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key, url in self.before.addresses.items():
            table, _, identifier = key.partition(":")
            if not self._answers(url) and identifier.partition("/")[0] not in self.unread:
                lost[table, self._moved(identifier).rpartition("/")[0] or identifier].append(identifier)
        whole = {identifier for (table, _), several in lost.items() if table == "records" for identifier in several}
        for (table, _), several in lost.items():
            head = several[0].partition("/")[0]
            if table in _REGISTERS:
                yield self._entry_gone(table, several)
            elif "/" not in several[0]:
                if table == "records" or head not in whole:
                    yield self._file_gone(table, head)
            elif head not in whole:
                yield self._items_gone(several)

    def old_addresses(self) -> Iterator[Finding]:
        """One finding for each file and each item to which an address that it had before leads no longer."""
        lost: dict[tuple[str, str], list[str]] = defaultdict(list)
        for old, new in self.before.led.items():
            (head, _, item), now = _record(old).partition("/"), self._moved(_record(new))
            if new in self._told and not self._answers(old) and self._answers(new):
                file = self.column.moved.get(head, head)
                whole = file not in self.now.files
                lost[(now.partition("/")[0], head) if whole else (now, f"{file}/{item}")].append(old)
        for (now, was), several in lost.items():
            head = now.partition("/")[0]
            if head not in self.unread and head in self.now.files:
                place = self._places(head).get(now) or Origin(self.now.files[head])
                words = f"旧网址 {several[0]}{f' 等 {len(several)} 个' if several[1:] else ''}会打不开：原来转到这里"
                hint = f"请把 moved_from: [{was}] 写回来：写下的旧编号不删去"
                yield self._at(place.child("moved_from"), words, hint)

    @cached_property
    def _told(self) -> frozenset[str]:
        return frozenset(self.before.addresses.values())

    def withdrawals(self) -> Iterator[Finding]:
        """One finding for each withdrawal that is not written down any more, nor public again."""
        known = {found.id for found in self.column.withdrawals}
        for identifier in sorted(self.before.withdrawn - known) if Path(LIST).stem not in self.unread else ():
            if f"records:{identifier}" not in self.now.addresses:
                words = f"撤回 {identifier} 的记录没有了，原来写明已经撤回的网址会打不开"
                hint = "撤回名单里写下的不删去，请写回来；重新公开的，在那一条写 restored（重新公开的日期）"
                yield Finding("STAY-01", Severity.ERROR, LIST, 1, 1, words, hint)

    def files(self) -> Iterator[Finding]:
        """One finding for each page of content/ and each attachment that is gone."""
        there = {*content_of_files(self.root), *self._there}
        withdrawn = {found.id for found in self.column.withdrawals if not found.restored}
        for address in sorted(self.before.content - there):
            if withdrawn & ids_of_file(f"{address}index.html"):
                continue
            page = f"{CONTENT}{address.removesuffix('/')}.md"
            hint = f"改了名的，在新页面开头（两行 --- 之间）写 moved_from: [{page}]；误删的请取回"
            hint += f"；不再公开的，取回后运行 gongkai withdraw {page}"
            yield Finding("STAY-01", Severity.ERROR, page, 1, 1, f"{address} 会打不开", hint)
        for address in sorted(self.before.attachments - self.now.attachments):
            document, _, name = address.removeprefix(urls.DOCUMENTS).partition("/files/")
            new = self.column.moved.get(document, document)
            if f"{urls.attachments(new)}{name}" in self.now.attachments or document in self.unread:
                continue
            if new in self.now.files and not withdrawn & ids_of_file(address):
                hint = "改了名的请用原来的文件名；误删的请写回来；不再公开的，写回来再运行 gongkai withdraw "
                place = Origin(self.now.files[new], ("document", "attachments"))
                yield self._at(place, f"附件 {name}（{address}）会打不开", f"{hint}{document}/files/{name}")

    def _answers(self, url: str) -> bool:
        directory, _, rest = url.partition("/")
        old, _, below = rest.partition("/")
        moved = f"{directory}/{self.column.moved.get(old, old)}/{below}"
        return not self._there.isdisjoint((url, moved))

    @cached_property
    def _there(self) -> frozenset[str]:
        """Every address at which something is said, or from which readers are led on."""
        withdrawn = (each for found in self.column.withdrawals if not found.restored for each in found.addresses)
        return frozenset((*self.now.addresses.values(), *renumbered_addresses(self.column), *withdrawn))

    def _moved(self, identifier: str) -> str:
        """The id that a published id has now."""
        return current_id(identifier, self._led_on)

    @cached_property
    def _led_on(self) -> Mapping[str, str]:
        """New ids by old ones, of files and of items."""
        return {**self.column.moved, **self.column.renumbered}

    def _entry_gone(self, table: str, several: Sequence[str]) -> Finding:
        named = _named([f"{self.before.titles[f'{table}:{each}']}（{each}）" for each in several])
        hint = "请写回来；撤并、改名的单位不删，写 valid_to 和 successor"
        known: Any = self.column.units if table == "units" else self.column.organs
        organ = several[0].partition("-")[0]  # ids of units begin with their district's
        places = sorted((not thing.id.startswith(organ), thing.origin.file) for thing in known.values())
        file = places[0][1] if places else _REGISTERS[table]
        return self._at(Origin(file, (table,)), f"{named} 的网页会打不开", hint)

    def _file_gone(self, table: str, head: str) -> Finding:
        title = self.before.titles[f"{table}:{head}"]
        below = sum(1 for key in self.before.addresses if key.partition(":")[2].partition("/")[0] == head) - 1
        more = f"和它下面的 {below} 个网址" if below else ""
        words = f"《{title}》（{self.before.addresses[f'{table}:{head}']}）{more}会打不开"
        if table == "documents" and head in self.now.files:
            hint = "公文原来写在这份文件里：请写回来，或在公文现在所在的文件里写 moved_from"
            return self._at(Origin(self.now.files[head], ("document",)), words, hint)
        hint = f"改了名的，在新文件里写 moved_from: [{head}]；不再公开的，运行 gongkai withdraw {head}；误删的请取回"
        return Finding("STAY-01", Severity.ERROR, self._place_of(head), 1, 1, words, hint, fields=("moved_from",))

    def _place_of(self, head: str) -> str:
        """Where a file that is gone was, or lies under a name that is not read: ``x.yml.txt``."""
        near = (path for path in sorted((self.root / "plans").rglob(f"{head}.*")) if path.is_file())
        found = next((path.relative_to(self.root).as_posix() for path in near), None)
        return found or self.before.files.get(head) or f"plans/{head}.yml"

    def _items_gone(self, several: Sequence[str]) -> Finding:
        one = self._moved(several[0])
        head, parent = one.partition("/")[0], one.rpartition("/")[0]
        beside = (origin for known, origin in self._places(head).items() if known.rpartition("/")[0] == parent)
        place = next((Origin(origin.file, origin.path[:-1]) for origin in beside), None)
        where = place or Origin(self.now.files.get(head, f"plans/{head}.yml"))
        title = self.before.titles[f"records:{several[0]}"]
        words = f"{_named(several)} 的网址会打不开（如 {_short(title)}）"
        hint = f"改了序号的，在那一项写 moved_from: [{several[0]}]；不再公开的，运行 gongkai withdraw {several[0]}"
        return self._at(where, words, f"{hint}；误删的请写回来")

    def facts(self) -> Iterator[Finding]:
        """Every published value that is gone or reads otherwise, and was not corrected."""
        withdrawn = gone(self.column.withdrawals)
        for (table, identifier, key), value in self.before.values.items():
            now = self._moved(identifier)
            head = now.partition("/")[0]
            if head in self.unread or head not in self.now.files or not withdrawn.isdisjoint((identifier, now, head)):
                continue
            if f"records:{identifier}" in self.before.addresses and now not in self.column.index.entries:
                continue  # its address is gone, which is told
            known = next(found for found in TABLES[table].lasting if found.key == key)
            for change in changes(value, self.now.values.get((table, now, key))):
                yield from self._changed(now, known, change)

    def _changed(self, identifier: str, known: Field, change: Change) -> Iterator[Finding]:
        head = identifier.partition("/")[0]
        path = (known.key, *change.path)
        if self._corrected(identifier, path):
            return
        entry = self.column.index.entries.get(identifier) or self.column.index.entries[head]
        own = self._places(head).get(identifier)
        origin = own.child(*path) if own else self._places(head)[head]
        label = self._label(head, known, path)
        what = f"《{_short(entry.title)}》{entry.label if own else f'{identifier} '}已经公开的{label}：{change.words}"
        if change.typographic:
            found = self._at(origin, what, "只改了空格、标点或字形，不用写更正", code="STAY-03")
            yield Finding(found.code, Severity.INFO, *_place(found), found.message, found.hint, path=found.path)
            return
        name = ".".join(str(part) for part in path[:2] if isinstance(part, str))
        where = "在这一项写" if own else "在文件里写"
        example = f"corrected: [{{date: {self.column.as_of}, field: {name}, reason: 原因}}]"
        yield self._at(origin, what, f"请恢复原样；确实写错了的，{where} {example}", code="STAY-02")

    def _corrected(self, identifier: str, path: tuple[str | int, ...]) -> bool:
        """Whether a correction that is not published yet speaks of a value."""
        names = [part for part in path if isinstance(part, str)]
        fields = {".".join(names), ".".join((*names[:-2], names[-1]))}
        return any(
            (each.record == identifier and any(map(each.covers, fields)))
            or (identifier not in self.column.index.entries and each.field.endswith(f".{names[0]}"))
            for each in self._new_corrections(identifier.partition("/")[0])
        )

    def _new_corrections(self, head: str) -> Iterator[Correction]:
        for each in self.column.corrections.get(head, ()):
            if (each.record, each.day.isoformat(), each.field, each.reason) not in self.before.corrected:
                yield each

    def _label(self, head: str, known: Field, path: tuple[str | int, ...]) -> str:
        """What readers call a value: 落实情况, 决策结果."""
        shape: Any = of_record(self.column.index.heads[head].entry.kind).shape
        words = authored_words(shape)
        names = [part for part in path if isinstance(part, str) and part in words]
        return words[names[1] if len(names) > 1 and names[0] == known.key else known.key] if names else known.key

    def _places(self, head: str) -> dict[str, Origin]:
        """Where the records of a file were written, by id."""
        if head not in self._origins:
            entry = self.column.index.heads.get(head)
            file = of_record(entry.entry.kind).of(self.column)[head] if entry else None
            parts = parts_of(file, self.column) if file else ()
            self._origins[head] = {part.id: part.origin for part in parts}
        return self._origins[head]

    def _at(self, origin: Origin, words: str, hint: str, code: str = "STAY-01") -> Finding:
        path = self.root / origin.file
        text = path.read_text("utf-8-sig", "replace") if path.is_file() else ""
        return failed_at(origin.path, text, code, origin.file, words, hint)


def _record(address: str) -> str:
    """The id of what has an address."""
    return address.partition("/")[2].removesuffix("/")


def _place(found: Finding) -> tuple[str, int, int]:
    return found.file, found.line, found.column


def _named(several: Sequence[str]) -> str:
    more = f" 等 {len(several)} 项" if len(several) > _NAMED else ""
    return "、".join(several[:_NAMED]) + more


def _short(title: str) -> str:
    return title if len(title) <= 24 else f"{title[:24]}…"  # noqa: PLR2004 - characters
