"""The rules by which recognised spans are counted right, each as the field counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Spans = Sequence[tuple[int, int]]
Agreement = Callable[[tuple[int, int], tuple[int, int]], bool]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of spans, and what is made of them."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.right / (self.right + self.false) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.right / (2 * self.right + self.false + self.missed) if self.right else 0.0


def matched_score(gold: Spans, predicted: Spans, agree: Agreement) -> Score:
    """Count one document: each gold span takes the first prediction still free that agrees with it."""
    free = list(predicted)
    right = 0
    for span in gold:
        hit = next((guess for guess in free if agree(span, guess)), None)
        if hit is not None:
            free.remove(hit)
            right += 1
    return Score(right, len(free), len(gold) - right)


def exact(gold: tuple[int, int], guess: tuple[int, int]) -> bool:
    """Agree where both ends are the same."""
    return gold == guess


def overlapping_half(gold: tuple[int, int], guess: tuple[int, int]) -> bool:
    """Agree where the shared characters are at least half of the longer span (the rule for places of events)."""
    shared = min(gold[1], guess[1]) - max(gold[0], guess[0])
    return shared * 2 >= max(gold[1] - gold[0], guess[1] - guess[0])


def same_name_nearby(text: str) -> Agreement:
    """Agree where the words are the same, whatever their case, and the middles lie under 10 characters apart.

    This is the rule of the EUPEG leaderboard (Wang and Hu 2019).
    """

    def agree(gold: tuple[int, int], guess: tuple[int, int]) -> bool:
        near = abs(sum(gold) - sum(guess)) / 2 < 10
        return near and text[slice(*gold)].strip().lower() == text[slice(*guess)].strip().lower()

    return agree


def total(scores: Iterable[Score]) -> Score:
    """Add up the counts of documents (a micro average)."""
    return sum(scores, Score())
