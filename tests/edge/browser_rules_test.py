#!/usr/bin/env python3
"""What a browser is told and what it cannot be made to do, on every route: nothing inline, nothing from elsewhere, no
frame around us, and no change with somebody's session from another site."""

import base64
import hashlib
import html.parser
import http.client
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from cli_test import BOUND_S, PROGRAM, City, serving  # noqa: E402

CHANGES = ("post", "put", "patch", "delete")
FOREIGN = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
           {"Origin": "null"}, {}, {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
FOR_BROWSERS = ("text/html", "text/css", "text/javascript", "image/", "font/", "application/manifest+json")


def ask(url, method, path, headers=None, body=None):
    place = urllib.parse.urlsplit(url)
    line = http.client.HTTPConnection(place.hostname, place.port, timeout=BOUND_S)
    try:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        line.close()


def rule_of(body):
    try:
        return json.loads(body).get("rule")
    except (ValueError, AttributeError):
        return None


def sign_in(city, url):
    key = json.loads(subprocess.run([PROGRAM, "key", "show", str(city.unit), "--json"],
                                    capture_output=True, check=True, timeout=BOUND_S).stdout)["key"]
    page = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    _, _, body = ask(url, "POST", "/v1/session/challenges", page, json.dumps({"key": key}))
    challenge = json.loads(body)
    text = city.root / "challenge"
    text.write_text(challenge["text"])
    signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", city.unit, "-rawin", "-in", text],
                               capture_output=True, check=True, timeout=BOUND_S).stdout
    status, headers, body = ask(url, "POST", "/v1/session", page, json.dumps(
        {"challenge": challenge["challenge"], "signature": base64.b64encode(signature).decode()}))
    assert status == 201, body
    cookie = headers["set-cookie"]
    assert cookie.startswith("__Host-") and all(word in cookie for word in ("; Secure", "; HttpOnly", "SameSite=Strict"))
    return cookie.split(";")[0]


def operations(url):
    document = json.loads(ask(url, "GET", "/openapi.json")[2])
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, re.sub(r"\{[^}]*\}", "nothing", path), operation


def check_changes(url, cookie):
    """With the session's cookie, from anywhere else: refused before anything is read of it."""
    tried = 0
    for method, path, operation in operations(url):
        if method not in CHANGES:
            continue
        types = list(operation.get("requestBody", {}).get("content", {"application/json": None}))
        # A form of another page can send these without asking; none may be among them.
        assert not {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"} & set(types), path
        body = None if method == "delete" else "{}"
        for site in FOREIGN:
            headers = {"Cookie": cookie, "Content-Type": types[0], **site}
            status, _, answer = ask(url, method.upper(), path, headers, body)
            assert (status, rule_of(answer)) == (403, "cross-site"), (method, path, site, status, answer)
            tried += 1
        if method != "delete":
            for simple in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
                status, _, answer = ask(url, method.upper(), path, {"Cookie": cookie, "Content-Type": simple}, body)
                assert status == 415, (method, path, simple, status)
    status, _, _ = ask(url, "GET", "/v1/session", {"Cookie": cookie})
    assert status == 200, "the session was ended from elsewhere"
    # Reads change nothing; a page elsewhere cannot see their answers, for nothing allows it to.
    return tried


def check_policy(path, headers):
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'", (path, policy)
    assert policy["base-uri"] == "'none'" and policy["form-action"] == "'none'", (path, policy)
    for name, sources in policy.items():
        for source in sources.split():
            # A style that stands in the page is named by its hash; a script never is.
            hashed = name == "style-src" and source.startswith("'sha256-")
            assert hashed or source in ("'none'", "'self'", "data:", "blob:"), f"{path}: {name} allows {source}"
            assert hashed or name not in ("script-src", "style-src") or source in ("'self'", "'none'"), (path, name)
    assert headers["x-frame-options"] == "DENY" and headers["referrer-policy"] == "no-referrer", path
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin", path


class Page(html.parser.HTMLParser):
    """Scripts, styles and links of a page; what stands inline is a fault."""

    def __init__(self, path, policy):
        super().__init__()
        self.path, self.policy, self.links, self.open = path, policy, [], None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        inline = [name for name in values if name == "style" or name.startswith("on")]
        assert not inline, f"{self.path}: <{tag} {inline}>"
        for name in ("src", "href"):
            if tag != "a" and values.get(name):
                self.links.append(values[name])
        self.open = tag if tag in ("script", "style") and not values.get("src") else None
        assert tag not in ("iframe", "object", "embed", "base"), f"{self.path}: <{tag}>"

    def handle_data(self, data):
        if not self.open or not data.strip():
            return
        digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
        assert self.open == "style" and f"'sha256-{digest}'" in self.policy, f"{self.path}: an inline {self.open}"

    def handle_endtag(self, tag):
        self.open = None


def check_answer(url, path, headers_in=None):
    status, headers, body = ask(url, "GET", path, headers_in)
    assert headers["x-content-type-options"] == "nosniff" and "cache-control" in headers, path
    assert "access-control-allow-origin" not in headers, path
    kind = headers.get("content-type", "")
    if kind.startswith(FOR_BROWSERS):
        check_policy(path, headers)
    if not kind.startswith("text/html"):
        return status, []
    page = Page(path, headers["content-security-policy"])
    page.feed(body.decode())
    for link in page.links:
        place = urllib.parse.urlsplit(urllib.parse.urljoin(url + path, link))
        assert place.netloc == urllib.parse.urlsplit(url).netloc or place.scheme == "data", f"{path} loads {link}"
    return status, [urllib.parse.urljoin(path, link) for link in page.links if not link.startswith("data:")]


def check_answers(url, cookie):
    seen = 0
    for method, path, operation in operations(url):
        # A stream never ends.
        if method == "get" and operation["operationId"] != "streamChanges":
            for headers in ({}, {"Cookie": cookie}, {"Accept": "text/html"}):
                check_answer(url, path, headers)
                seen += 1
    todo, done = ["/", "/docs.html", "/problems/cross-site", "/nowhere"], set()
    while todo:
        path = todo.pop()
        if path in done:
            continue
        done.add(path)
        _, links = check_answer(url, path, {"Accept": "text/html"})
        todo += links
    return seen + len(done)


def main():
    with tempfile.TemporaryDirectory(prefix="tallystick-browser-rules-") as folder:
        city = City(pathlib.Path(folder))
        with serving(city.data, "--quiet") as (url, _):
            city.settle(url)
            cookie = sign_in(city, url)
            tried, seen = check_changes(url, cookie), check_answers(url, cookie)
    assert tried >= 20 and seen > 100, (tried, seen)
    print(f"browsers: {tried} changes from elsewhere refused, {seen} answers looked at")


if __name__ == "__main__":
    main()
