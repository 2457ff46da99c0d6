"""Logging in with a provider that runs here: a shared link is kept, a viewer is refused, a reviewer confirms."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from geo.stores import open_store
from tests.browser.accessibility import serious_faults
from tests.browser.identity import Provider, identity_provider
from tests.browser.serving import Visit, served, visiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]

PEOPLE = {
    "Vera": {"sub": "1", "email": "vera@example.org", "email_verified": True, "name": "Vera"},
    "Rami": {"sub": "2", "email": "rami@example.org", "email_verified": True, "name": "Rami", "groups": ["checkers"]},
}
ROLES = '[groups]\ncheckers = "reviewer"\n'


@contextmanager
def logged_in(chromium: Browser, address: str, provider: Provider, name: str, *, link: str) -> Iterator[Visit]:
    """Follow a link through the provider's page as one of its people."""
    with visiting(chromium, address, also=provider.address) as tab:
        page = tab.open(link)
        expect(page.locator("iframe")).to_have_count(0)
        # The door says what stands behind it, in either language, and leads nowhere but in.
        expect(page.get_by_role("heading", name="Conflict Atlas")).to_be_visible()
        expect(page.get_by_test_id("stTopNavLink")).to_have_count(0)
        assert serious_faults(page) == []
        page.wait_for_function("() => sessionStorage.getItem('conflict-atlas-link')")
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name=name).click()
        expect(page.locator(".st-key-person_box")).to_contain_text(f"{name.lower()}@example.org")
        # The provider leads back to the bare address, and the link is followed from there.
        page.wait_for_url(lambda url: url.removeprefix(address).startswith(link))
        yield tab
    assert tab.faults == []


def test_a_viewer_is_refused_and_a_reviewer_confirms(chromium: Browser, demo_store: Path, tmp_path: Path) -> None:
    store = Path(shutil.copy(demo_store, tmp_path / "own.gpkg"))
    roles, secrets, log = tmp_path / "roles.toml", tmp_path / "secrets.toml", tmp_path / "log.txt"
    roles.write_text(ROLES)
    with open_store(str(store), read_only=True) as opened:
        events = opened.events()
    hospital = events[events["tags"].str.contains("health_care") & events["lon"].notna()].iloc[0]
    with identity_provider(PEOPLE) as provider:
        secrets.write_text(provider.secrets_toml("http://localhost:{port}/oauth2callback"))
        with served(store, log, "--login", str(secrets), CONFLICT_ROLES=str(roles)) as address:
            assert "People log in" in log.read_text()
            shared = f"/?day=2016-11-25&event={hospital['event_id']}"
            with logged_in(chromium, address, provider, "Vera", link=shared) as tab:
                page = tab.page
                expect(page.locator(".ca-card")).to_contain_text("Coarsened to 5 km")
                expect(page.locator(".ca-card")).not_to_contain_text(hospital["notes"])
                expect(tab.map.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", "2016-11-25")
                page = tab.open("/review")
                expect(page.get_by_role("alert")).to_contain_text("vera@example.org is here as viewer")
                expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
            with logged_in(chromium, address, provider, "Rami", link="/review") as tab:
                page = tab.page
                expect(page.get_by_role("textbox", name="Your name")).to_be_disabled()
                page.get_by_role("button", name="Confirm").click()
                expect(page.get_by_text("Decisions so far (1)")).to_be_visible()
                page.locator(".st-key-person_box button").click()
                page.get_by_role("button", name="Log out").click()
                expect(page.get_by_role("button", name="Log in")).to_be_visible()
    with open_store(str(store), read_only=True) as opened:
        assert [decision.person for decision in opened.decisions()] == ["rami@example.org"]
