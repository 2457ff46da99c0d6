"""What people decide about events, and what a run leaves behind: both outlive every later run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from geo.evidence import digest
from geo.vocabulary import Review


class DecisionKind(StrEnum):
    """What a decision is about."""

    REVIEW = "review"
    """One event: confirmed, corrected or rejected."""
    APART = "apart"
    """Accounts that tell of different events."""
    TOGETHER = "together"
    """Accounts that tell of the same event."""
    UNDONE = "undone"
    """An earlier decision that holds no longer."""


_LATER = ("other_ids", "undoes")


def moment() -> str:
    """Return the present time, ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision about an event or about accounts.

    An event's identifier may change when an earlier account of it arrives, so a review names the event's accounts too
    and follows them.
    """

    kind: DecisionKind
    event_id: str = ""
    account_ids: tuple[str, ...] = ()
    """For a review, the accounts that the event had; for the others, the accounts that are bound or parted."""
    review: Review = Review.CONFIRMED
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Corrected columns of the event record, by name."""
    note: str = ""
    person: str = ""
    other_ids: tuple[str, ...] = ()
    """For APART, those that the accounts are parted from; without any, each is parted from each."""
    undoes: str = ""
    """For UNDONE, the identifier of the decision that is taken back."""
    decided_at: str = field(default_factory=moment)

    @property
    def decision_id(self) -> str:
        """Made from all that was decided, and when."""
        return "de-" + digest(self.body(), self.decided_at)

    def body(self) -> str:
        """Return all but the time, as JSON."""
        told = asdict(self)
        # Left out where empty: decisions of before these fields were there keep their identifiers.
        values = {name: told[name] for name in told if name != "decided_at" and (told[name] or name not in _LATER)}
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, body: str, decided_at: str) -> Decision:
        """Return the decision of a stored row."""
        values = json.loads(body)
        values["kind"] = DecisionKind(values["kind"])
        values["review"] = Review(values["review"])
        for name in ("account_ids", "other_ids"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values, decided_at=decided_at)


@dataclass(frozen=True, slots=True)
class Run:
    """Provenance of one ingest: by what it was made, from what, and what came of it."""

    run_id: str
    started_at: str
    ended_at: str = ""
    """Empty while it runs, and for good where it was cut short."""
    command: str = ""
    plan: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def body(self) -> str:
        """Return what is not a column of its own, as JSON."""
        values = {"command": self.command, "plan": dict(self.plan), "versions": dict(self.versions)}
        return json.dumps({**values, "inputs": self.inputs, "counts": dict(self.counts)}, ensure_ascii=False)

    @classmethod
    def of(cls, run_id: str, started_at: str, ended_at: str, body: str) -> Run:
        """Return the run of a stored row."""
        values = json.loads(body)
        values["inputs"] = tuple(values["inputs"])
        return cls(run_id=run_id, started_at=started_at, ended_at=ended_at, **values)
