#!/usr/bin/env python3
"""Reads every #include and fails on an arrow between folders that is not in the table; on banned words; on dead links."""

import bisect
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Which folders a folder may include from, beside itself. tools and tests may include anything.
ARROWS = {
    "crypto": "",
    "schema": "",
    "registry/base": "crypto",
    "registry/domain": "registry/base crypto",
    "registry/rules": "registry/domain registry/base crypto schema",
    "registry/steps": "registry/rules registry/domain registry/base crypto",
    "registry/log": "registry/domain registry/base crypto",
    "registry/store": "registry/log registry/domain registry/base crypto",
    "registry/store/sqlite": "registry/store registry/log registry/domain registry/base crypto schema",
    "registry/views": "registry/store registry/steps registry/domain registry/rules registry/log registry/base crypto",
    "registry/tracing": "registry/views registry/store registry/domain registry/rules registry/log registry/base crypto",
    "registry/reports": "registry/tracing registry/views registry/store registry/domain registry/rules registry/log "
                        "registry/base crypto",
    "registry/service": "registry/tracing registry/views registry/store registry/steps registry/rules registry/domain "
                        "registry/log registry/base crypto",
    "api/http": "registry/base crypto schema",
    "api/console": "api/http api/access registry/base",
    "api/access": "registry/domain registry/base api/http crypto schema",
    "api/routes": "registry/service registry/reports registry/tracing registry/views registry/store registry/rules registry/steps "
                  "registry/domain registry/log registry/base crypto api/http api/access schema",
}
FREE = ("tools", "tests")

# Libraries that live behind one folder each. A header that includes one is as closed as the library itself.
FENCES = [
    ("Poco::Net", re.compile(r"Poco/Net/"), {"api/http"}),
    ("Poco::Data", re.compile(r"Poco/Data/"), {"registry/store/sqlite"}),
    ("SQLite", re.compile(r"sqlite3(ext)?\.h$"), {"registry/store/sqlite"}),
    ("libxlsxwriter", re.compile(r"xlsxwriter(\.h$|/)"), {"registry/reports"}),
    ("OpenSSL", re.compile(r"(openssl/|Poco/Crypto/)"), {"crypto"}),
    ("libsodium", re.compile(r"sodium(\.h$|/)"), {"crypto"}),
]

# json.hpp costs a second and a half of compiler time in each file that sees it, so headers take json_fwd.hpp.
# The exceptions are headers that no other folder may include.
WHOLE_JSON = re.compile(r"nlohmann/json\.hpp$")
WHOLE_JSON_HEADERS = {"crypto/json_reader.h"}

# (name, pattern, folders, only in code: comments and strings are blanked before)
BANS = [
    ("std::regex: recurses on its input and compiles for seconds", r"\bstd::(basic_|w)?regex\b", ("",), True),
    ("floating point near quantities", r"\b(float|double)\b",
     ("registry/domain", "registry/steps", "registry/rules"), True),
    ("a leftover belongs into an issue", r"\b(TO" r"DO|FIX" r"ME)\b", ("",), False),
    ("an absolute path of one machine", r"(?<![\w.~}/*-])/(work|home/\w+|root|Users/\w+)/", ("",), False),
]

CODE = {".h", ".cpp"}
TEXT = CODE | {".py", ".txt", ".cmake", ".md", ".sh", ".sql", ".ts", ".tsx", ".yaml", ".yml"}
SKIPPED = {"build", ".git", ".cache", "node_modules", "dist", "__pycache__"}

# [text](page#heading), within the repository.
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|\bR"(?P<d>[^()\s\\]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
COMMENT = re.compile(r'//[^\n]*|/\*.*?\*/|(?P<keep>\bR"(?P<d>[^()\s\\]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*")', re.S)


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    return COMMENT.sub(lambda m: m[0] if m["keep"] else blank(m[0]), text)


def only_code(text):
    # A quote between digits is a separator (1'000), not a character.
    return NOT_CODE.sub(lambda m: blank(m[0]), re.sub(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])", "_", text))


