"""Someone who signs in to a running portal over HTTP, keeps his cookies and times what he opens."""

import http.cookiejar
import re
import time
import urllib.parse
import urllib.request

from partyreports.demo.files import described

# Read from its data file: the bench runs without the tables.
DEMO_PASSWORD = described("people.toml")["accounts"]["password"]


class Visitor:
    def __init__(self, address, username):
        self.address = address
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.send("/dang-nhap/", username=username, password=DEMO_PASSWORD)

    def send(self, path, **fields):
        """Open the page, send its form with `fields`, and give the address where that leads."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.text(path)).group(1)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        with self.browser.open(self.address + path, body) as answer:
            answer.read()
            return answer.url.removeprefix(self.address)

    def open(self, path):
        """The whole answer as bytes."""
        with self.browser.open(self.address + path) as answer:
            return answer.read()

    def text(self, path):
        return self.open(path).decode("utf-8")

    def times(self, path, *, runs):
        """Milliseconds of `runs` requests, after one that is not counted."""
        self.open(path)
        found = []
        for _ in range(runs):
            began = time.perf_counter()
            self.open(path)
            found.append((time.perf_counter() - began) * 1000)
        return found
