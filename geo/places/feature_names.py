"""The features of the ranking of places, in the order of their columns."""

from __future__ import annotations

NAME_FEATURES = (
    "people",  # log10 of the population, by 7
    "fame",  # log of the number of its names, by 5
    "alternative_name",
    "derived_name",
    "weak_name",
    "unlikeness",  # 1 - likeness of the spelling, times 10
    "country",
    "admin1",
    "admin2",
    "wide",  # region, continent, sea
    "site",  # a building or another point
    "capital",
    "most_people",  # of the candidates of this name that are settlements
    "people_gap",  # log10 of how many times more people the largest of them has, by 7
    "curated",  # in the project's or the user's own files
    "stated_kind",  # the text names its kind: "X province"
    "other_kind",  # the text names another kind
    "admin_of_settlement",  # a division beside a settlement of the same name that it holds
    "alias_beside_name",  # one of its other names, where it is another candidate's own name
    "division_of_namesake",  # a division of a country of the same name
)
CONTEXT_FEATURES = (
    "contained",  # "X, Y" and Y can hold it
    "not_contained",  # "X, Y" and Y cannot
    "within",  # "X in Y", "Y's X" and Y can hold it
    "container",  # it can hold the X of an "X, Y"
    "same_country",  # share of the other names that lie in its country
    "same_country_count",  # log of their number
    "country_named",  # the document names its country, or a demonym of it
    "country_spoken",  # the text has an adjective or a people of its country
    "same_admin1",  # share of the other names in its first-level division
    "same_admin1_count",
    "admin1_named",  # the document names its first-level division
    "same_admin2_count",
    "near_30",  # log of the number of other names within about 30 km
    "near_100",
    "near_400",
    "nearest",  # closeness of the closest other name, exp(-km / 60)
    "people_in_context",  # people, where no other name lies in the country
    "people_at_home",  # people, by the share of other names in its country
    "people_nearby",  # people, by the log of the number of other names within about 100 km
    "capital_at_home",  # a capital, by the share of other names in its country
    "country_at_home",  # a country, by the share of other names in it
    "division_at_home",  # a first-level division, by the share of other names in its country
    "listed_alike",  # share of the names right before and after it in a list that are of its kind and country
    "listed_unlike",  # share of them that are of another kind or country
)
FEATURES = (*NAME_FEATURES, *CONTEXT_FEATURES)
