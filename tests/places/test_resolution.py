"""From names in a document to places, with reasons; and when the answer is no place."""

from __future__ import annotations

from datetime import date

import pytest
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.crs import buffer_km, distance_km
from geo.errors import ConfigurationError
from geo.model import Document, Mention, Place, PlacePhrase, Resolved, Unresolved
from geo.places import Gazetteer, Resolver
from geo.vocabulary import GeoPrecision, MentionKind
from tests.naming import mentions


def resolved(resolver: Resolver, text: str, *names: str) -> list[Resolved | Unresolved]:
    return resolver.resolve_toponyms(Document("d", text), mentions(text, *names))


def phrase(text: str, words: str, name: str) -> PlacePhrase:
    start = text.index(words)
    inside = text.find(name, start, start + len(words))
    at = inside if inside >= 0 else text.index(name)
    return PlacePhrase(start, start + len(words), words, Mention(at, at + len(name), name, MentionKind.TOPONYM))


@pytest.mark.parametrize(
    ("text", "names", "countries", "admin1"),
    [
        ("A fire in Paris, Texas, on Monday.", ("Paris", "Texas"), ["US", "US"], "Texas"),
        ("A fire in Paris, France, on Monday.", ("Paris", "France"), ["FR", "FR"], None),
        ("Police in Springfield, Mo., said", ("Springfield", "Mo."), ["US", "US"], "Missouri"),
        ("Homs, Hama and Tripoli in Lebanon", ("Homs", "Hama", "Tripoli", "Lebanon"), ["SY", "SY", "LB", "LB"], None),
        ("Tripoli, Benghazi and Misrata", ("Tripoli", "Benghazi", "Misrata"), ["LY", "LY", "LY"], None),
    ],
)
def test_the_document_decides(
    resolver: Resolver, text: str, names: tuple[str, ...], countries: list[str], admin1: str | None
) -> None:
    answers = resolved(resolver, text, *names)
    assert [one.place.country for one in answers if isinstance(one, Resolved)] == countries
    first = answers[0]
    assert isinstance(first, Resolved)
    assert admin1 is None or first.place.admin1 == admin1
    assert first.reason.endswith(".")


def test_one_reading_a_name(resolver: Resolver) -> None:
    text = "Athens, Georgia, and Atlanta. Later in Athens a man was hurt."
    answers = resolved(resolver, text, "Athens", "Georgia", "Atlanta", "Athens")
    places = [one.place for one in answers if isinstance(one, Resolved)]
    assert places[0] == places[3]
    assert places[0].country == "US"


def test_an_ambiguous_name_names_its_runners_up(resolver: Resolver) -> None:
    (answer,) = resolved(resolver, "A man was seen in Springfield.", "Springfield")
    assert isinstance(answer, Resolved)
    assert answer.runners_up
    assert all(one.place != answer.place for one in answer.runners_up)
    assert answer.uncertainty_km > 100


def test_an_invented_name_is_unresolved(resolver: Resolver) -> None:
    (answer,) = resolved(resolver, "Fighting in Zubrovkistan went on.", "Zubrovkistan")
    assert isinstance(answer, Unresolved)
    assert answer.toponym == "Zubrovkistan"


def test_an_unknown_name_is_placed_where_the_text_puts_it(resolver: Resolver) -> None:
    text = "They hit Zubrovkistan, a village in Hama."
    answer, _ = resolved(resolver, text, "Zubrovkistan", "Hama")
    assert isinstance(answer, Resolved)
    assert answer.place.country == "SY"
    assert answer.geo_precision >= GeoPrecision.PART
    assert answer.uncertainty_km >= 15
    assert "stands for it" in answer.reason


@pytest.mark.parametrize(
    ("text", "words", "names", "told"),
    [
        ("Men shot 30 people in eastern Zubrovka, South Sudan.", "eastern Zubrovka", ("Zubrovka", "South Sudan"),
         "South Sudan"),
        ("Men shot 30 people near Zubrovka, South Sudan.", "near Zubrovka", ("Zubrovka", "South Sudan"), "South Sudan"),
        ("Men shot 30 people near Zubrovka, a village in Hama.", "near Zubrovka", ("Zubrovka", "Hama"), "near Hama"),
    ],
)  # fmt: skip
def test_what_stands_for_an_unknown_name_has_no_parts_of_it(
    resolver: Resolver, text: str, words: str, names: tuple[str, ...], told: str
) -> None:
    where = phrase(text, words, names[0])
    (answer,) = resolver.resolve_phrases(Document("d", text), mentions(text, *names), [where], days=[None])
    assert isinstance(answer, Resolved)
    assert answer.place_name == told


