"""Review as the office does it: the steps that the column sets (``review`` in mkdocs.yml), each by somebody else.

Who did what and when is kept in the repository: a text file for each reviewed file below ``plans/.reviews/``, a line
for each act, its parts divided by tabs: day, act, name, digest of the content, reason. An act counts for the content
that it saw and for no other: whatever is changed afterwards is a draft again. Names are taken at their word, as by git.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.authoring.edits import write_whole
from gongkai.desk.history import digest_of
from gongkai.desk.session import Session, refuse
from gongkai.settings import SettingsError, load_settings

FOLDER = "plans/.reviews"
SUBMITTED, RETURNED, WITHDRAWN = "送审", "退回", "撤回"
"""Acts that are no step: handed in, sent back, and taken out of what is published, which waits for nobody."""


class ReviewState(StrEnum):
    """How far a changed file is."""

    DRAFT = "草稿"
    WAITING = "待审"
    DONE = "已审"


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the record: what was done to which content (a digest), by whom, on which day, and why."""

    day: str
    did: str
    by: str
    of: str
    reason: str = ""

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.day}\t{self.did}\t{self.by}\t{self.of}\t{self.reason}".rstrip("\t") + "\n"

    @property
    def words(self) -> str:
        """As people read it."""
        return f"{self.day} {self.did} {self.by}" + (f"：{self.reason}" if self.reason else "")


@dataclass(frozen=True, slots=True)
class Review:
    """A changed file in review: its content now, what was done to this content, and the step it waits for."""

    name: str
    digest: str
    acts: tuple[Act, ...]
    state: ReviewState
    step: str = ""
    writers: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """Its state as the list shows it."""
        return f"待{self.step}" if self.state is ReviewState.WAITING else self.state


def steps_of(session: Session) -> tuple[str, ...]:
    """The steps that the column sets; none where it sets none, or its settings cannot be read."""
    try:
        return load_settings(session.root).review
    except SettingsError:
        return ()


def record_of(name: str) -> str:
    """Where the acts on a file are kept."""
    return f"{FOLDER}/{name.removeprefix('plans/')}.txt"


def reviews(session: Session) -> dict[str, Review]:
    """Every changed file with its state; nothing where the column sets no steps."""
    steps = steps_of(session)
    return {name: _review(session, name, steps) for name in session.baseline.changed()} if steps else {}


def _review(session: Session, name: str, steps: Sequence[str]) -> Review:
    digest = _digest(_content(session, name))
    recorded = acts_on(session, name)
    handed = _digest(session.baseline.content(name))
    since = max((at + 1 for at, act in enumerate(recorded) if act.of == handed), default=0)
    writers = frozenset(act.by for act in recorded[since:] if act.did == SUBMITTED)
    acts = tuple(act for act in recorded if act.of == digest)
    last = max((at for at, act in enumerate(acts) if act.did in (SUBMITTED, RETURNED)), default=-1)
    if acts and acts[-1].did == WITHDRAWN:
        return Review(name, digest, acts, ReviewState.DONE)
    if last < 0 or acts[last].did == RETURNED:
        return Review(name, digest, acts, ReviewState.DRAFT, writers=writers)
    passed = {act.did for act in acts[last:]}
    step = next((step for step in steps if step not in passed), "")
    state = ReviewState.WAITING if step else ReviewState.DONE
    return Review(name, digest, acts, state, step, writers)


def _content(session: Session, name: str) -> bytes | None:
    path = session.root / name
    return path.read_bytes() if path.is_file() else None


def _digest(content: bytes | None) -> str:
    """The same for both kinds of line ends, between which git changes; of its own for a file that is gone."""
    return "gone" if content is None else digest_of(content.replace(b"\r\n", b"\n"))


def acts_on(session: Session, name: str) -> list[Act]:
    """Everything that was ever done to a file, in order; lines that are none of ours are left out."""
    content = _content(session, record_of(name)) or b""
    parts = [line.split("\t") for line in content.decode("utf-8", "replace").splitlines()]
    return [Act(*each[:5]) for each in parts if len(each) >= len(("day", "did", "by", "of"))]


def act(session: Session, did: str, seen: Mapping[str, str], by: str, reason: str = "") -> None:
    """Hand files in, pass a step or send them back, all or none; ``seen`` has the content that the page showed of each.

    Raises:
        RefusedError: when nobody signs it or nothing is chosen, somebody would pass his own change, it is not the
            turn of this step, or the content is another by now.
    """
    by, reason = (" ".join(text.split()) for text in (by, reason))
    if not by:
        refuse("请写您的姓名：审核记录里要有", ("by",))
    if not seen:
        refuse("请先选文件")
    if did == RETURNED and not reason:
        refuse("请写退回的原因，如 第3项日期与原件不一致", ("reason",))
    known = reviews(session)
    lines = {}
    for name, digest in seen.items():
        review = known.get(name)
        if review is None or review.digest != digest:
            refuse(f"{name} 刚才又改过，请重新看了再办")
        _may(review, did, by)
        lines[name] = Act(session.day.isoformat(), did, by, digest, reason)
    words = f"{did} {len(lines)} 个文件"
    session.put(words, {record_of(name): _longer(session, name, line) for name, line in lines.items()})


def _may(review: Review, did: str, by: str) -> None:
    if did == SUBMITTED:
        if review.state is not ReviewState.DRAFT:
            refuse(f"{review.name} 已经送审")
        return
    if review.state is not ReviewState.WAITING or did not in (RETURNED, review.step):
        refuse(f"{review.name} 现在是{review.label}，不能办“{did}”")
    if by in review.writers and did != RETURNED:
        refuse(f"{review.name} 是{by}自己送审的，请别人审", ("by",))
    if did != RETURNED and any(each.by == by for each in review.acts if each.did not in (SUBMITTED, RETURNED)):
        refuse(f"{by}已经审过 {review.name} 的另一步，每一步由不同的人审", ("by",))


def _longer(session: Session, name: str, done: Act) -> bytes:
    return (_content(session, record_of(name)) or b"") + done.line.encode()


def unfinished(known: Mapping[str, Review]) -> list[Review]:
    """What may not be handed over yet."""
    return [review for review in known.values() if review.state is not ReviewState.DONE]


def pass_withdrawn(session: Session, names: Collection[str]) -> None:
    """Files in which something was withdrawn and nothing else changed: that is urgent and makes nothing public.

    No step of the history, which holds nothing of what was withdrawn.
    """
    known = {name: review for name, review in reviews(session).items() if name in names}
    done = {name: Act(session.day.isoformat(), WITHDRAWN, "", review.digest) for name, review in known.items()}
    write_whole({session.root / record_of(name): _longer(session, name, each) for name, each in done.items()})


def signed(known: Mapping[str, Review], names: Sequence[str]) -> list[str]:
    """Lines for the message of a commit: who passed what."""
    return [f"{name}\n" + "\n".join(f"- {each.words}" for each in known[name].acts) for name in names if name in known]
