"""Quality on gold that nobody here wrote, with floors that only rise. `measure` is what `geo evaluate` calls."""

from .measuring import NAMES, Evaluation, Figure, measure

__all__ = ["NAMES", "Evaluation", "Figure", "measure"]