def test_what_heads_an_entry_holds_its_names(resolver: Resolver) -> None:
    text = "South Kivu: on 12 November, rebels clashed with the army at Qaxtemburg."
    _, answer = resolved(resolver, text, "South Kivu", "Qaxtemburg")
    assert isinstance(answer, Resolved)
    assert answer.place.country == "CD"


def test_a_namesake_in_another_province_is_not_in_the_town(resolver: Resolver) -> None:
    """A village near Latakia is called like the clinic."""
    answer, town = resolved(resolver, "Jets hit the al-Zahra clinic in Homs on Monday.", "al-Zahra", "Homs")
    assert isinstance(answer, Resolved)
    assert isinstance(town, Resolved)
    assert distance_km(answer.lon, answer.lat, town.lon, town.lat) < 40.0


def test_an_unknown_name_is_placed_by_what_its_sentence_speaks_of(resolver: Resolver) -> None:
    text = "They opened an attack in northern Latakia on Friday, targeting Zubrovka Hill. Nothing moved at Qaxtemburg."
    _, answer, alone = resolved(resolver, text, "Latakia", "Zubrovka Hill", "Qaxtemburg")
    assert isinstance(answer, Resolved)
    assert (answer.place.country, answer.uncertainty_km >= 50) == ("SY", True)
    assert "its sentence speaks of" in answer.reason
    assert isinstance(alone, Unresolved)


def test_a_small_namesake_abroad_is_not_what_the_text_puts_beside_a_town(resolver: Resolver) -> None:
    text = "A bomber struck the village of Burford near Manbij, in Syria."
    answer, *_ = resolved(resolver, text, "Burford", "Manbij", "Syria")
    assert isinstance(answer, Resolved)
    assert answer.place.country == "SY"


def test_a_name_is_a_misspelling_of_a_place_at_home_before_a_hamlet_abroad(resolver: Resolver) -> None:
    text = "Syrian and Russian jets bombed Sirmeen and Saraqib, in Idlib, and Maarat al-Numan."
    answer, *_ = resolved(resolver, text, "Sirmeen", "Saraqib", "Idlib", "Maarat al-Numan")
    assert isinstance(answer, Resolved)
    assert (answer.place.country, answer.place.admin1) == ("SY", "Idlib")


@pytest.mark.parametrize(
    ("text", "name", "other", "most_km"),
    [
        ("They held Andriivka, south of Bakhmut, and Kharkiv.", "Andriivka", "Bakhmut", 25.0),
        ("The road to Paris, about 90 miles northeast of Dallas, was shut.", "Paris", "Dallas", 220.0),
        ("Shells fell on Hamidiyah near Tartus.", "Hamidiyah", "Tartus", 80.0),
    ],
)
def test_a_name_lies_where_the_text_puts_it_beside_another(
    resolver: Resolver, text: str, name: str, other: str, most_km: float
) -> None:
    place, near = resolved(resolver, text, name, other)
    assert isinstance(place, Resolved)
    assert isinstance(near, Resolved)
    assert distance_km(place.lon, place.lat, near.lon, near.lat) <= most_km + near.place.radius_km


def test_a_name_lies_in_what_the_text_puts_it_in(resolver: Resolver) -> None:
    text = "Mortar bombs landed in the Midan and Sulaymaniyah neighbourhoods of western Aleppo."
    midan, sulaymaniyah, _ = resolved(resolver, text, "Midan", "Sulaymaniyah", "Aleppo")
    assert isinstance(sulaymaniyah, Resolved)
    assert (sulaymaniyah.place.country, sulaymaniyah.place.kind) == ("SY", "neighbourhood")
    assert isinstance(midan, Resolved)
    assert midan.place.country == "SY"


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("Two were shot near Kani (Kani township, Sagaing region).", ("Kani", "Sagaing"), "MM"),
        ("Two were shot near Kani (Sagaing region, Myanmar).", ("Kani", "Myanmar"), "MM"),
        (
            "They took Palma, in Mozambique's Cabo Delgado province, again.",
            ("Palma", "Mozambique", "Cabo Delgado"),
            "MZ",
        ),
        ("They took the town of Palma, Mozambique, on Friday.", ("Palma", "Mozambique"), "MZ"),
        ("They took Salamanca (Pauk township, Magway region).", ("Salamanca", "Pauk", "Magway"), "MM"),
        ("They shelled Nakyal sector (Kotli district, Azad Kashmir).", ("Nakyal", "Kotli", "Azad Kashmir"), "PK"),
        ("They fought in Kinma village in Pauk township.", ("Kinma",), "MM"),
        ("They met in Palma, Barcelona, and Myanmar.", ("Palma", "Barcelona", "Myanmar"), "ES"),
    ],
)
def test_no_namesake_abroad_is_meant_by_a_name_that_the_text_puts_in_a_region(
    resolver: Resolver, text: str, names: tuple[str, ...], country: str
) -> None:
    answer = resolved(resolver, text, *names)[0]
    assert isinstance(answer, Resolved)
    assert answer.place.country == country


