"""Processor time of the pages that grow with the news, through Django's test client: JSON on standard output."""

from __future__ import annotations

import json
import os
import time
from typing import Final

RUNS: Final = 5
PAGES: Final = (
    "/news/",
    "/news/?scope=all",
    "/news/?page=40",
    "/news/?dyad=CN-KZ",
    "/news/?language=ru",
    "/news/?outlet=outlet-1&scope=all",
    "/news/?q=outlets&scope=all",
    "/news/?q=nowhere&scope=all",
    "/ingestion/",
)
"""The list, each filter, a word that everything holds and one that nothing does, a late page, the feeds."""


def main() -> None:
    """Measure every page in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.config.settings")
    import django

    django.setup()
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    found = {}
    for address in PAGES:
        client.get(address)
        times = []
        for _ in range(RUNS):
            begin = time.process_time()
            response = client.get(address)
            times.append(time.process_time() - begin)
            if response.status_code != 200:
                raise RuntimeError(f"{address} answers {response.status_code}")
            if times[0] > 2:
                break  # once is enough to know that it is slow
        found[address] = sorted(times)[len(times) // 2]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
