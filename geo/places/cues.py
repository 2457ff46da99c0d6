"""Words beside a name that speak for a place or against it."""

from __future__ import annotations

from geo.places.wordlists import words_of

LOCATIVE = words_of(
    """
    in at near from to of outside around between toward towards into inside across via through throughout leaving
    reached entered besieged visiting north south east west northern southern eastern western
    """
)

TITLES = words_of(
    """
    mr mrs ms miss dr prof rev president minister general gen colonel col major maj captain capt lieutenant lt sgt
    sergeant senator sen governor gov rep king queen prince princess sheikh sir lord lady pope judge justice sheriff
    chancellor secretary coach spokesman spokeswoman ambassador commander brigadier imam ayatollah mullah
    """
)

PLACE_NOUNS = words_of(
    """
    county parish province governorate state district city town village region airport airbase university hospital
    river lake valley mountains island islands peninsula desert square street road avenue highway bridge border camp
    neighbourhood neighborhood suburb countryside crossing port harbor harbour beach bay coast north south east west
    police sheriff fire department court council ministry school prison dam
    """
)