@pytest.mark.parametrize(
    ("text", "names", "town"),
    [
        ("PORTLAND, Ore. - Some gathered in Lownsdale Square.", ("PORTLAND", "Ore.", "Lownsdale Square"), "Portland"),
        ("NAIROBI, Kenya - They met in Uhuru Park.", ("NAIROBI", "Kenya", "Uhuru Park"), "Nairobi"),
        ("SAN FRANCISCO - They met in Union Square.", ("SAN FRANCISCO", "Union Square"), "San Francisco"),
        ("MOGADISHU, Nov 20 (Reuters) - A bomb hit Medina district.", ("MOGADISHU", "Medina"), "Mogadishu"),
        ("NAIROBI, Kenya - A bomb hit the Zubrovka area here.", ("NAIROBI", "Kenya", "Zubrovka"), "Nairobi"),
        ("MOGADISHU - A bomb hit the Zubrovka Road.", ("MOGADISHU", "Zubrovka Road"), "Mogadishu"),
        ("They shelled the Somali capital.", ("Somali capital",), "Mogadishu"),
        ("They bombed the Zubrovka hotel in the Somali capital.", ("Zubrovka",), "Mogadishu"),
        ("They shot people at Lido Beach in the Somali capital.", ("Lido Beach",), "Lido Beach"),
    ],
)
def test_a_site_lies_in_the_town_of_the_dateline_or_in_the_capital(
    resolver: Resolver, text: str, names: tuple[str, ...], town: str
) -> None:
    answer = resolved(resolver, text, *names)[-1]
    assert isinstance(answer, Resolved)
    assert answer.place.name == town
    assert answer.geo_precision is GeoPrecision.TOWN
    assert answer.place.country in ("US", "KE", "SO")


@pytest.mark.parametrize(("words", "name"), [("Kandahar hospital", "Kandahār"), ("Kunduz", "Kunduz")])
def test_what_is_called_after_another_town_is_no_site_of_the_datelines(
    resolver: Resolver, words: str, name: str
) -> None:
    answer = resolved(resolver, f"KABUL: A bomb hit {words} district.", "KABUL", words)[-1]
    assert isinstance(answer, Resolved)
    assert answer.place.name == name


def test_a_noun_is_no_village_of_that_name(resolver: Resolver) -> None:
    (answer,) = resolved(resolver, "They attacked the hospital at night.", "hospital")
    assert isinstance(answer, Unresolved)


def test_what_lies_far_from_what_the_text_puts_it_beside_is_unknown(resolver: Resolver) -> None:
    place, near = resolved(resolver, "San Antonio, 10 miles north of Tacloban, was hit.", "San Antonio", "Tacloban")
    assert isinstance(place, Resolved)
    assert isinstance(near, Resolved)
    assert place.place == near.place
    assert place.place_name == "16 km north of Tacloban"
    assert 12.0 < distance_km(place.lon, place.lat, near.lon, near.lat) < 20.0
    assert place.lat > near.lat
    assert place.uncertainty_km >= 5.0
    assert "stands for it" in place.reason


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("A base in Zubrovka, a town 30 km north of Bukavu, fell.", ("Zubrovka", "Bukavu"), "30 km north of Bukavu"),
        ("They hit Zubrovka, in northern Burkina Faso.", ("Zubrovka", "Burkina Faso"), "northern Burkina Faso"),
        (
            "They hit Zubrovka, near Niger's border with Mali.",
            ("Zubrovka", "Niger", "Mali"),
            "border of Niger with Mali",
        ),
        ("They hit Zubrovka on the outskirts of Goma.", ("Zubrovka", "Goma"), "outskirts of Goma"),
    ],
)
def test_an_unknown_name_lies_where_the_text_says_from_another(
    resolver: Resolver, text: str, names: tuple[str, ...], words: str
) -> None:
    answer = resolved(resolver, text, *names)[0]
    assert isinstance(answer, Resolved)
    assert answer.place_name == words


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("Shells hit the Derna district of western Kabul.", ("Derna", "Kabul"), "AF"),
        ("They fought in Salah al-Din and Derna, two southern districts of Tripoli in Libya.",
         ("Salah al-Din", "Derna", "Tripoli", "Libya"), "LY"),
        ("Kharkiv's Springfield district was hit.", ("Kharkiv", "Springfield"), "UA"),
        ("They were shot in Dumba, on the shore of Lake Chad in Borno.", ("Dumba", "Lake Chad", "Borno"), "NG"),
        ("Troops killed men in Moura, in the Mopti region.", ("Moura", "Mopti"), "ML"),
    ],
)  # fmt: skip
def test_a_part_of_a_town_and_a_place_by_a_lake_are_no_namesakes_abroad(
    resolver: Resolver, text: str, names: tuple[str, ...], country: str
) -> None:
    answers = dict(zip(names, resolved(resolver, text, *names), strict=True))
    for name in set(names) & {"Derna", "Salah al-Din", "Springfield", "Dumba", "Moura"}:
        found = answers[name]
        assert isinstance(found, Resolved)
        assert found.place.country in (country, "")


