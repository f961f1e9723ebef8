"""What is physically so: quarries and their stone, blocks and how people measure them, saws, roads,
containers. Lengths are millimetres, masses grams, times hours."""
from dataclasses import dataclass, field

# Family of stone: the density it has in the ground, t/m3, and a trade name.
FAMILIES = {
    "dolerite": (2.96, 3.04, "Example Black"), "granite": (2.61, 2.74, "Example Grey"),
    "sandstone": (2.32, 2.48, "Example Sandstone"), "bluestone": (2.685, 2.695, "Example Bluestone"),
    "limestone": (2.40, 2.70, "Example Limestone"), "marble": (2.65, 2.80, "Example Marble"),
    "gabbro": (2.96, 3.04, "Example Gabbro"), "basalt": (2.75, 3.05, "Example Basalt"),
}


@dataclass(frozen=True)
class Party:
    code: str
    name: str
    role: str
    country: str
    zone: str = "+01:00"
    device: bool = False
    site: str = ""  # the one it is admitted for
    family: str = ""
    area: str = ""
    lat: int = 0
    lon: int = 0
    permit: dict = field(default_factory=dict, hash=False)

    @property
    def file(self):
        return f"{self.code.lower()}.ndjson"


def _quarry(code, name, country, zone, site, family, area, lat, lon, **more):
    return Party(code, name, "quarry operator", country, zone, site=site, family=family, area=area,
                 lat=lat, lon=lon, **more)


MONTHLY_PERMIT = 30_000_000_000  # mm3 gross, of the quarry KP

PARTIES = [
    Party("REG", "Example Register", "registrar", "NL"),
    _quarry("KA", "Operator Black", "IN", "+05:30", "Black Quarry", "dolerite", "South", 172000000, 802000000),
    _quarry("KB", "Operator Grey", "CN", "+08:00", "Grey Quarry", "granite", "East", 372000000, 1200000000),
    _quarry("KC", "Operator Sand One", "IN", "+05:30", "Sand Quarry 1", "sandstone", "Sand Hills", 250000000, 755000000),
    _quarry("KD", "Operator Sand Two", "IN", "+05:30", "Sand Quarry 2", "sandstone", "Sand Hills", 250210000, 755340000),
    _quarry("KE", "Operator Blue", "BE", "+01:00", "Blue Quarry", "bluestone", "Hainaut", 506000000, 41000000),
    _quarry("KP", "Operator Limited", "CN", "+08:00", "Limited Quarry", "granite", "East", 370000000, 1190000000,
            permit={"from": "2025-01-01", "number": "P-25-1", "parcels": [], "to": "2025-12-31", "volume": MONTHLY_PERMIT}),
    Party("F1", "Works One", "factory", "CN", "+08:00", site="Works 1", lat=247000000, lon=1184000000),
    Party("F2", "Works Two", "factory", "CN", "+08:00", site="Works 2", lat=247300000, lon=1184300000),
    Party("CY", "Cobble Yard", "factory", "IN", "+05:30", site="Yard 1", lat=250120000, lon=755190000),
    Party("T", "Example Trading", "trader", "CN", "+08:00"),
    Party("IA", "Example Import", "importer", "NL", "+01:00", device=True),
    Party("TOWN", "Example Town", "authority", "NL", "+01:00", device=True),
]
PARTY = {one.code: one for one in PARTIES}

# How long goods are on their way, in hours; never faster than lorries and ships go.
JOURNEYS = {
    ("IN", "IN"): (2, 48), ("IN", "CN"): (500, 1000), ("CN", "CN"): (48, 120), ("CN", "NL"): (680, 1100),
    ("IN", "NL"): (520, 950), ("BE", "NL"): (4, 48), ("BE", "BE"): (2, 24), ("NL", "NL"): (2, 12),
}


class Block:
    """A block as it is, and as it is measured: gross is the box around it, net the box within."""

    def __init__(self, rng, family, small=False):
        low, high, _ = FAMILIES[family]
        self.family, self.density = family, rng.uniform(low, high)
        top = (2400, 1500, 1300) if small else (2900, 1800, 1600)
        self.net = [rng.randrange(side - 900, side, 10) for side in top]
        self.gross = [side + rng.randrange(60, 110, 10) for side in self.net]
        net, gross = volume(self.net), volume(self.gross)
        self.volume = net + (gross - net) * rng.uniform(0.2, 0.7)
        self.mass = round(self.volume * self.density / 1000 * rng.uniform(0.99, 1.01))  # as weighed

    def measure(self):
        return {"gross": list(self.gross), "mass": self.mass, "net": list(self.net)}


def volume(sides):
    return sides[0] * sides[1] * sides[2]


def slabs_in(depth, thickness, kerf):
    """How many slabs a saw can take out of so much stone."""
    return (depth + kerf) // (thickness + kerf)


def container(rng, right=True):
    """A container number of ISO 6346; the last figure checks the others."""
    owner = "TSTU" + f"{rng.randrange(1_000_000):06d}"
    values = {letter: 10 + n + (n + 9) // 10 for n, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    total = sum((values[c] if c.isalpha() else int(c)) << place for place, c in enumerate(owner))
    check = total % 11 % 10
    return owner + str(check if right else (check + rng.randrange(1, 10)) % 10)
