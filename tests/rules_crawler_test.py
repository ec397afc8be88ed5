#!/usr/bin/env python3
"""Finds every rule that the sources can raise, and fails on one without a text in both languages or without a test."""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CALLS = re.compile(r"\b(refuse|refused|about|breach|make_finding|add_finding|missing_paper|open_obligation|"
                   r"make_obligation|find_deadline|deadline)\(\s*")
LITERAL = re.compile(r'"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)"')
NAME = re.compile(r"(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w-])")
TEXTS = ("title", "title_zh", "detail", "detail_zh", "what_to_do", "what_to_do_zh")


def without_comments(text):
    return re.sub(r"//[^\n]*", "", text)


def statement_from(text, start):
    """Up to the end of the call's own parentheses."""
    depth = 1
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
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


def raised():
    """Rule ids by the place that names them first."""
    found = {}
    for folder in ("registry", "api"):
        for path in sorted((ROOT / folder).rglob("*.cpp")):
            text = without_comments(path.read_text(encoding="utf-8"))
            for m in CALLS.finditer(text):
                call = statement_from(text, m.end())
                wanted = call if m[1] in ("open_obligation",) else first_argument(call)
                for rule in LITERAL.findall(wanted):
                    found.setdefault(rule, path.relative_to(ROOT).as_posix())
    return found


def texts():
    out = {}
    for path in sorted((ROOT / "schema/rules").glob("*.json")):
        if not re.search(r"refusals|findings|obligations", path.name):
            continue
        file = json.loads(path.read_text(encoding="utf-8"))
        out.update(file.get("rules", file))
    return out


def tested():
    """Everything in the tests that could be the name of a rule."""
    found = set()
    for path in sorted((ROOT / "tests").rglob("*")):
        if path.suffix in (".cpp", ".h", ".py", ".csv") and path.name != "rules_crawler_test.py":
            found.update(NAME.findall(path.read_text(encoding="utf-8", errors="replace")))
    return found


def main():
    known, tests = texts(), tested()
    rules = raised()
    problems = []
    for rule, place in sorted(rules.items()):
        text = known.get(rule)
        if text is None:
            problems.append(f"{place}: {rule} has no text")
        elif any(not text.get(part) for part in TEXTS):
            problems.append(f"{place}: {rule} lacks a part of its text")
        if rule not in tests:
            problems.append(f"{place}: {rule} is named by no test")
    print("\n".join(problems))
    print(f"rules: {len(rules)} found in the sources, {len(problems)} problems")
    return 1 if problems or len(rules) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
