"""How many names of a document lie in one area, from how likely each of their candidates is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.places.arithmetic import Floats, Integers


class Areas:
    """The areas of one kind that the candidates of a document lie in; 0 stands for none."""

    def __init__(self, area: Integers, group: Integers, groups: int, *, itself: npt.NDArray[np.bool_]) -> None:
        """`group` is the name of each candidate, numbered below `groups`; `itself` marks those that are an area."""
        # A document has too few candidates for a sort to pay.
        rows: dict[int, int] = {}
        number = np.array([rows.setdefault(one, len(rows)) for one in area.tolist()], dtype=np.int64)
        self._number = number
        self._shape = (len(rows), groups)
        self._cell = number * groups + group
        self._known = area > 0
        self._itself = np.flatnonzero(itself)
        self._own_cell = self._cell[self._itself]

    def support(self, probability: Floats) -> Floats:
        """Return the number of other names expected in each candidate's area; 0 where it lies in none."""
        return self._others(np.minimum(self._mass(self._cell, probability), 1.0))

    def named(self, probability: Floats) -> Floats:
        """Return the probability that another name of the document is the area itself."""
        if not len(self._itself):
            return np.zeros(len(self._cell))
        return np.minimum(self._others(self._mass(self._own_cell, probability[self._itself])), 1.0)

    def _mass(self, cell: Integers, weights: Floats) -> Floats:
        rows, groups = self._shape
        mass: Floats = np.bincount(cell, weights=weights, minlength=rows * groups).astype(np.float64, copy=False)
        return mass.reshape(self._shape)

    def _others(self, mass: Floats) -> Floats:
        others: Floats = mass.sum(axis=1)[self._number] - mass.ravel()[self._cell]
        return np.where(self._known, others, 0.0)