class File:
    def __init__(self, path):
        self.name = path.relative_to(ROOT).as_posix()
        self.suffix = path.suffix
        self.text = path.read_text(encoding="utf-8")
        self.starts = [0] + [m.end() for m in re.finditer("\n", self.text)]
        self.includes = []
        if self.suffix in CODE:
            for m in INCLUDE.finditer(without_comments(self.text)):
                self.includes.append((self.line(m.start(2)), m[1] == '"', m[2]))

    def line(self, position):
        return bisect.bisect_right(self.starts, position)


def folder_of(name):
    """The longest folder of the table that holds the file; else its first folder."""
    parts = name.split("/")[:-1]
    for n in range(len(parts), 0, -1):
        if "/".join(parts[:n]) in ARROWS:
            return "/".join(parts[:n])
    return "/".join(parts[:2]) if parts and parts[0] in ("registry", "api") else (parts or ["."])[0]


def is_free(folder):
    return folder in FREE


def target_of(file, path, files):
    """The file of ours that an include names, or the folder it points to when there is no such file."""
    beside = file.name.rsplit("/", 1)[0] + "/" + path
    return beside if "/" not in path or (beside in files and path not in files) else path


def check_arrows(file, files, problems):
    here = folder_of(file.name)
    if is_free(here):
        return
    if here not in ARROWS:
        problems.append(f"{file.name}:1: the folder {here} has no row in the table of tests/structure_test.py")
        return
    for line, ours, path in file.includes:
        if not ours and path not in files:
            continue
        there = folder_of(target_of(file, path, files))
        if there != here and there not in ARROWS[here].split():
            problems.append(f"{file.name}:{line}: arrow {here} -> {there} ({path}) is not allowed")


def fence_chain(file, files, pattern, memo):
    """How the file reaches a fenced library: the includes on the way, or nothing."""
    if file.name in memo:
        return memo[file.name]
    memo[file.name] = None
    for line, _, path in file.includes:
        if pattern.match(path):
            memo[file.name] = [(line, path)]
            break
        next_file = files.get(target_of(file, path, files))
        chain = next_file and fence_chain(next_file, files, pattern, memo)
        if chain:
            memo[file.name] = [(line, path)] + chain
            break
    return memo[file.name]


def check_fences(files, problems):
    for library, pattern, folders in FENCES:
        memo = {}
        for file in files.values():
            here = folder_of(file.name)
            chain = None if is_free(here) or here in folders else fence_chain(file, files, pattern, memo)
            if chain:
                way = " -> ".join(path for _, path in chain)
                problems.append(f"{file.name}:{chain[0][0]}: arrow {here} -> {library} ({way}); "
                                f"it lives in {', '.join(sorted(folders))}")


def check_json(file, files, problems):
    here = folder_of(file.name)
    for line, _, path in file.includes:
        if path == "regex":
            problems.append(f"{file.name}:{line}: arrow {here} -> <regex> is allowed nowhere")
        if is_free(here):
            continue
        if file.suffix == ".h" and WHOLE_JSON.search(path) and file.name not in WHOLE_JSON_HEADERS:
            problems.append(f"{file.name}:{line}: arrow {here} -> {path} in a header; take nlohmann/json_fwd.hpp")
        target = target_of(file, path, files)
        if target in WHOLE_JSON_HEADERS and folder_of(target) != here:
            problems.append(f"{file.name}:{line}: arrow {here} -> {path}, a header private to its folder")


def check_bans(file, problems):
    code = None
    for name, pattern, folders, code_only in BANS:
        if code_only and file.suffix not in CODE:
            continue
        if not any(not folder or file.name.startswith(folder + "/") for folder in folders):
            continue
        if code_only and code is None:
            code = only_code(file.text)
        for m in re.finditer(pattern, code if code_only else file.text):
            problems.append(f"{file.name}:{file.line(m.start())}: banned: {m[0]} ({name})")


