"""Parts of places and relations to places: from the words to a polygon, a point inside it, and an honest radius.

`parse_relation` reads the words around a toponym ("the rebel-held half of …", "20 km north of …"); `region_of` draws
what they mean for a place. A phrase that names the place as a whole has no relation: `parse_relation` gives None.
"""

from geo.places.regions.grammar import parse_relation
from geo.places.regions.regions import Extents, HeldGround, Region, region_of
from geo.places.regions.relations import Relation, RelationKind

__all__ = ["Extents", "HeldGround", "Region", "Relation", "RelationKind", "parse_relation", "region_of"]
