"""The compiled form of a layer of names: one folder, read through memory maps.

=================  ==========================================================================================================
`names.marisa`     exact keys → key number (see `folding.fold_name`)
`variants.marisa`  tolerant keys → key number (see `folding.variant_key`)
`labels.marisa`    names as shown → label number
`ids.marisa`       ids that are not GeoNames numbers ("admin1:IQ.18", "curated:camp-victory") → id number
`names.bin`        per exact key: an entry number, or `SHARED | offset` into `shared.bin`
`variants.bin`     the same per tolerant key
`shared.bin`       runs of entry numbers, each run preceded by its length, most populous first
`entries.bin`      one `ENTRY` record per entry
`byid.bin`         per id number: entry number or `NONE`
`numbers.bin`      entry numbers in the order of their GeoNames numbers, for look-ups by id
`spoken.bin`       (entry number, language number, label number) triples, sorted: names by language
`meta.json`        format, countries, languages, counts, capitals
=================  ==========================================================================================================

All integers are little-endian and unsigned unless said otherwise. Coordinates are WGS84 degrees × 100,000, signed.
"""

import struct

FORMAT = 2
ENTRY = struct.Struct("<IiiIIIHBBBB")
"""reference, latitude, longitude, population, label, parent id number, radius in 0.1 km, country number, kind, source with flags, point source."""
NUMBERED, CAPITAL = 0x80, 0x40
"""Flags beside the source: the reference is a GeoNames number; the town is a country's capital."""
NONE = 0xFFFFFFFF
SHARED = 0x80000000
ALTERNATE = 0x40000000
"""On an entry number in an index: the key is an alternate spelling, not one of the names the place goes by."""
NO_POINT = 0x7FFFFFFF
SCALE = 100_000
LANGUAGES = ("en", "fr", "ar")
LONGEST_NAME = 60
"""Longer keys are not indexed: nobody writes them, and text is looked up in windows of this many characters."""
FILES = (
    "names.marisa",
    "variants.marisa",
    "labels.marisa",
    "ids.marisa",
    "names.bin",
    "variants.bin",
    "shared.bin",
    "entries.bin",
    "byid.bin",
    "numbers.bin",
    "spoken.bin",
    "meta.json",
)
