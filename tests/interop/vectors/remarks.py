"""What physics and dates doubt: remarks that never change a verdict. docs/verification_order.md, part 3."""
from vectors.ledger import chain, day
from vectors.worlds import NORTH, Small, Works, site_value

CODES = ("out_of_season", "site_closed", "permit_missing", "permit_exceeded", "container_number_wrong", "vgm_contradiction",
         "count_contradiction", "time_order", "travel_too_fast")


def said(add, name, why, world, code=None, content=None, **hide):
    """`code`: the one remark of these that must be there; no other may."""
    add(f"remark-{name}", why, content or world.passport(**hide), "match", also=[code] if code else [],
        absent=[c for c in CODES if c != code], trust=world.trust, contract=NORTH)


def calendar(add):
    """The block is of parcel P1, dug on 1 February 2025."""
    def quarry(name, why, code=None, *, parcel="P1", extract=None, hide=(), correct=None, **site):
        world = Small(f"remark {name}", site={"site": site_value(parcels=["P1", "P2"]), **site})
        place = {"site": world.site.id, **({"parcel": parcel} if parcel else {})}
        world = Small(f"remark {name}", site={"site": site_value(parcels=["P1", "P2"]), **site}, extract={"site": place, **(extract or {})})
        events = world.events
        if correct is not None:
            events = [*events, world.reg.record("correct", day(1, 20), inputs=[world.site.state(-1)], corrects={"event": world.site.id}, **correct)]
        said(add, name, why, world, code, content=world.passport(events, hide=[(world.site, field) for field in hide]))

    season = lambda start, end, *parcels: [{"from": start, "parcels": list(parcels), "to": end}]  # noqa: E731
    quarry("season-last-day", "the last day of the season in which the quarry is closed", "out_of_season", seasons=season("01-15", "02-01"))
    quarry("season-first-day", "the first day of the season", "out_of_season", seasons=season("02-01", "03-01"))
    quarry("season-day-before", "the day before the season begins", seasons=season("02-02", "03-01"))
    quarry("season-day-after", "the day after the season ended", seasons=season("01-15", "01-31"))
    quarry("season-over-the-new-year", "a season from November to February", "out_of_season", seasons=season("11-01", "02-01"))
    quarry("season-over-the-new-year-after", "the day after a season from November to January", seasons=season("11-01", "01-31"))
    quarry("season-of-the-parcel", "the season concerns this parcel", "out_of_season", seasons=season("01-15", "02-15", "P2", "P1"))
    quarry("season-of-another-parcel", "the season concerns another parcel", seasons=season("01-15", "02-15", "P2"))
    quarry("season-of-a-parcel-not-named", "a parcel's season, and the extract names none", parcel="", seasons=season("01-15", "02-15", "P1"))
    quarry("season-withheld", "the seasons of the site are withheld: nothing can be said (RULES 7)", seasons=season("01-15", "02-15"), hide=["seasons"])
    quarry("season-late", "claimed for February, recorded in March, when the quarry is closed (RULES 16)", "out_of_season",
           seasons=season("03-01", "03-31"), extract={"time": "2025-03-20T08:00:00.000Z"})
    closure = lambda start, end, *parcels: [{"from": start, "parcels": list(parcels), "reason": "strike", "to": end}]  # noqa: E731
    quarry("closed-that-day", "closed on that very day", "site_closed", closures=closure("2025-02-01", "2025-02-01"))
    quarry("closed-from-then-on", "closed and not opened since", "site_closed", closures=closure("2025-01-15", None))
    quarry("closed-until-the-day-before", "opened again that morning", closures=closure("2025-01-15", "2025-01-31"))
    quarry("closed-the-year-before", "a closure is no season: last year's says nothing", closures=closure("2024-01-15", "2024-03-31"))
    quarry("closed-another-parcel", "another parcel is closed", closures=closure("2025-01-15", None, "P2"))
    quarry("closure-corrected", "a correction of the site takes the closure back", closures=closure("2025-01-15", None), correct={"closures": []})
    quarry("closure-by-correction", "a correction of the site states the closure", "site_closed", correct={"closures": closure("2025-01-15", None)})
    permit = lambda start, end, *parcels: [{"from": start, "number": "M-1", "parcels": list(parcels), "to": end, "volume": 1}]  # noqa: E731
    quarry("permit-holds", "a permit covers day and parcel; its volume is nothing a passport can show", permits=permit("2025-01-01", None, "P1"))
    quarry("permit-last-day", "the permit's last day", permits=permit("2024-01-01", "2025-02-01"))
    quarry("permit-ended", "the permit ended the day before", "permit_missing", permits=permit("2024-01-01", "2025-01-31"))
    quarry("permit-not-begun", "the permit begins the day after", "permit_missing", permits=permit("2025-02-02", None))
    quarry("permit-of-another-parcel", "the permit is for another parcel", "permit_missing", permits=permit("2024-01-01", None, "P2"))
    quarry("permit-of-a-parcel-not-named", "the extract names no parcel: it may be the permit's", parcel="", permits=permit("2024-01-01", None, "P2"))
    quarry("permit-none", "the site says that it has no permit", "permit_missing", permits=[])
    quarry("permit-named-ended", "the extract names a permit that had ended", "permit_missing", extract={"permit": {"from": None, "number": "TP-1", "to": "2025-01-31"}})
    quarry("permit-named-holds", "the extract names a permit that holds that day alone", extract={"permit": {"from": "2025-02-01", "number": "TP-1", "to": "2025-02-01"}})
    # Read leniently: a value without its form says nothing, and makes nothing malformed.
    quarry("lenient-seasons", "seasons are a text in place of a list", seasons="winter")
    quarry("lenient-season-day", "a season that begins on 30 February", seasons=season("02-30", "12-31"))
    quarry("lenient-closures", "a closure without a reason", closures=[{"from": "2025-01-01", "parcels": [], "to": None}])
    quarry("lenient-permits", "a permit whose number is a number", permits=[{"from": "2026-01-01", "number": 7, "parcels": [], "to": None, "volume": None}])


