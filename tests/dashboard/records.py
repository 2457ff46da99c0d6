"""Events tables made from accounts, for tests of what pages compute."""

from __future__ import annotations

import geopandas as gpd

from geo.matching import match_accounts
from geo.model import Account
from geo.records import events_table


def table_of(*accounts: Account) -> gpd.GeoDataFrame:
    """Return the events that the accounts make."""
    return events_table(match_accounts(accounts))
