"""What the schema checks share: a counter of passed and failed checks, and the schemas themselves."""
import json
import warnings
from pathlib import Path

warnings.filterwarnings("ignore", category=DeprecationWarning)
from jsonschema import Draft202012Validator, FormatChecker, RefResolver  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
EXAMPLES = SCHEMAS / "examples"
BASE = "https://quarrymark.example/schemas/"


def refuse_repeated(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError(f"repeated member in {names}")
    return dict(pairs)


def refuse_fraction(text):
    raise ValueError(f"not a whole number: {text}")


def parse(text):
    """JSON as the product reads it: no repeated member, no fraction or exponent."""
    return json.loads(text, object_pairs_hook=refuse_repeated, parse_float=refuse_fraction)


def load(path):
    return parse(path.read_text(encoding="utf-8"))


def load_lines(path):
    return [parse(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


class Suite:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, good, what):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}")

    def equal(self, got, expected, what):
        self.check(got == expected, f"{what}: expected {expected}, got {got}")


class Schemas:
    """All schemas under schemas/, found by their $id."""

    def __init__(self):
        self.files = sorted(SCHEMAS.glob("**/*.schema.json"))
        self.by_id = {}
        for path in self.files:
            schema = load(path)
            self.by_id[schema["$id"]] = schema
        self.formats = FormatChecker(formats=["date", "regex"])
        self.validators = {}

    def validator(self, name):
        """`name` is a file name below schemas/, perhaps with a #/pointer."""
        if name not in self.validators:
            schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": BASE + name}
            resolver = RefResolver(BASE, schema, store=dict(self.by_id))
            self.validators[name] = Draft202012Validator(schema, resolver=resolver, format_checker=self.formats)
        return self.validators[name]

    def accepts(self, name, value):
        return self.validator(name).is_valid(value)

    def complaint(self, name, value):
        """The first error in words, or None."""
        error = next(self.validator(name).iter_errors(value), None)
        if error is None:
            return None
        while error.context:
            error = max(error.context, key=lambda inner: len(inner.absolute_path))
        return f"{'/'.join(map(str, error.absolute_path)) or '(top)'}: {error.message[:160]}"
