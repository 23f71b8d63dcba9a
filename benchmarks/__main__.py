"""`make bench`: server time and queries of every page, the timeline against the same figure in Plotly Dash, the ingestion.

    python -m benchmarks [pages] [browser] [analysis] [ingest] [growth] [--runs 9] [--feeds 300] [--entries 200] [--sizes 1000 10000]

Everything runs on a copy of its own: a temporary folder with a fresh database, the shipped dataset, the collected files.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import ingest, ingest_growth, site

WHAT = ["pages", "browser", "analysis", "ingest", "growth"]


def main() -> None:
    """Prepare a copy, measure what was asked for, print, and clear up."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure the pages, the timeline and the ingestion.")
    parser.add_argument("what", nargs="*", choices=[*WHAT, []], help="what to measure; everything if left out")
    parser.add_argument("--runs", type=int, default=9, help="how often each thing is measured (5 at least in the browser)")
    parser.add_argument("--farm-runs", type=int, default=3, help="how often a farm of feeds is taken in")
    parser.add_argument("--feeds", type=int, default=300, help="feeds of the farm")
    parser.add_argument("--entries", type=int, default=200, help="entries of each feed of the farm")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000], help="stored items in the table of growth"
    )
    options = parser.parse_args()
    what = options.what or WHAT
    with tempfile.TemporaryDirectory(prefix="tianshan-bench-") as folder:
        if "ingest" in what:
            ingest.compare(Path(folder), options.feeds, options.entries, options.farm_runs)
        if "growth" in what:
            ingest_growth.compare(Path(folder), options.sizes, options.entries, options.farm_runs)
        if not {"pages", "browser", "analysis"} & set(what):
            return
        environment = site.prepare(Path(folder))
        if "pages" in what:
            site.run_module("benchmarks.pages", environment, "--runs", str(options.runs))
        if "browser" in what:
            from benchmarks import browser

            browser.compare(Path(folder), environment, max(5, options.runs))
        if "analysis" in what:  # last: it grows the copy
            site.run_module("benchmarks.analysis", environment, "--runs", str(options.runs))


if __name__ == "__main__":
    main()