def loads(add):
    """The block weighs 4 t; two slabs of 20 kg lie in the crate."""
    def block(name, why, code=None, hide=(), **transport):
        world = Small(f"remark {name}", dispatch={"transport": transport})
        said(add, name, why, world, code, hide=[(world.dispatch, field) for field in hide])

    block("container-right", "the check digit of ISO 6346 fits", container="TSTU4001019")
    block("container-wrong", "the check digit does not fit", "container_number_wrong", container="TSTU4001018")
    block("container-remainder-ten", "remainder 10 prints 0 (ISO 6346)", container="TSTU0000020")
    block("container-letter-wrong", "one letter is another", "container_number_wrong", container="TSTX4001019")
    block("container-withheld", "the container's number is withheld", hide=["transport"], container="TSTU4001018")
    block("lenient-container", "a container number in small letters", container="tstu4001018")
    weights = {"packing": 60_000, "tare": 2_200_000}
    block("mass-agrees", "the verified gross mass is what the parts weigh", vgm=6_260_000, **weights)
    block("mass-above-limit", "five per cent more are allowed (RULES 21)", vgm=6_573_000, **weights)
    block("mass-beyond", "a gram more than five per cent", "vgm_contradiction", vgm=6_573_001, **weights)
    block("mass-below-limit", "five per cent less are allowed (RULES 21)", vgm=5_947_000, **weights)
    block("mass-below", "a gram less than that", "vgm_contradiction", vgm=5_946_999, **weights)
    block("mass-without-tare", "without a tare the check is not made (RULES 21)", vgm=9_000_000, packing=60_000)
    block("lenient-mass", "a mass of nothing", vgm=0, **weights)

    def crate(name, why, code=None, slab=None, hide=(), **transport):
        world = Works(f"remark {name}", slab=slab, d2={"transport": transport})
        said(add, name, why, world, code, hide=[(getattr(world, event), field) for event, field in hide])

    crate("crates-agree", "one crate on the list, one recorded", crates=1)
    crate("crates-more", "two crates on the list, one recorded", "count_contradiction", crates=2)
    crate("crates-none", "no crate on the list, one recorded", "count_contradiction", crates=0)
    crate("mass-of-contents", "a crate weighs what was packed into it", slab={"mass": 20_000}, tare=2_200_000, vgm=2_240_000)
    crate("mass-of-contents-beyond", "a crate weighs what was packed into it", "vgm_contradiction", slab={"mass": 20_000}, tare=2_200_000, vgm=2_352_001)
    crate("mass-of-contents-unknown", "nobody weighed the slabs: no check", tare=2_200_000, vgm=9_000_000)


