#!/usr/bin/env python3
"""Finds every rule that the program can raise, and fails on one without a text in both languages or without a test, and
on a text that nothing raises.

A word with hyphens in the sources is the id of a rule, wherever it stands: in a call, a variable, a table, a return. One
that is no rule must be seen to be something else: a choice of a payload, a name of an enum, a field of HTTP, a defect of
the verifier, or a word of OTHER_WORDS.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CALLS = re.compile(r"\b(refuse|refused|fault|about|breach|make_finding|add_finding|missing_paper|open_obligation|"
                   r"make_obligation|find_deadline|deadline)\(\s*")
LITERAL = re.compile(r'"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)"')
WORD = re.compile(r'"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)"')
NAME = re.compile(r"(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w-])")
TEXTS = ("title", "title_zh", "detail", "detail_zh", "what_to_do", "what_to_do_zh")

# Where a word is something else. The second lists what a route may answer: it raises nothing by itself.
CHOICES = re.compile(r"\b(?:one_of|list_of|defect|bad|tile_defect|headers\.find|headers\.count|set_header|field|malformed|"
                     r"find_header)\(|\bnames\[\] = \{|defects\.push_back\(|kFields\{|std::string_view name : \{")
ANSWERS = re.compile(r"\brefusals\b[^;{]*\{|\bk\w*Refusals\b[^;{]*\{|refusals\.emplace_back\(|(?:std::string_view|const char\*) rule : \{|"
                     r"vector<std::string> rules\{")
OTHER_WORDS = {
    # accounts, duties of officers, checks of a seller, severities and periods that are no finding of their own
    "process-loss", "information-officer", "responsible-person", "sales-ledger", "same-goods", "mandate-seen",
    "small-pack", "late-loss-report-serious", "link-days",
    # what a document, a step or an answer calls something
    "last-entry", "by-id", "cas-check-digit", "in-person", "address-code",
    # signatures, and what is wrong with the time of one
    "ed25519-sha256", "p256-sha256", "sm2-sm3", "ecdsa-p256-sha256", "sha-256", "before-start", "created-in-future",
    "lives-too-long", "out-of-range",
    # kinds of news
    "border-case",
    # HTTP
    "tallystick-unattended", "tallystick-purpose", "content-type", "content-digest", "signature-input", "same-origin",
    "no-store", "no-cache", "keep-alive", "date-time", "x-rules", "accept-language",
}


def without_comments(text):
    return re.sub(r"//[^\n]*", "", text)


def statement_from(text, start):
    """Up to the end of the brackets that are open at the start."""
    depth = 1
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1, "{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return text[start:at]
    return text[start:]


def first_argument(call):
    depth = 0
    for at, c in enumerate(call):
        depth += {"(": 1, ")": -1}.get(c, 0)
        if c == "," and depth == 0:
            return call[:at]
    return call


def blanked(text, pattern):
    """Without what stands in the brackets that the pattern opens."""
    out, at = [], 0
    for m in pattern.finditer(text):
        if m.start() < at:
            continue
        out.append(text[at:m.end()])
        at = m.end() + len(statement_from(text, m.end()))
    return "".join(out) + text[at:]


def sources():
    for folder in ("registry", "api/access", "api/http", "api/routes"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cpp", ".h"):
                yield path.relative_to(ROOT).as_posix(), without_comments(path.read_text(encoding="utf-8"))


def raised_in(text):
    """Ids that are raised by a call, of one word too, and all words with hyphens that are not seen to be anything else."""
    found = set()
    for m in CALLS.finditer(text):
        call = statement_from(text, m.end())
        found.update(LITERAL.findall(call if m[1] == "open_obligation" else first_argument(call)))
    rest = re.sub(r'R"\w*\(.*?\)\w*"', '""', blanked(blanked(text, ANSWERS), CHOICES), flags=re.S)
    return found | (set(LITERAL.findall(rest)) - OTHER_WORDS)


def texts():
    out = {}
    for path in sorted((ROOT / "schema/rules").glob("*.json")):
        if not re.search(r"refusals|findings|obligations", path.name):
            continue
        file = json.loads(path.read_text(encoding="utf-8"))
        out.update(file.get("rules", file))
    return out


def strings_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings_of(each)


# A row of the pack opens or finds what one of these members names.
OPENING = ("kind", "kinds", "obligation", "finding", "opens", "closes", "stop")


def opened_by(value):
    if isinstance(value, list):
        for each in value:
            yield from opened_by(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from strings_of(each) if name in OPENING else opened_by(each)


def named_by_packs():
    found = set()
    for path in sorted((ROOT / "schema/rules").glob("*.json")):
        if not re.search(r"refusals|findings|obligations|rights", path.name):
            found.update(opened_by(json.loads(path.read_text(encoding="utf-8"))))
    return found


def spoken():
    """Every word that a source says for itself: lists of what a route may answer, and raw texts, say nothing."""
    found = set()
    for _, text in sources():
        found.update(WORD.findall(re.sub(r'R"\w*\(.*?\)\w*"', '""', blanked(text, ANSWERS), flags=re.S)))
    return found


def tested():
    """Everything in the tests that could be the name of a rule."""
    found = set()
    for path in sorted((ROOT / "tests").rglob("*")):
        if path.suffix in (".cpp", ".h", ".py", ".csv", ".mjs") and path.name != "rules_crawler_test.py":
            found.update(NAME.findall(path.read_text(encoding="utf-8", errors="replace")))
    return found


def problems_of(rules, known, tests, said):
    for rule, place in sorted(rules.items()):
        text = known.get(rule)
        if text is None:
            yield f"{place}: {rule} has no text; or it is no rule, then OTHER_WORDS says what it is"
        elif any(not text.get(part) for part in TEXTS):
            yield f"{place}: {rule} lacks a part of its text"
    for rule in sorted(known):
        if rule not in said:
            yield f"{rule} has a text, and nothing raises it"
        elif rule not in tests:
            yield f"{rule} is named by no test"


def check_itself():
    """Each way of hiding an id is found, and what is none is not."""
    assert raised_in('const auto rule = late ? "in-variable" : "or-this";') == {"in-variable", "or-this"}
    assert raised_in('constexpr std::string_view kRule = "in-constant"; refuse(kRule);') == {"in-constant"}
    assert raised_in('switch (s) { case A: return "from-function"; }') == {"from-function"}
    assert raised_in('route.refusals = {"not-raised"}; in.one_of("x", {"a-choice"}); refuse("is-raised")') == {
        "is-raised"}
    assert raised_in('R"({"enum":["in-schema"]})"') == set()
    text = dict.fromkeys(TEXTS, "x")
    found = list(problems_of({"a-b": "x.cpp"}, {"c-d": text, "e-f": text}, {"c-d"}, {"c-d"}))
    assert [each.split(" ")[-1] for each in found] == ["is", "it"], found


def main():
    check_itself()
    rules = {}
    for place, text in sources():
        for rule in raised_in(text):
            rules.setdefault(rule, place)
    known = texts()
    problems = list(problems_of(rules, known, tested(), spoken() | named_by_packs()))
    print("\n".join(problems))
    print(f"rules: {len(rules)} found in the sources, {len(known)} texts, {len(problems)} problems")
    return 1 if problems or len(rules) < 300 else 0


if __name__ == "__main__":
    sys.exit(main())