def test_a_place_beside_a_province_of_its_name_is_the_town(resolver: Resolver) -> None:
    (answer,) = resolved(resolver, "A drone hit people near Maungdaw.", "Maungdaw")
    assert isinstance(answer, Resolved)
    assert answer.place.kind == "town"


def test_demonyms_and_governments_are_no_event_places(resolver: Resolver) -> None:
    text = "Damascus said the Syrian raid on Idlib failed."
    names = mentions(text, "Damascus", "Syrian", "Idlib")
    phrases = [phrase(text, name.text, name.text) for name in names]
    answers = resolver.resolve_phrases(Document("d", text), names, phrases, days=[None] * 3)
    assert [type(one) for one in answers] == [Unresolved, Unresolved, Resolved]
    demonym = resolver.resolve_toponyms(Document("d", text), names)[1]
    assert isinstance(demonym, Resolved)
    assert demonym.place.country == "SY"
    assert "adjective" in demonym.reason


def test_a_part_has_its_polygon_and_its_point_in_it(resolver: Resolver) -> None:
    text = "Shells fell on eastern Aleppo. A mine went off 20 km north of Hama."
    phrases = [phrase(text, "eastern Aleppo", "Aleppo"), phrase(text, "20 km north of Hama", "Hama")]
    names = mentions(text, "Aleppo", "Hama")
    east, north = resolver.resolve_phrases(Document("d", text), names, phrases, days=[None, None])
    assert isinstance(east, Resolved)
    assert isinstance(north, Resolved)
    assert east.region is not None
    assert east.region.contains(Point(east.lon, east.lat))
    assert east.place_name == "eastern Aleppo"
    assert east.region_id == f"{east.place.gazetteer_id}#east"
    assert east.lon > east.place.lon
    assert north.geo_precision is GeoPrecision.PART
    assert distance_km(north.place.lon, north.place.lat, north.lon, north.lat) == pytest.approx(20, abs=1)


@pytest.mark.parametrize("words", ["between Kayes and Nioro du Sahel", "between the towns of Kayes and Nioro du Sahel"])
def test_what_lies_between_two_towns_may_lie_anywhere_on_the_way(resolver: Resolver, words: str) -> None:
    text = f"They hit a bus on the road {words}."
    names = mentions(text, "Kayes", "Nioro du Sahel")
    kayes, nioro = resolver.resolve_toponyms(Document("d", text), names)
    (answer,) = resolver.resolve_phrases(Document("d", text), names, [phrase(text, words, "Kayes")], days=[None])
    assert isinstance(answer, Resolved)
    assert isinstance(kayes, Resolved)
    assert isinstance(nioro, Resolved)
    assert answer.uncertainty_km > 0.45 * distance_km(kayes.lon, kayes.lat, nioro.lon, nioro.lat)


def test_a_direction_of_the_name_itself_is_not_said_twice(resolver: Resolver) -> None:
    text = "Shells fell on eastern Ghouta and on southern Ghouta, near Damascus."
    names = mentions(text, "Ghouta", "Ghouta", "Damascus")
    phrases = [phrase(text, "eastern Ghouta", "Ghouta"), phrase(text, "southern Ghouta", "Ghouta")]
    whole, part = resolver.resolve_phrases(Document("d", text), names, phrases, days=[None, None])
    assert isinstance(whole, Resolved)
    assert isinstance(part, Resolved)
    assert (whole.place_name, whole.region) == ("Eastern Ghouta", None)
    assert (part.place_name, part.region is None) == ("southern Eastern Ghouta", False)


