"""Gathers vectors, shares the files that are equal, and writes or compares schemas/vectors."""
import hashlib
import json
from pathlib import Path

from formats import dump

CHECK_DATE = "2025-07-01"


def as_bytes(content):
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else dump(content)).encode("utf-8", "surrogatepass")


class Collection:
    def __init__(self):
        self.vectors, self.files, self.known = [], {}, {}

    def file(self, name, content):
        data = as_bytes(content)
        place = hashlib.sha256(data).digest()
        if place not in self.known:
            assert f"files/{name}" not in self.files, name
            self.known[place] = f"files/{name}"
            self.files[f"files/{name}"] = data
        return self.known[place]

    def add(self, name, why, passports, verdict, first=None, facts=None, *, trust, contract=None,
            scans=None, sightings=None, also=(), absent=(), refused=None, date=CHECK_DATE,
            letters=(), key=None):
        """`first` is the code of the first finding that leads to a verdict, `facts` what must be
        in it; `also` are codes that must be among the findings, `absent` those that must not; `refused`
        names the file without which nothing is judged; `letters` are opened with `key` before."""
        assert all(v["name"] != name for v in self.vectors), name
        if not isinstance(passports, list):
            passports = [passports]
        several = len(passports) > 1
        names = [self.file(f"{name}{f'-{i}' if several else ''}.json", p)
                 for i, p in enumerate(passports, 1)]
        optional = {}
        for what, content in (("contract", contract), ("scans", scans), ("sightings", sightings)):
            optional[what] = None if content is None else self.file(f"{name}.{what}.json", content)
        sealed = {}
        if letters:
            numbers = [f"-{i}" if len(letters) > 1 else "" for i in range(1, len(letters) + 1)]
            sealed["letters"] = [self.file(f"{name}{n}.letter.json", one) for n, one in zip(numbers, letters)]
        if key is not None:
            sealed["key"] = self.file(f"{name}.key.pem", key)
        self.vectors.append({
            "name": name, "why": why, "passports": names,
            "trust": self.file(f"{name}.trust.json", trust), **optional,
            "date": date if contract is not None else None, "refused": refused,
            "verdict": verdict,
            "first": None if first is None else {"code": first, "facts": facts or {}},
            "also": list(also), **({"absent": list(absent)} if absent else {}), **sealed,
        })

    def contents(self):
        lines = ",\n".join(json.dumps(v, ensure_ascii=False) for v in self.vectors)
        index = f'{{"v":1,"vectors":[\n{lines}\n]}}\n'
        return {"vectors.json": index.encode(), **self.files}

    def write(self, folder):
        (folder / "files").mkdir(parents=True, exist_ok=True)
        for old in (folder / "files").iterdir():
            if f"files/{old.name}" not in self.files:
                old.unlink()
        for name, data in self.contents().items():
            (folder / name).write_bytes(data)

    def differences(self, folder):
        """What is there and should not be, or is not what it should be."""
        found = [p.name for p in (folder / "files").iterdir() if f"files/{p.name}" not in self.files]
        for name, data in self.contents().items():
            path = Path(folder) / name
            if not path.is_file() or path.read_bytes() != data:
                found.append(name)
        return sorted(found)
