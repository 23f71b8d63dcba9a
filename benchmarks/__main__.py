"""`make bench`: server time and queries of every page, and the timeline against the same figure in Plotly Dash.

    python -m benchmarks [pages] [browser] [--runs 9]

Everything runs on a copy of its own: a temporary folder with a fresh database, the shipped dataset, the collected files.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import site


def main() -> None:
    """Prepare a copy, measure what was asked for, print, and clear up."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure the pages and the timeline.")
    parser.add_argument("what", nargs="*", choices=["pages", "browser", []], help="what to measure; everything if left out")
    parser.add_argument("--runs", type=int, default=9, help="how often each thing is measured (5 at least in the browser)")
    options = parser.parse_args()
    what = options.what or ["pages", "browser"]
    with tempfile.TemporaryDirectory(prefix="tianshan-bench-") as folder:
        environment = site.prepare(Path(folder))
        if "pages" in what:
            site.run_module("benchmarks.pages", environment, "--runs", str(options.runs))
        if "browser" in what:
            from benchmarks import browser

            browser.compare(Path(folder), environment, max(5, options.runs))


if __name__ == "__main__":
    main()
