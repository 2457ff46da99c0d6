from __future__ import annotations

from dashboard.components.measured import in_short, measured_figures, measured_html
from dashboard.i18n import load_words

LONG = "gold names given; <b>" + "five-fold cross-validation over documents; " * 6


def figure(name: str, value: float, *, floor: float | None = None, note: str = "") -> dict:
    return {"name": name, "value": value, "floor": floor, "note": note, "passed": True}


def test_figures_are_said_in_words_and_nothing_is_cut() -> None:
    words = load_words("en")
    told = [
        figure("lgl.exact_f1", 0.8384, floor=0.8, note=LONG),
        figure("annotated.kept.place.precision", 0.5, note=LONG),
        figure("confidence.snippets.at_0.30", 0.8387),
        figure("some_corpus.a_new_part", 1.0),
    ]
    names = [(item.on, item.name, item.value, item.pinned) for item in measured_figures(told, words)]
    assert names == [
        ("Place names in local news (corpus LGL)", "both together, borders exact", "83.8%", True),
        ("Passages annotated event by event", "kept unseen until the end, place, right of those found", "50.0%", False),
        ("Whether the stated confidence is right", "right, where the confidence is 30 % or more", "83.9%", False),
        ("some corpus", "a new part", "100.0%", False),
    ]
    html = measured_html(list(measured_figures(told, words)), words)
    assert LONG.replace("<b>", "&lt;b&gt;") in html, "whole, and text alone"
    assert "_" not in html.replace("ca-measured", "")


def test_in_short_the_lower_of_two_unseen_sets_is_told() -> None:
    told = [
        figure("annotated.kept.recall", 0.81),
        figure("annotated.new_kept.recall", 0.676),
        figure("annotated.kept.place.precision", 0.913),
        figure("annotated.development.recall", 0.1),
    ]
    short = {item.name: item.value for item in in_short(told, load_words("en"))}
    assert short == {"Events found": "68%", "Place right": "91%"}
