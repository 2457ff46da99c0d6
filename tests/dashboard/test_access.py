"""Who may do what: roles from a file, the lock at every write, and what a viewer is not shown."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access
from dashboard.access import LOCAL, STRANGER, Person, RefusedError
from dashboard.app import PAGES
from dashboard.reading import Reading, store_reading
from dashboard.review import decide, merge, split, undo_last
from dashboard.roles import Role, Roles, read_roles
from geo.errors import ConfigurationError
from geo.records import record
from geo.stores import open_store
from geo.tables import EVENT_COLUMNS, empty_table
from geo.vocabulary import Review
from tests.dashboard.sample_store import ROOT

LOGIN = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "a secret of the tests alone",
    "client_id": "atlas",
    "client_secret": "another",
    "server_metadata_url": "http://localhost:9/.well-known/openid-configuration",
}
VIEWER = Person("vera@example.org", Role.VIEWER, logged_in=True)
REVIEWER = Person("rami@example.org", Role.REVIEWER, logged_in=True)


@pytest.fixture
def as_person(monkeypatch: pytest.MonkeyPatch):
    def be(person: Person) -> None:
        monkeypatch.setattr(access, "current_person", lambda: person)

    return be


def opened(page: str, *, auth: dict[str, object] | None = None, user: dict[str, object] | None = None) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
    app.secrets = {"auth": LOGIN if auth is None else auth}
    app.user = {"is_logged_in": False} if user is None else {"is_logged_in": True, **user}
    app.query_params["lang"] = "en"
    app.run()
    return app if page == "map" else app.switch_page(f"screens/{page}.py").run()


# The file of roles


def written(folder: Path, text: str) -> Path:
    path = folder / "roles.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_roles_go_by_subject_then_address_then_group(tmp_path: Path) -> None:
    roles = read_roles(
        written(
            tmp_path,
            'default = "none"\ngroups_claim = "teams"\n[people]\n"Anna@Example.org" = "editor"\n"sub:7" = "viewer"\n'
            '[groups]\n"r" = "reviewer"\n"v" = "viewer"\n',
        )
    )
    assert roles.role_of({"sub": "1", "email": "anna@EXAMPLE.org"}) is Role.EDITOR
    assert roles.role_of({"sub": "7", "email": "anna@example.org"}) is Role.VIEWER
    assert roles.role_of({"sub": "2", "teams": ["v", "r", 3]}) is Role.REVIEWER
    assert roles.role_of({"sub": "2", "teams": "v"}) is Role.VIEWER
    assert roles.role_of({"sub": "2", "groups": ["r"]}) is Role.NONE


@pytest.mark.parametrize("verified", [False, "false"])
def test_an_address_that_the_provider_doubts_gives_no_role(verified: object) -> None:
    roles = Roles(people={"anna@example.org": Role.EDITOR})
    assert roles.role_of({"sub": "1", "email": "anna@example.org", "email_verified": verified}) is Role.VIEWER


def test_without_a_file_everybody_who_logged_in_is_a_viewer(tmp_path: Path) -> None:
    assert read_roles(tmp_path / "none.toml").role_of({"sub": "1", "email": "anna@example.org"}) is Role.VIEWER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[people]\n"anna@example.org" = "admin"\n', "'admin'"),
        ('[people]\n"anna" = "editor"\n', "neither an e-mail address"),
        ('[persons]\n"anna@example.org" = "editor"\n', "unknown key 'persons'"),
        ('default = "everybody"\n', "default is 'everybody'"),
        ("people = 3\n", "no table"),
        ("[people\n", "cannot be used"),
    ],
)
def test_a_broken_file_of_roles_lets_nobody_in(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nobody is let in") as raised:
        read_roles(written(tmp_path, text))
    assert said in str(raised.value)


# The lock


def test_every_function_that_opens_a_store_for_writing_asks_first() -> None:
    """New write paths are found by their call: `open_store` without `read_only`."""
    unlocked = []
    for path in sorted((ROOT / "dashboard").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            names = {node.func.id for node in calls if isinstance(node.func, ast.Name)}
            opens = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "open_store"]
            writes = [node for node in opens if not any(word.arg == "read_only" for word in node.keywords)]
            if writes and not names & {"require", "signed"}:
                unlocked.append(f"{path.relative_to(ROOT)}: {function.name}")
    assert not unlocked, f"call access.require(Role.…) before opening the store in {unlocked}"


UNGATED = {
    "series_names": "names of zone series alone",
    "fitting_series": "the name of a zone series alone",
    "all_series": "zones alone",
    "_marks_by_document": "read through document_marks alone, which asks",
}


def test_every_query_that_reads_a_store_knows_who_asks() -> None:
    """New ways to read are found by their call: what they return must be what the public may see, to the public."""
    ungated = []
    for name in ("queries.py", "sight.py", "references.py"):
        tree = ast.parse((ROOT / "dashboard" / name).read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name not in UNGATED:
                text = ast.unparse(function)
                if "open_store(" in text and "public_at" not in text and "closed_documents(" not in text:
                    ungated.append(f"{name}: {function.name}")
    assert not ungated, f"heed version.public_at in {ungated}"


@pytest.mark.parametrize("person", [VIEWER, STRANGER])
def test_who_may_not_decide_changes_nothing(as_person, own_store: Path, person: Person) -> None:
    as_person(person)
    with open_store(str(own_store), read_only=True) as store:
        row = store.events().iloc[0].to_dict()
    for attempt in (
        lambda: decide(str(own_store), row, Review.CONFIRMED, person="Rami"),
        lambda: merge(str(own_store), [row, row], person="Rami"),
        lambda: split(str(own_store), row, [], person="Rami"),
        lambda: undo_last(str(own_store), person="Rami"),
        lambda: store_reading(Reading((), empty_table(EVENT_COLUMNS), ()), address=str(own_store)),
    ):
        with pytest.raises(RefusedError, match="nothing was changed"):
            attempt()
    with open_store(str(own_store), read_only=True) as store:
        assert store.decisions() == ()


def test_a_decision_is_signed_with_the_login_whatever_was_written(as_person, own_store: Path) -> None:
    as_person(REVIEWER)
    with open_store(str(own_store), read_only=True) as store:
        row = store.events().iloc[0].to_dict()
    assert decide(str(own_store), row, Review.CONFIRMED, person="Somebody Else").person == REVIEWER.name
    with pytest.raises(RefusedError, match="this needs editor"):
        store_reading(Reading((), empty_table(EVENT_COLUMNS), ()), address=str(own_store))


def test_without_a_login_the_local_user_is_an_editor() -> None:
    assert access.current_person() == LOCAL


# The pages


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch, demo_store: Path, tmp_path: Path) -> Path:
    monkeypatch.setenv("CONFLICT_STORE", str(demo_store))
    path = written(tmp_path, '[people]\n"rami@example.org" = "reviewer"\n"edna@example.org" = "editor"\n')
    monkeypatch.setenv("CONFLICT_ROLES", str(path))
    return path


def test_before_the_login_nothing_is_shown_but_the_door(demo: Path) -> None:
    app = opened("map")
    assert [button.label for button in app.button] == ["Log in"]
    assert any("From news reports to a map" in piece.proto.body for piece in app.get("html"))
    assert not app.exception
    assert not app.dataframe


def test_a_login_that_lacks_settings_lets_nobody_in(demo: Path) -> None:
    app = opened("map", auth={**LOGIN, "client_id": ""}, user={"email": "edna@example.org"})
    assert "lacks client_id" in app.error[0].value
    assert not app.button


def test_a_broken_file_of_roles_is_explained_on_the_page(demo: Path) -> None:
    demo.write_text('[people]\n"edna@example.org" = "chief"\n')
    app = opened("map", user={"email": "edna@example.org"})
    assert "'chief'" in app.error[0].value
    assert '"sub:248289761001" = "reviewer"' in app.code[0].value.splitlines(), "an example to copy, line by line"
    assert not app.exception


def test_a_stranger_is_turned_away_where_the_file_says_so(demo: Path) -> None:
    demo.write_text('default = "none"\n')
    app = opened("map", user={"email": "someone@example.org", "sub": "9"})
    # As it stands: what a provider says of a person must not become links or styles.
    assert "`someone@example.org`" in app.error[0].value
    assert [button.label for button in app.button] == ["Log out"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["vera", "rami", "edna"])
def test_every_page_runs_for_every_role(demo: Path, page: str, who: str) -> None:
    app = opened(page, user={"email": f"{who}@example.org"})
    assert not app.exception
    assert not app.error
    refusals = [item.value for item in app.warning if "This needs the role" in item.value]
    needed = {"review": "reviewer", "zones": "editor"}.get(page)
    allowed = {"vera": Role.VIEWER, "rami": Role.REVIEWER, "edna": Role.EDITOR}[who]
    if needed and allowed < Role[needed.upper()]:
        assert f"role {needed}" in refusals[0]
    else:
        assert not refusals
    keys = {button.key for button in app.button}
    if page == "review":
        assert ("review_confirmed" in keys) == (allowed >= Role.REVIEWER)
    if page == "documents":
        assert app.button(key="paste_store").disabled == (allowed < Role.EDITOR)


def test_a_viewer_is_shown_nothing_exact_of_a_sensitive_place(demo: Path, demo_store: Path) -> None:
    from dashboard import queries
    from dashboard.sight import Version, publication

    exact = queries.store_version()
    public = Version(exact.address, exact.stamp, public_at=500_000)
    series = queries.series_of(exact, queries.View())
    made = publication(public, series)
    assert made.coarsened > 0
    before = queries.whole_scene(exact, series).events.set_index("event_id")
    shown = queries.board(public, series).events.set_index("event_id")
    hidden = shown[shown["gazetteer"] == "coarsened"].index
    for name in made.closed_documents:
        assert queries.document(public, name) is None
        assert queries.document_marks(public, name) == ()
        assert queries.document(exact, name) is not None
    assert not set(queries.documents(public)["document_id"]) & made.closed_documents
    for event in hidden:
        row = record({"event_id": event, **before.loc[event].to_dict()})
        told = [quote for account in row["accounts"] for quote in account["evidence"]]
        # Who did it, and to whom, is told in the words of the list of actors, which may be those of the report.
        quotes = {quote["text"] for quote in told if not quote["field"].startswith("actor")}
        seen = json.dumps(record({"event_id": event, **shown.loc[event].to_dict()}), ensure_ascii=False)
        assert not row["gazetteer_id"] or row["gazetteer_id"] not in seen
        assert not [text for text in quotes if len(text) > 12 and text in seen]
        assert queries.event_accounts(public, event) == ()


def test_the_quality_page_says_which_rules_hold(demo: Path) -> None:
    viewer = opened("quality", user={"email": "vera@example.org"})
    table = next(item.body for item in viewer.html if "How they are shown" in item.body)
    assert "<td>hospitals and other health care</td><td>to 5 km, after 72 hours</td>" in table
    assert any("events coarsened" in item.value for item in viewer.caption)
    editor = opened("quality", user={"email": "edna@example.org"})
    assert any("You get exact places" in item.value for item in editor.caption)


def test_a_reviewer_can_download_for_the_public(demo: Path) -> None:
    from dashboard import queries
    from dashboard.sight import public_version

    exact = queries.store_version()
    series = queries.series_of(exact, queries.View())
    file = queries.export(public_version(exact), series, queries.View(), ".geojson", "events")
    assert b'"gazetteer":"coarsened"' in file
    assert b'"gazetteer":"coarsened"' not in queries.export(exact, series, queries.View(), ".geojson", "events")
    for who, offered in (("rami@example.org", [False]), ("vera@example.org", [])):
        app = opened("map", user={"email": who})
        app.session_state["downloads_menu"] = True
        app.run()
        assert [box.value for box in app.checkbox if box.key == "download_public"] == offered
        assert not app.exception
