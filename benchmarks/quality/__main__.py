"""`make quality`: every table, or those named: `python -m benchmarks.quality [cadence]`. It ends with 1 where one falls short."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys

import benchmarks.quality

TABLES = sorted(module.name for module in pkgutil.iter_modules(benchmarks.quality.__path__) if not module.name.startswith("_"))


def main() -> int:
    """Print the tables; 0 where all are good enough, 1 where one is not."""
    parser = argparse.ArgumentParser(prog="benchmarks.quality", description="How good the machine's answers are.")
    parser.add_argument("tables", nargs="*", choices=[*TABLES, []], help="which tables; all if left out")
    names = parser.parse_args().tables or TABLES
    good = [importlib.import_module(f"benchmarks.quality.{name}").show_table() for name in names]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
