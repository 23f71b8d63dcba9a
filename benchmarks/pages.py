"""Server time and queries of every page that the addresses name, through Django's test client.

The pages are taken from the URL configuration, so that a new page is measured without being listed here; what an address
needs (a slug, a number) is looked up in the data.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import django

TARGET = 0.060
LEFT_OUT = {"login", "logout", "healthz", "styleguide", "favicon"}
"""Not pages of the dashboard."""


def main() -> None:
    """Measure every page in this process and print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.pages")
    parser.add_argument("--runs", type=int, default=9)
    runs = max(5, parser.parse_args().runs)
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.config.settings")
    django.setup()

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from benchmarks.table import median, milliseconds, show, size

    client = Client(HTTP_HOST="127.0.0.1")
    rows, slow = [], []
    for address in addresses():
        response = client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked = len(queries)  # now: the next request empties the log
        wall, processor = [], []
        for _ in range(runs):
            begin, worked = time.perf_counter(), time.process_time()
            client.get(address)
            wall.append(time.perf_counter() - begin)
            processor.append(time.process_time() - worked)
        middle = median(wall)
        if middle > TARGET:
            slow.append(address)
        note = "" if response.status_code == 200 else f" ({response.status_code})"
        body = len(b"".join(response)) if response.streaming else len(response.content)
        rows.append(
            [address + note, milliseconds(middle), milliseconds(median(processor)), milliseconds(max(wall)), str(asked), size(body)]
        )
    show(f"Server time of every page, median of {runs} runs", ["page", "median", "processor", "slowest", "queries", "size"], rows)
    print(
        f"Under {milliseconds(TARGET)} at the median: {len(rows) - len(slow)} of {len(rows)}."
        + (f" Above: {', '.join(slow)}" if slow else ""),
        flush=True,
    )


def addresses() -> Iterator[str]:
    """Every address of the dashboard that answers GET, with an example of each parameter from the data."""
    from django.urls import reverse

    from relations.web.urls import urlpatterns

    found = examples()
    for pattern in urlpatterns:
        name = pattern.name or ""
        if name in LEFT_OUT:
            continue
        parameters = tuple(pattern.pattern.converters)
        if not parameters:
            yield reverse(f"web:{name}")
            continue
        for values in found.get(name, found.get("/".join(parameters), [])):
            yield reverse(f"web:{name}", args=values)
    yield reverse("web:timeline") + "?level=all"
    yield reverse("web:timeline_figure") + "?level=all&w=1032"
    yield reverse("web:declarations") + "?country=kz&from=2010&sort=date"


def examples() -> dict[str, list[list[object]]]:
    """Parameters of addresses: the richest declaration and mechanism, one record of each kind, the biggest country and the six."""
    from django.db.models import Count

    from relations.models import Declaration, Event, Indicator, Mechanism, Session, Status, Visit
    from relations.selectors.anniversaries import origins

    declaration = Declaration.objects.published().annotate(size=Count("provisions")).order_by("-size").first()
    mechanism = Mechanism.objects.annotate(size=Count("sessions")).order_by("-size").first()
    records = [
        [model._meta.model_name, model.objects.order_by("pk").values_list("pk", flat=True)[0]]
        for model in (Status, Declaration, Session, Visit, Event)
    ]
    return {
        "country": [["kz"], ["c5"]],
        "code": [["kz"]],
        "declaration": [[declaration.slug]] if declaration else [],
        "mechanism": [[mechanism.slug]] if mechanism else [],
        "record": records,
        "indicator": [[Indicator.objects.annotate(size=Count("observations")).order_by("-size").values_list("code", flat=True)[0]]],
        "position": [["relations", "kz"]],
        "position_csv": [["relations", "kz"]],
        "anniversary": [[origin.kind, origin.pk] for origin in origins(["CN-KZ"])[:1]],
        "topic/code": [["relations", "kz"]],
    }


if __name__ == "__main__":
    main()