def test_namesakes_beside_each_other_are_a_doubt(resolver: Resolver) -> None:
    """Four industrial districts of Aleppo go by this name; a province that holds a town is no doubt about it."""
    aleppo, quarter = resolved(resolver, "Shells fell on Aleppo and on Ramouseh.", "Aleppo", "Ramouseh")
    assert isinstance(aleppo, Resolved)
    assert isinstance(quarter, Resolved)
    assert quarter.score < 0.95 < aleppo.score
    assert len(quarter.runners_up) == 3


def test_a_held_part_asks_for_the_ground_of_the_day(gazetteer: Gazetteer) -> None:
    asked = []

    def held_ground(place: Place, holder: str, day: date | None) -> BaseGeometry:
        asked.append((place.name, holder, day))
        return buffer_km(Point(37.18, 36.2), 1.5)

    text = "A hospital in the rebel-held part of Aleppo was hit."
    one = phrase(text, "the rebel-held part of Aleppo", "Aleppo")
    day = date(2016, 11, 19)
    resolver = Resolver(gazetteer, held_ground=held_ground)
    (answer,) = resolver.resolve_phrases(Document("d", text), mentions(text, "Aleppo"), [one], days=[day])
    assert asked == [("Aleppo", "rebels", day)]
    assert isinstance(answer, Resolved)
    assert distance_km(answer.lon, answer.lat, 37.18, 36.2) < 1.5


def test_a_name_that_the_recogniser_did_not_mark_is_resolved_too(resolver: Resolver) -> None:
    text = "Clashes near Homs continued."
    (answer,) = resolver.resolve_phrases(Document("d", text), [], [phrase(text, "Homs", "Homs")], days=[None])
    assert isinstance(answer, Resolved)
    assert answer.place.country == "SY"


def test_a_focus_is_preferred(gazetteer: Gazetteer) -> None:
    text = "A blast shook Tripoli."
    names = mentions(text, "Tripoli")
    readings = [
        Resolver(gazetteer, focus=focus).resolve_toponyms(Document("d", text), names)[0] for focus in ("LY", "Lebanon")
    ]
    assert [one.place.country for one in readings if isinstance(one, Resolved)] == ["LY", "LB"]


def test_an_unknown_focus_is_a_wrong_configuration(gazetteer: Gazetteer) -> None:
    with pytest.raises(ConfigurationError, match="Zubrovkistan"):
        resolved(Resolver(gazetteer, focus="Zubrovkistan"), "In Homs.", "Homs")


def test_nothing_in_nothing_out(resolver: Resolver) -> None:
    assert resolver.resolve_toponyms(Document("d", ""), []) == []
    assert resolver.resolve_phrases(Document("d", ""), [], [], days=[]) == []


@pytest.mark.parametrize("name", ["Arlington", "Springfield", "Richmond", "Columbus", "Newark", "Kingston"])
def test_the_choice_is_at_least_as_likely_as_its_runners_up(resolver: Resolver, name: str) -> None:
    (answer,) = resolved(resolver, f"The council of {name} met.", name)
    assert isinstance(answer, Resolved)
    assert answer.score >= max(one.score for one in answer.runners_up)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Fighters attacked Baga on Monday.", "NG"),
        ("Fighters attacked Baga near Barcelona on Monday.", "ES"),
    ],
)
def test_groups_fight_at_the_namesake_in_their_country(resolver: Resolver, text: str, country: str) -> None:
    names = [name for name in ("Baga", "Barcelona") if name in text]
    asked = [phrase(text, "Baga", "Baga")]
    told = frozenset({"NG"})
    (found,) = resolver.resolve_phrases(Document("d", text), mentions(text, *names), asked, days=[None], told=told)
    assert isinstance(found, Resolved)
    assert found.place.country == country


@pytest.mark.parametrize(
    ("text", "name"),
    [("Colombian farmers fled Guangchow.", "Guangchow"), ("Malian troops shelled Kremnitz on Monday.", "Kremnitz")],
)
def test_a_text_about_one_country_means_no_other_name_of_a_hamlet_abroad(
    resolver: Resolver, text: str, name: str
) -> None:
    (answer,) = resolved(resolver, text, name)
    assert isinstance(answer, Unresolved)
