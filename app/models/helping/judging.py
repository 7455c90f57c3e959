"""The verdicts of actions, in numbers: for who reads no words too."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.models.helping.table import MORE, Hope, Yardstick
from app.models.helping.talks import Heard, heard
from app.models.helping.verdict import Judgement, Verdict, judge


@dataclass(frozen=True, slots=True)
class Outcome:
    """`judgement` weighs `heard`; of a share, `some_before` of `judgement.before` talks named or chose it."""

    yardstick: Yardstick
    judgement: Judgement
    heard: Heard

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def some_before(self) -> int:
        return sum(talk.value for talk in self.heard.before)

    @property
    def some_after(self) -> int:
        return sum(talk.value for talk in self.heard.after[: self.judgement.after])

    def scores(self, *, after: bool) -> list[int]:
        """How many talks gave each score from 0 to 10: never one figure for all."""
        talks = self.heard.after[: self.judgement.after] if after else self.heard.before
        counts = [0] * 11
        for talk in talks:
            counts[talk.value] += 1
        return counts


def outcomes(db: Session, action_ids: Iterable[str]) -> dict[str, Outcome]:
    """Action -> what can be said of it; none for an action without a yardstick."""
    wanted = col(Yardstick.action_id).in_(list(action_ids))
    return {
        one.yardstick.action_id: one for one in _judged(db, list(db.exec(select(Yardstick).where(wanted))))
    }


def undecided_at(db: Session, location_id: str) -> list[Outcome]:
    """Those for which the next talks at this place still count."""
    there = select(Yardstick).where(Yardstick.location_id == location_id).order_by(col(Yardstick.id))
    found = _judged(db, list(db.exec(there)))
    return [one for one in found if one.verdict == Verdict.TOO_LITTLE and one.judgement.to_go]


def _judged(db: Session, yardsticks: list[Yardstick]) -> list[Outcome]:
    said = heard(db, yardsticks)
    return [Outcome(one, _judge(one, said[one.id]), said[one.id]) for one in yardsticks]


def _judge(one: Yardstick, said: Heard) -> Judgement:
    before, after = (tuple(talk.value for talk in talks) for talks in (said.before, said.after))
    return judge(before, after, scores=one.hope == Hope.HIGHER, more=one.hope in MORE)
