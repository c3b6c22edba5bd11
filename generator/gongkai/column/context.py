"""What every linking step needs: the vocabularies, the problems found so far, and the checks they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.column.origin import Origin
from gongkai.column.problems import Problems, nearest
from gongkai.column.unit import Assignment, Via
from gongkai.column.vocabularies import Vocabularies
from gongkai.column.waiver import Waiver
from gongkai.column.withdrawal import kept_numbers
from gongkai.text.cells import fold, parse_cell
from gongkai.text.workdays import WorkCalendar


class Context(Struct, frozen=True):
    """Vocabularies to resolve against, the day that states are judged on, and the lists that are filled on the way."""

    vocabularies: Vocabularies
    problems: Problems
    as_of: date
    waivers: list[Waiver] = field(default_factory=list)

    @property
    def calendar(self) -> WorkCalendar:
        """The working days that periods are counted with."""
        return WorkCalendar(self.vocabularies.workdays)

    def organ(self, organ: str, origin: Origin) -> None:
        """Check that an organ exists."""
        known = self.vocabularies.organs
        if organ not in known:
            self.problems.error("REF-01", origin, f"没有编号为 {organ} 的区县", nearest(organ, known))

    def themes(self, themes: Sequence[str], origin: Origin) -> tuple[str, ...]:
        """Check that every theme exists; returns them without repeats, in the order written."""
        return self._known(themes, self.vocabularies.themes, origin, "themes", "REF-02", "主题")

    def audiences(self, audiences: Sequence[str], origin: Origin) -> tuple[str, ...]:
        """Check that every audience exists; returns them without repeats, in the order written."""
        return self._known(audiences, self.vocabularies.audiences, origin, "audiences", "REF-09", "人群")

    def _known(
        self, wanted: Sequence[str], known: Mapping[str, object], origin: Origin, name: str, code: str, what: str
    ) -> tuple[str, ...]:
        """Those that the vocabulary ``name`` has, which is also the name of the field that they stand in."""
        for at, identifier in enumerate(wanted):
            if identifier not in known:
                hint = nearest(identifier, known) or f"{what}编号用 gongkai terms {name} 列出"
                self.problems.error(code, origin.child(name, at), f"没有编号为 {identifier} 的{what}", hint)
        return tuple(dict.fromkeys(identifier for identifier in wanted if identifier in known))

    def numbers(self, places: Iterable[tuple[int, Origin]]) -> None:
        """Check that each number stands once in its file: numbers are addresses."""
        seen: set[int] = set()
        for number, place in places:
            if number in seen:
                self.problems.error("DOC-07", place, f"序号 {number} 重复", "每一项的序号只能用一次")
            seen.add(number)

    def headings(self, headings: Iterable[tuple[str, str, Origin]]) -> None:
        """Check that each heading, by key, title and place, has a number of its own in its file: keys are addresses."""
        titles: dict[str, str] = {}
        repeated: set[str] = set()
        for key, title, place in headings:
            if key not in titles:
                titles[key] = title
                continue
            if key.rpartition("-")[0] not in repeated:
                words = f"这里的序号和前面的“{titles[key]}”重复，两处会用同一个网址"
                hint = "每个标题的序号只能用一次：请对照原文核对；原文印重了的，改成应有的序号，用编者注说明"
                self.problems.error("DOC-07", place.child("number"), words, hint)
            repeated.add(key)

    def kept_numbers(self, identifier: Callable[[int], str]) -> Iterator[int]:
        """See :func:`gongkai.column.withdrawal.kept_numbers`."""
        return kept_numbers(self.vocabularies.withdrawals, identifier)

    def cell(self, text: str, organ: str, year: int, origin: Origin) -> tuple[Assignment, ...]:
        """Resolve a responsible-unit cell (责任单位); a name that is in no register is an error with a suggestion."""
        register = self.vocabularies.registers.get(organ)
        if register is None:
            self.problems.error("REF-03", origin, f"区县 {organ} 还没有单位名录，无法识别“{text}”")
            return ()
        resolution = register.resolve(parse_cell(text, register.names), year=year)
        for mention in resolution.unresolved:
            words, hint = f"单位名录中没有“{mention.name}”", "若确有此单位，请先加入单位名录 plans/vocabularies/"
            parts = mention.printed.split()
            if len(parts) > 1 and all(register.find(part, year) for part in parts):
                words, hint = f"“{mention.printed}”之间是空格，会当作一个单位", f"请用顿号隔开：{'、'.join(parts)}"
            elif proposer := self.vocabularies.proposed.get(fold(mention.name)):
                hint = f"它在导入时写的待核名录里：核对后运行 gongkai accept {proposer}"
            elif near := register.suggestions(mention.name):
                hint = f"是否想写“{near[0]}”？"
            self.problems.error("TAB-02", origin, words, hint, offset=mention.offset)
        return resolution.assignments

    def knows_all(self, text: str, organ: str, year: int) -> bool:
        """Whether every name in a cell is in the register: else nobody can tell who else is meant."""
        register = self.vocabularies.registers.get(organ)
        return bool(register and not register.resolve(parse_cell(text, register.names), year=year).unresolved)

    def known_units(self, text: str, organ: str, year: int) -> tuple[Assignment, ...]:
        """Those units of a text that the register knows: what else is printed there is nobody's duty."""
        register = self.vocabularies.registers.get(organ)
        return register.resolve(parse_cell(text, register.names), year=year).assignments if register else ()


def inherited(assignments: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """The same assignments, marked as taken over from the merged cell above."""
    return tuple(replace(assignment, via=Via.INHERITED) for assignment in assignments)
