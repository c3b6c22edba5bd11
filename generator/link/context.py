"""What every linking step needs: the vocabularies, the problems found so far, and the checks they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from generator.link.cells import parse_cell
from generator.link.problems import Problems, nearest
from generator.link.vocabularies import Vocabularies
from generator.model.origin import Origin
from generator.model.unit import Assignment, Via
from generator.model.waiver import Waiver


@dataclass(frozen=True, slots=True)
class Context:
    """Vocabularies to resolve against, the day that states are judged on, and the lists that are filled on the way."""

    vocabularies: Vocabularies
    problems: Problems
    as_of: date
    waivers: list[Waiver] = field(default_factory=list)

    def organ(self, organ: str, origin: Origin) -> None:
        """Check that an organ exists."""
        known = self.vocabularies.organs
        if organ not in known:
            self.problems.error("REF-01", origin, f"没有编号为 {organ} 的区县", nearest(organ, known))

    def themes(self, themes: Sequence[str], origin: Origin) -> tuple[str, ...]:
        """Check that every theme exists; returns them without repeats, in the order written."""
        known = self.vocabularies.themes
        for at, theme in enumerate(themes):
            if theme not in known:
                hint = nearest(theme, known) or "主题编号见 plans/vocabularies/themes.yml"
                self.problems.error("REF-02", origin.child("themes", at), f"没有编号为 {theme} 的主题", hint)
        return tuple(dict.fromkeys(theme for theme in themes if theme in known))

    def audiences(self, audiences: Sequence[str], origin: Origin) -> tuple[str, ...]:
        """Check that every audience exists."""
        known = self.vocabularies.audiences
        for at, audience in enumerate(audiences):
            if audience not in known:
                hint = nearest(audience, known) or "人群编号见 plans/vocabularies/audiences.yml"
                self.problems.error("REF-09", origin.child("audiences", at), f"没有编号为 {audience} 的人群", hint)
        return tuple(dict.fromkeys(audience for audience in audiences if audience in known))

    def numbers(self, places: Iterable[tuple[int, Origin]]) -> None:
        """Check that each number stands once in its file: numbers are addresses."""
        seen: set[int] = set()
        for number, place in places:
            if number in seen:
                self.problems.error("DOC-07", place, f"序号 {number} 重复", "每一项的序号只能用一次")
            seen.add(number)

    def cell(self, text: str, organ: str, year: int, origin: Origin) -> tuple[Assignment, ...]:
        """Resolve a responsible-unit cell (责任单位); a name that is in no register is an error with a suggestion."""
        register = self.vocabularies.registers.get(organ)
        if register is None:
            self.problems.error("REF-03", origin, f"区县 {organ} 还没有单位名录，无法识别“{text}”")
            return ()
        resolution = register.resolve(parse_cell(text, register.names), year=year)
        for mention in resolution.unresolved:
            near = register.suggestions(mention.name)
            hint = f"是否想写“{near[0]}”？" if near else "若确有此单位，请先加入单位名录 plans/vocabularies/"
            self.problems.error("TAB-02", origin, f"单位名录中没有“{mention.name}”", hint, offset=mention.offset)
        return resolution.assignments


def inherited(assignments: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """The same assignments, marked as taken over from the merged cell above."""
    return tuple(replace(assignment, via=Via.INHERITED) for assignment in assignments)
