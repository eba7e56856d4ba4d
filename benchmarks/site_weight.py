"""How many kilobytes a browser loads with the first page of a site, compressed.

    python benchmarks/site_weight.py [--quick]

Each page's HTML, and the style sheets, scripts and pictures that it names, as a proxy before the
site hands them out (gzip). `script` is the part of it that is script; the limits are 60 and 30 kB.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import tempfile
from pathlib import Path

CHAT = "/stackschat/2026-10-13/"
PAGES = ("/", "/stackschat/", CHAT, f"{CHAT}archive/", f"{CHAT}figures/", f"{CHAT}story/")
LIMITS = {"page": 60.0, "script": 30.0}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="The same: it is quick.")
    asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="chinwag-weight-") as folder:
        os.environ |= {"CHINWAG_SITE_FOLDER": folder, "CHINWAG_SITE_DATABASE": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "chinwag.web.settings"
        found = weigh_pages(Path(folder))
    print(json.dumps({"benchmark": "site_weight", "limits_kb": LIMITS, "kb": found}))


def weigh_pages(folder: Path) -> dict[str, dict[str, float]]:
    from chinwag.web.opening import open_site, prepare_database, prepare_styles

    site = open_site(folder)
    prepare_database(site)
    prepare_styles()
    from django.conf import settings
    from django.test import Client

    from chinwag.web.keeper.compare import make_index_anew
    from chinwag.workflows.progress import say_nothing
    from site_archive import make_folders, make_rows

    make_rows(make_folders(site.chats, 1))
    make_index_anew(site, say_nothing)
    settings.ALLOWED_HOSTS = ["testserver"]
    browser = Client()
    return {path: weigh(browser.get(path).content, Path(settings.STATIC_ROOT)) for path in PAGES}


def weigh(page: bytes, static: Path) -> dict[str, float]:
    """Return the kilobytes of one page, and how many of them are script."""
    named = re.findall(r'(?:href|src)="/static/([^"]+\.(css|js|png|svg|woff2))"', page.decode())
    sizes = {name: (kind, pack((static / name).read_bytes())) for name, kind in named}
    script = sum(size for kind, size in sizes.values() if kind == "js")
    whole = pack(page) + sum(size for _, size in sizes.values())
    return {"page": round(whole / 1000, 1), "script": round(script / 1000, 1)}


def pack(content: bytes) -> int:
    return len(gzip.compress(content, 6))


if __name__ == "__main__":
    main()
