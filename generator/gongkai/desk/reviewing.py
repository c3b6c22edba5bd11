"""Review as the office does it: the steps that the column sets (``review`` in mkdocs.yml), each by somebody else.

Who did what and when is kept in the repository (``load/reviews.py``). An act counts for the content that it saw and for
no other: whatever is changed afterwards is a draft again. Names are taken at their word, as by git.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from gongkai.authoring.edits import write_whole
from gongkai.desk.session import Session, refuse
from gongkai.load.reviews import RETURNED, SUBMITTED, WITHDRAWN, Act, acts_in, record_of, reviewed_digest
from gongkai.settings import SettingsError, load_settings


class ReviewState(StrEnum):
    """How far a changed file is."""

    DRAFT = "草稿"
    WAITING = "待审"
    DONE = "已审"


class Review(Struct, frozen=True):
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


def reviews(session: Session) -> dict[str, Review]:
    """Every changed file with its state; nothing where the column sets no steps."""
    steps = steps_of(session)
    return {name: _review(session, name, steps) for name in session.baseline.changed()} if steps else {}


def _review(session: Session, name: str, steps: Sequence[str]) -> Review:
    digest = reviewed_digest(_content(session, name))
    recorded = acts_on(session, name)
    handed = reviewed_digest(session.baseline.content(name))
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


def acts_on(session: Session, name: str) -> list[Act]:
    """Everything that was ever done to a file, in order."""
    return acts_in(_content(session, record_of(name)) or b"")


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