def order(add):
    claims = lambda at: {"head": lambda values: {**values, "at": at}}  # noqa: E731
    said(add, "order-same-instant", "dispatched at the very instant at which it was dug", Small("remark same", dispatch=claims("2025-02-01T08:00:00+00:00")))
    said(add, "order-second-before", "dispatched a second before it was dug", Small("remark before", dispatch=claims("2025-02-01T07:59:59+00:00")), "time_order")
    said(add, "order-by-zone", "instants count, not how they are written", Small("remark zone", dispatch=claims("2025-02-01T13:30:00+05:30")))
    said(add, "order-by-zone-before", "instants count, not how they are written", Small("remark zone before", dispatch=claims("2025-02-01T13:29:59+05:30")), "time_order")

    def travel(name, why, code=None, arrives=day(2, 2), quarry=None, hall=None, hide=(), receive=None):
        """From 10 to 40 degrees north, 3335 km; the block is dug on 1 February at 8 o'clock."""
        world = Small(f"remark {name}", site={"site": {**site_value(), "lat": 100_000_000, "lon": 0}, **(quarry or {})})
        there = world.reg.record("site", day(1, 3), site={"kind": "factory", "name": "Hall", "country": "NL", "lat": 400_000_000, "lon": 0}, **(hall or {}))
        admit = world.reg.record("admit", day(1, 4), party={"name": "The Town"}, sites=[],
                                 member={"country": "NL", "log": world.town.origin, "role": "authority"})
        sent = world.quarry.record("dispatch", day(2, 1, 9), inputs=[world.extract.state(0)], outputs=[world.block], to={"log": world.town.origin})
        taken = world.town.record("receive", arrives, inputs=[sent.state(0)], outputs=[world.block], **(receive or {"site": {"site": there.id}}))
        events = [world.site, there, world.admit, admit, world.extract, sent, taken]
        said(add, name, why, world, code, content=chain([(taken, 0)], events, hide=[(there, field) for field in hide]))

    travel("travel-too-fast", "3335 km in a day are 139 km/h (RULES 22)", "travel_too_fast")
    travel("travel-in-time", "3335 km in four days", arrives=day(2, 5))
    travel("travel-no-place", "the receipt names no place", receive={"remarks": {"text": "in the yard"}})
    travel("travel-site-withheld", "where the hall is, is withheld", hide=["site"])
    at = lambda start, lat, error=0: {"error_mm": error, "from": start, "lat": lat, "lon": 0}  # noqa: E731
    travel("travel-moved-before", "the quarry moved north before the block was dug", quarry={"positions": [at("2020-01-01", 100_000_000), at("2025-02-01", 390_000_000)]})
    travel("travel-moves-after", "the quarry moved north the day after", "travel_too_fast",
           quarry={"positions": [at("2020-01-01", 100_000_000), at("2025-02-02", 390_000_000)]})
    travel("travel-uncertain", "nobody knows the hall's place to 2000 km", hall={"positions": [at("2020-01-01", 400_000_000, 2_000_000_000_000)]})
    travel("lenient-positions", "a position beyond the pole says nothing: the site's own place counts", "travel_too_fast",
           hall={"positions": [at("2020-01-01", 900_000_001)]})


def build(add):
    for part in (calendar, loads, order):
        part(add)
