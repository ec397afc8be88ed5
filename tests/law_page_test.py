#!/usr/bin/env python3
"""docs/law.md is what the rule pack says: no rule is left out, a changed one is noticed, and each says who asks it."""

import importlib.machinery
import importlib.util
import json
import pathlib
import re
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def load(root):
    """The script, with another root."""
    loader = importlib.machinery.SourceFileLoader("law_page", str(ROOT / "tools/law_page"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("law_page", loader))
    loader.exec_module(module)
    module.ROOT = root
    return module


def rules_of(value, out):
    """Every rule with an article, wherever it stands in a file."""
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        rules_of(each, out)
    if isinstance(value, dict) and "article" in value and "valid_from" in value:
        out.append(value)
    return out


def check_complete(page, law):
    """Each row with an article has its line, with article, tag and days."""
    count = 0
    for name, _, _ in law.FILES:
        file = law.load(name)
        rows = rules_of({k: v for k, v in file.items() if isinstance(v, (list, dict))}, [])
        for row in rows:
            marks = [row["article"], law.tag(row), law.days(row)]
            assert any(all(mark in line for mark in marks) for line in page.splitlines()), (name, row)
            count += 1
    assert count > 300, count
    for code in ("CN1-01", "CN2-20", "N-32", "P2-79"):
        assert f"| {code} |" in page, code


def check_askers(page):
    """The last cell of a rule is never empty: a rule that nobody asks is no rule."""
    for line in page.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 8 and "---" not in cells[0]:
            assert cells[7], f"nothing asks {cells[0]}"


def check_unsure(page):
    lines = [line for line in page.splitlines() if re.search(r"\| [ML](?: 待确认)? \|", line)]
    assert len(lines) > 100 and all("待确认" in line for line in lines)


def check_change_is_noticed(page):
    """A pack in which one number is another gives another page."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for part in ("schema", "registry/steps", "registry/rules"):
            shutil.copytree(ROOT / part, root / part)
        law = load(root)
        assert law.page() == page
        path = root / "schema/rules/cn.json"
        text = path.read_text(encoding="utf-8")
        changed = text.replace('"rule": "445-19-a", "name": "Filing of a class 1 sale", "name_zh": '
                               '"第一类易制毒化学品销售情况备案", "days": 5', '"rule": "445-19-a", "name": "Filing of a '
                               'class 1 sale", "name_zh": "第一类易制毒化学品销售情况备案", "days": 6')
        assert changed != text and json.loads(changed)
        path.write_text(changed, encoding="utf-8")
        assert law.page() != page


def main():
    law = load(ROOT)
    page = law.page()
    stored = (ROOT / "docs/law.md").read_text(encoding="utf-8")
    if stored != page:
        sys.exit("docs/law.md is not what the rule pack says: run tools/law_page")
    check_complete(page, law)
    check_askers(page)
    check_unsure(page)
    check_change_is_noticed(page)
    print(f"docs/law.md: {len(page.splitlines())} lines, as the pack says")


if __name__ == "__main__":
    main()
