"""The words of five languages: same keys, same places in braces, nothing banned, nothing left untranslated."""
import re

from suite import BASE, SCHEMAS, load

LANGUAGES = ["en", "nl", "zh", "hi", "te"]
# A letter of the script: a text of that language without one was left in another.
SCRIPTS = {"zh": "[\u4e00-\u9fff]", "hi": "[\u0900-\u097f]", "te": "[\u0c00-\u0c7f]"}
BANNED = {
    "en": ["guarantee", "risk-free", "risk free", "authentic", "certif", "100 %", "100%", "blockchain", " safe", " clean"],
    "nl": ["garand", "garantie", "risicovrij", "authentiek", "gecertific", "100 %", "100%", "blockchain", " veilig", " schoon"],
    "zh": ["保证", "担保", "无风险", "正品", "认证", "100%", "区块链", "安全"],
    "hi": ["गारंटी", "जोखिम-मुक्त", "जोखिम मुक्त", "प्रामाणिक", "असली", "प्रमाणित", "100%", "ब्लॉकचेन", "सुरक्षित माल"],
    "te": ["హామీ", "గ్యారంటీ", "రిస్క్", "ప్రామాణిక", "అసలైన", "ధృవీకరించబడిన", "ధ్రువీకరించబడిన", "100%", "బ్లాక్‌చెయిన్"],
}
# Texts that hold nothing but places, numbers and signs.
WITHOUT_LETTERS = re.compile(r"unit\.(g|mm|mm2|mm3)$|phrase\.named$|phrase\.supported_part$|phrase\.(labelled|two|step|party)$|percent$|date\.pattern$")


def texts(value, path=""):
    """(path, text) for each text; both forms of a text with two."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, f"{path}.{name}" if path else name)


def worded(words):
    """The texts of a language that are words, not settings."""
    for path, text in texts({name: value for name, value in words.items() if name not in ("v", "language", "one", "number", "list")}):
        yield path, text


def places(text):
    return sorted(re.findall(r"\{([a-z_]+)\}", text))


def enum(schemas, name, definition):
    return schemas.by_id[BASE + name]["$defs"][definition]["enum"]


def check_lists(suite, schemas, language, words):
    verdicts = [v["value"] for v in load(SCHEMAS / "verdicts.json")["verdicts"]]
    codes = [f["code"] for f in load(SCHEMAS / "findings.json")["findings"]]
    for group, names in (("verdict", verdicts + ["none", "evidence"]), ("finding", codes), ("event", enum(schemas, "common.schema.json", "event_type")),
                         ("role", enum(schemas, "common.schema.json", "role")), ("unit", enum(schemas, "common.schema.json", "unit")),
                         ("standing", ["supported", "declared", "contradicted", "unknown", "unchecked"])):
        suite.equal(sorted(set(words[group]) ^ set(names)), [], f"{language}: words for every {group}, and no others; differing")


def check_one(suite, schemas, language, words, english):
    complaint = schemas.complaint("words.schema.json", words)
    suite.check(complaint is None, f"words/{language}.json: {complaint}")
    suite.equal(words["language"], language, f"language of words/{language}.json")
    check_lists(suite, schemas, language, words)
    own, reference = dict(texts(words)), dict(texts(english))
    suite.equal(sorted(set(own) ^ set(reference)), [], f"{language}: keys not as in English")
    suite.equal([path for path, text in worded(words) if places(text) != places(reference.get(path, ""))], [], f"{language}: texts with other places than in English")
    suite.equal([path for path, text in worded(words) if re.search(r"[{}]", re.sub(r"\{[a-z_]+\}", "", text))], [], f"{language}: braces that are no place")
    if language in SCRIPTS:
        foreign = [path for path, text in worded(words) if not WITHOUT_LETTERS.search(path) and not re.search(SCRIPTS[language], text)]
        suite.equal(foreign, [], f"{language}: texts without a letter of its script")
    everything = " ".join(text.lower() for _, text in worded(words))
    suite.equal([word for word in BANNED[language] if word in everything], [], f"{language}: banned words")


def check(suite, schemas):
    suite.equal(sorted(path.stem for path in (SCHEMAS / "words").glob("*.json")), sorted(LANGUAGES), "one file for each language")
    words = {language: load(SCHEMAS / "words" / f"{language}.json") for language in LANGUAGES}
    for language in LANGUAGES:
        check_one(suite, schemas, language, words[language], words["en"])
    same = [path for path, text in worded(words["nl"]) if text == dict(texts(words["en"])).get(path) and len(re.sub(r"\{[a-z_]+\}", "", text)) > 25]
    suite.equal([path for path in same if path not in ("document.custody_model",)], [], "Dutch texts that are English")
    spoilt = [({"verdict": {}}, "no verdicts"), ({"one": [2]}, "a form for two"), ({"percent": " {value}"}, "a text that opens with a space"),
              ({"standing": {"supported": {"one": "x"}}}, "a text with one form of two"), ({"colour": {"a": "b"}}, "a group it does not have")]
    for change, what in spoilt:
        suite.check(not schemas.accepts("words.schema.json", {**words["en"], **change}), f"refused as words: {what}")
