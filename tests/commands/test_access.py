"""Whom an export is for, and who is let into a served dashboard, as the commands see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.commands.export import _for_audience
from geo.commands.serve import _login_asked, _without_login
from geo.errors import ConfigurationError
from geo.settings import read_settings
from tests.layers.scenes import make_scene

SCENE = make_scene(events=40, cells=4)


def test_a_public_export_is_coarsened_and_an_internal_one_says_that_it_is_not() -> None:
    public, closed, told = _for_audience(SCENE, "public", read_settings())
    coarse = int((public.events["gazetteer"] == "coarsened").sum())
    assert coarse > 0
    assert closed
    assert told == f"Sensitive places: {coarse} coarsened, 0 left out as too young, or of unknown age."
    same, open_documents, warned = _for_audience(SCENE, "internal", read_settings())
    assert same is SCENE
    assert not open_documents
    assert f"{coarse} at sensitive places are exact" in warned


def test_the_box_of_a_public_export_is_laid_on_what_the_public_gets() -> None:
    """By exact places it would tell which of the coarsened events lie in it."""
    public, _, _ = _for_audience(SCENE, "public", read_settings())
    row = public.events[public.events["gazetteer"] == "coarsened"].dropna(subset="lon").iloc[0]
    exact = SCENE.events.set_index("event_id").loc[row["event_id"]]
    boxes = {
        name: (one["lon"] - 1e-3, one["lat"] - 1e-3, one["lon"] + 1e-3, one["lat"] + 1e-3)
        for name, one in {"exact": exact, "public": row}.items()
    }
    found = {name: _for_audience(SCENE, "public", read_settings(), box=box)[0].events for name, box in boxes.items()}
    assert row["event_id"] not in set(found["exact"]["event_id"])
    assert row["event_id"] in set(found["public"]["event_id"])


def test_rules_that_are_off_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_SENSITIVE", "off")
    scene, _, told = _for_audience(SCENE, "public", read_settings())
    assert scene is SCENE
    assert "is off" in told


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="expected internal or public"):
        _for_audience(SCENE, "everybody", read_settings())


def test_secrets_decide_whether_people_log_in(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    assert not _login_asked([secrets], named=False)
    secrets.write_text("[auth]\nclient_id = 'atlas'\n")
    assert _login_asked([secrets], named=False)
    secrets.write_text("[database]\nname = 'x'\n")
    assert not _login_asked([secrets], named=False)
    with pytest.raises(ConfigurationError, match=r"no section \[auth\]"):
        _login_asked([secrets], named=True)
    secrets.write_text("[auth\n")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        _login_asked([secrets], named=False)


def test_the_start_warns_where_others_get_in_without_a_login() -> None:
    assert "only this machine" in _without_login("localhost")
    assert _without_login("0.0.0.0").startswith("WARNING: no login")  # noqa: S104
