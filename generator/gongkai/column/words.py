"""Words that kinds of files bring with them: kinds of records, and relations between records.

They are open: a new kind of file makes its own, and whatever knows no more than the word works with it. The same word
is the same object, so that ``is`` compares it.
"""

from __future__ import annotations

from typing import ClassVar, Self


class Word(str):
    """A string of which there is one object for each value."""

    __slots__ = ()
    _known: ClassVar[dict[tuple[type, str], Word]] = {}

    def __new__(cls, value: str) -> Self:
        """The one object of this class with this value."""
        return Word._known.setdefault((cls, value), super().__new__(cls, value))  # type: ignore[return-value]

    @property
    def value(self) -> str:
        """The plain string."""
        return str(self)

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        """Read back as the one object."""
        return type(self), (str(self),)


class RecordKind(Word):
    """A kind of record, such as ``task``; the value is part of the open data.

    What else is to be said of it (``label``, ``cited``, ``audience_rank``, ``unit_block``) is said once by the folder
    of its kind of file, with :func:`record_kind`.
    """

    label: str = ""
    cited: bool = False
    audience_rank: int | None = None
    unit_block: str | None = None
    heading: bool = False
    position: bool = True


def record_kind(
    value: str,
    label: str,
    *,
    cited: bool = False,
    audience_rank: int | None = None,
    unit_block: str | None = None,
    heading: bool = False,
    position: bool = True,
) -> RecordKind:
    """Declare a kind of record.

    Args:
        value: its word in the open data and in Python.
        label: what readers call it.
        cited: an official document itself, so that the document's number is part of its title in the search.
        audience_rank: its place on the pages of groups of people (人群); None where it never concerns people by itself.
        unit_block: the block of a unit's page that shows what such records ask of the unit: ``duties``, ``decisions``,
            ``items``, ``projects`` or ``others``.
        heading: a heading within a document, which pages of other years point at.
        position: whether lists show where in its file it stands (第22项).
    """
    kind = RecordKind(value)
    kind.label, kind.cited, kind.audience_rank = label, cited, audience_rank
    kind.unit_block, kind.heading, kind.position = unit_block, heading, position
    return kind


class Relation(Word):
    """How one record stands to another, in the words of the page that shows it."""

    __slots__ = ()


UNIT = record_kind("unit", "单位")
"""The register's own kind: a unit is no record of a file, but has pages and labels like one."""

REPLACED_BY, REPLACES = Relation("已由下列文件替代"), Relation("替代了")
PARENT, CHILD = Relation("上位规划"), Relation("下位规划")
DECIDED_BY, DECIDED = Relation("制定它的决策"), Relation("制定的规划")
SHARED_RELATIONS = ((PARENT, CHILD), (DECIDED_BY, DECIDED), (REPLACED_BY, REPLACES))
"""Relations forth and back that several kinds of files speak of: the plans above, and the text that took its place."""
