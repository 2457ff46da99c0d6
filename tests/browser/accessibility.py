"""axe-core (Deque's checker of WCAG rules) on a page in a real browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from geo.settings import read_settings

VERSION = "4.11.0"
"""As tests/set_up.sh installs it."""
_RUN = "async (rules) => (await axe.run(document, rules)).violations"
_RULES = {"resultTypes": ["violations"], "iframes": False}


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a page breaks."""

    rule: str
    impact: str
    """`minor`, `moderate`, `serious` or `critical`."""
    help: str
    places: tuple[str, ...]
    """Selectors of the elements concerned."""


def faults(page: Page | Frame) -> list[Fault]:
    """Return every rule of WCAG and good practice that a page or a frame breaks, the gravest first."""
    path = read_settings().cache / f"axe-core-{VERSION}" / "axe.min.js"
    if not path.is_file():
        pytest.fail(f"axe-core is not at {path}: run bash tests/set_up.sh")
    # The page's own policy lets no script in from outside; the browser's debugger does.
    page.evaluate(path.read_text(encoding="utf-8") + "; void 0")
    found = [_fault(violation) for violation in page.evaluate(_RUN, _RULES)]
    order = ("critical", "serious", "moderate", "minor")
    return sorted(found, key=lambda fault: order.index(fault.impact) if fault.impact in order else len(order))


def serious_faults(page: Page | Frame) -> list[Fault]:
    """Return the faults that keep people out: what axe calls serious or critical."""
    return [fault for fault in faults(page) if fault.impact in ("serious", "critical")]


def _fault(violation: dict[str, Any]) -> Fault:
    places = tuple(f"{' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in violation["nodes"])
    return Fault(violation["id"], violation["impact"] or "minor", violation["help"], places)