def check_links(file, problems):
    """Links from one page of ours to another lead somewhere, headings included."""
    for m in LINK.finditer(file.text):
        page = (ROOT / file.name).parent / m[1] if m[1] else ROOT / file.name
        place = f"{file.name}:{file.line(m.start())}"
        if not page.exists():
            problems.append(f"{place}: dead link: {m[0]}")
        elif m[2] and page.is_file() and m[2] not in headings_of(page):
            problems.append(f"{place}: no such heading: {m[0]}")


def headings_of(page):
    """Names of the headings as the usual page viewers make them."""
    titles = re.findall(r"^#+ +(.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def source_files():
    for path in sorted(ROOT.rglob("*")):
        relative = path.relative_to(ROOT)
        script = not path.suffix and relative.parts[0] in ("tools", ".ci")
        if not SKIPPED.intersection(relative.parts) and (script or path.suffix in TEXT) and path.is_file():
            yield File(path)


def problems_of(files):
    problems = []
    code = {name: file for name, file in files.items() if file.suffix in CODE}
    for file in code.values():
        check_arrows(file, code, problems)
        check_json(file, code, problems)
    check_fences(code, problems)
    for file in files.values():
        check_bans(file, problems)
        if file.suffix == ".md":
            check_links(file, problems)
    return problems


def check_itself():
    """The checks must find what they are for, or they prove nothing."""

    def file(name, text):
        f = File.__new__(File)
        f.name, f.suffix, f.text = name, pathlib.PurePosixPath(name).suffix, text
        f.starts = [0] + [m.end() for m in re.finditer("\n", text)]
        f.includes = [(f.line(m.start(2)), m[1] == '"', m[2]) for m in INCLUDE.finditer(without_comments(text))]
        return f

    def found(*pairs):
        return problems_of({name: file(name, text) for name, text in pairs})

    arrow = found(("crypto/a.h", '\n#include "registry/base/time.h"\n'))
    assert arrow == ["crypto/a.h:2: arrow crypto -> registry/base (registry/base/time.h) is not allowed"], arrow
    assert found(("registry/new/a.h", ""))[0].startswith("registry/new/a.h:1: the folder registry/new has no row")
    assert not found(("registry/base/a.h", '// #include "api/http/x.h"\n/* #include "api/http/x.h"\n */\n'))
    assert not found(("registry/log/a.h", '#include "b.h"\n#include "crypto/x.h"\n#include <vector>\n'))
    assert found(("registry/store/a.cpp", '#include "registry/store/sqlite/s.h"\n'))
    assert not found(("tools/cli/a.cpp", '#include "registry/store/sqlite/s.h"\n#include <Poco/Net/Socket.h>\n'))
    hidden = found(("api/http/wire.h", "#include <Poco/Net/Socket.h>\n"),
                   ("api/http/server.h", '#include "api/http/wire.h"\n'),
                   ("api/routes/a.cpp", '\n#include "api/http/server.h"\n'))
    assert len(hidden) == 1 and hidden[0].startswith("api/routes/a.cpp:2: arrow api/routes -> Poco::Net"), hidden
    assert found(("registry/log/a.h", "#include <nlohmann/json.hpp>\n"))
    assert not found(("registry/log/a.cpp", "#include <nlohmann/json.hpp>\n"))
    assert found(("tests/unit/a.cpp", "#include <regex>\n"))
    assert found(("registry/steps/a.cpp", "int n = 1'000;\ndouble x;\n"))[0].startswith("registry/steps/a.cpp:2: banned")
    assert not found(("registry/steps/a.cpp", '// double entry\nauto s = "float";\nint double_entry;\n'))
    assert found(("README.md", "[a](docs/none.md)\n")) == ["README.md:1: dead link: ](docs/none.md)"]
    assert found(("docs/a.md", "see /ho" "me/me/x and more\n")) and not found(("docs/a.md", "GET /v1/homework/1\n"))


def main():
    check_itself()
    files = {file.name: file for file in source_files()}
    problems = problems_of(files)
    for problem in problems:
        print(problem)
    code = sum(file.suffix in CODE for file in files.values())
    print(f"structure: {code} source files and {len(files) - code} other files read, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
