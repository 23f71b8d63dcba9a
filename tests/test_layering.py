"""The floors of the house: imports point downwards only, and never in a circle.

The syntax tree is read, so imports inside functions, under TYPE_CHECKING and by import_module("…") count as well.
The checker itself is tested on small made-up packages further down.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fixtures.processes import ROOT

# From the roof to the ground. Units on one floor do not know each other.
FLOORS: list[set[str]] = [
    {"config", "apps"},  # wiring: imported by nothing
    {"web", "api", "admin", "management", "tasks", "checks"},  # doors
    {"ingest"},
    {"selectors", "services"},
    {"charts"},
    {"migrations"},
    {"models", "domain"},
    {"reference"},
]
FLOOR = {unit: number for number, units in enumerate(FLOORS) for unit in units}
DOORS = FLOORS[1]
# Template tags belong to the pages, whose templates alone use them.
PART_OF = {"templatetags": "web"}
# Narrower than the floors say.
NOT_EVEN = {("models", "domain"), ("charts", "models"), ("charts", "migrations"), ("web", "migrations"), ("services", "migrations")}
# A page, a command or the admin may hand a task to a worker.
ALLOWED_SIDEWAYS = {(door, "tasks") for door in DOORS}
# What a unit must not import from outside the project.
OUTSIDE = {
    "domain": {"django", "celery", "redis", "kombu", "modeltranslation", "simple_history", "plotly"},
    "charts": {"django.db", "django.http", "django.shortcuts"},
    "selectors": {"django.http", "django.shortcuts", "django.template", "django.views"},
    "services": {"django.http", "django.shortcuts", "django.template", "django.views"},
    "models": {"django.http", "django.shortcuts", "django.template", "django.views", "celery"},
}


@dataclass(frozen=True)
class Import:
    """Module `importer` names `imported` in that line."""

    importer: str
    imported: str
    line: int


def modules_of(package: Path) -> dict[str, Path]:
    """Every module of the package by its dotted name; a package goes by the name of its folder."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = [package.name, *path.relative_to(package).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_of(name: str, path: Path, modules: dict[str, Path]) -> Iterator[Import]:
    """What the module imports, submodules told from names by looking whether they exist."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            base = _base(name, path, node)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield Import(name, inner if inner in modules else base, node.lineno)
        elif isinstance(node, ast.Call) and _imports_by_name(node):
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield Import(name, argument.value, node.lineno)


def _base(name: str, path: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    above = package[: len(package) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def _imports_by_name(node: ast.Call) -> bool:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return called in {"import_module", "__import__"} and bool(node.args)


def unit_of(module: str) -> str:
    """The unit of the house that a module of the project belongs to; empty for the project's own package."""
    parts = module.split(".")
    unit = parts[1] if len(parts) > 1 else ""
    return PART_OF.get(unit, unit)


def complaints_about(package: Path) -> list[str]:
    """Every import that breaks a rule of the house, and every circle."""
    modules = modules_of(package)
    imports = [found for name, path in modules.items() for found in imports_of(name, path, modules)]
    said = [complaint for found in imports if (complaint := _complaint(found, package.name))]
    inside = {name: {found.imported for found in imports if found.importer == name and found.imported in modules} for name in modules}
    return said + [f"circle: {' → '.join(circle)}" for circle in circles(inside)]


def _complaint(found: Import, root: str) -> str | None:
    place = f"{found.importer}:{found.line} imports {found.imported}"
    above = unit_of(found.importer)
    if found.imported.split(".")[0] != root:
        return _outside(place, above, found.imported)
    below = unit_of(found.imported)
    if not below or above == below:
        return None
    if not above:
        return f"{place}: the package itself imports nothing"
    for unit in (above, below):
        if unit not in FLOOR:
            return f"{place}: {unit} has no floor; say in {Path(__file__).name} where it belongs"
    if (above, below) in ALLOWED_SIDEWAYS:
        return None
    if (above, below) in NOT_EVEN or FLOOR[above] >= FLOOR[below]:
        return f"{place}: {above} must not know {below}"
    return None


def _outside(place: str, unit: str, imported: str) -> str | None:
    if unit == "reference" and imported.split(".")[0] not in sys.stdlib_module_names:
        return f"{place}: reference stands on the standard library alone"
    if any(imported == banned or imported.startswith(banned + ".") for banned in OUTSIDE.get(unit, ())):
        return f"{place}: not in {unit}"
    return None


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The circles of imports, each once, as the modules along it with the first one repeated at the end."""
    found: list[list[str]] = []
    done: set[str] = set()

    def visit(name: str, trail: list[str]) -> None:
        if name in trail:
            circle = trail[trail.index(name) :]
            start = circle.index(min(circle))
            circle = circle[start:] + circle[:start]
            if [*circle, circle[0]] not in found:
                found.append([*circle, circle[0]])
            return
        if name in done:
            return
        for other in sorted(graph.get(name, set()) - {name}):
            visit(other, [*trail, name])
        done.add(name)

    for name in sorted(graph):
        visit(name, [])
    return found


def test_the_house_stands() -> None:
    complaints = complaints_about(ROOT / "relations")
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def test_the_checker_sees_the_house() -> None:
    modules = modules_of(ROOT / "relations")
    imports = [found for name, path in modules.items() for found in imports_of(name, path, modules)]
    assert len([found for found in imports if found.imported.startswith("relations.")]) > 20


# ---- The checker on made-up packages ---------------------------------------------------------------------------------


def house(tmp_path: Path, **files: str) -> list[str]:
    """Complaints about a package made of these modules: `web__page` stands for relations/web/page.py."""
    package = tmp_path / "relations"
    for name, text in files.items():
        path = package / f"{name if name == '__init__' else name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in path.parents:
            if folder == tmp_path:
                break
            (folder / "__init__.py").touch()
        path.write_text(text, encoding="utf-8")
    return complaints_about(package)


def test_downward_imports_are_fine(tmp_path: Path) -> None:
    assert (
        house(
            tmp_path,
            web__page="from relations.selectors import timeline\nfrom relations.reference import parties\nfrom relations.tasks import go",
            tasks="from relations.ingest.runner import run",
            ingest__runner="from relations.services.news import store\nimport relations.domain.dates",
            services__news="from relations import models\nfrom django.db import transaction",
            selectors__timeline="from ..models import Visit\nfrom ..charts import figure\nfrom ..domain import dates",
            charts__figure="from relations.domain.dates import Day",
            models__visit="from relations.reference.parties import CN",
            models__declaration="from .visit import Visit",
            domain__dates="import datetime",
            reference__parties="import json",
        )
        == []
    )


@pytest.mark.parametrize(
    ("module", "line", "said"),
    [
        ("reference__parties", "import relations.domain.dates", "reference must not know domain"),
        ("reference__parties", "import django", "standard library"),
        ("domain__dates", "from relations.models import Visit", "domain must not know models"),
        ("domain__dates", "from django.utils import timezone", "not in domain"),
        ("models__visit", "from relations.domain import dates", "models must not know domain"),
        ("models__visit", "from relations.selectors import timeline", "models must not know selectors"),
        ("charts__figure", "from relations.models import Visit", "charts must not know models"),
        ("charts__figure", "from relations.selectors.timeline import Page", "charts must not know selectors"),
        ("selectors__timeline", "from relations.services import news", "selectors must not know services"),
        ("services__news", "from relations.selectors import timeline", "services must not know selectors"),
        ("selectors__timeline", "from django.http import HttpRequest", "not in selectors"),
        ("services__news", "from relations.web import page", "services must not know web"),
        ("ingest__runner", "from relations.tasks import go", "ingest must not know tasks"),
        ("web__page", "from relations.admin import declaration", "web must not know admin"),
        ("api__page", "from relations.web import page", "api must not know web"),
        ("management__commands__ingest", "from relations.checks import mend", "management must not know checks"),
        ("tasks", "from relations.web import page", "tasks must not know web"),
        ("tasks", "from relations.config import celery_app", "tasks must not know config"),
        ("templatetags__marks", "from relations.admin import site", "web must not know admin"),
        ("models__visit", "from relations.apps import RelationsConfig", "models must not know apps"),
        ("__init__", "from relations.models import visit", "the package itself imports nothing"),
        ("drawer__things", "from relations.domain import dates", "drawer has no floor"),
    ],
)
def test_an_import_against_the_floors_is_told(tmp_path: Path, module: str, line: str, said: str) -> None:
    complaints = house(tmp_path, **{module: line})
    assert len(complaints) == 1
    assert said in complaints[0]


@pytest.mark.parametrize(
    "text",
    [
        "def late():\n    from relations.web import page",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from relations.web import page",
        "from importlib import import_module\nimport_module('relations.web.page')",
        "from ..web import page",
        "from .. import web",
        "try:\n    import relations.web.page as page\nexcept ImportError:\n    page = None",
    ],
)
def test_no_spelling_hides_an_import(tmp_path: Path, text: str) -> None:
    complaints = house(tmp_path, models__visit=text, web__page="")
    assert len(complaints) == 1
    assert "models must not know web" in complaints[0]


def test_a_circle_is_told_even_inside_functions(tmp_path: Path) -> None:
    complaints = house(
        tmp_path,
        models__a="from relations.models import b",
        models__b="from .c import thing",
        models__c="def late():\n    from relations.models.a import thing",
    )
    assert complaints == ["circle: relations.models.a → relations.models.b → relations.models.c → relations.models.a"]


def test_a_package_that_gathers_its_modules_is_no_circle(tmp_path: Path) -> None:
    package = tmp_path / "relations"
    house(tmp_path, models__a="", models__b="from relations.models.a import A")
    (package / "models" / "__init__.py").write_text("from relations.models.a import A\nfrom relations.models.b import B\n")
    assert complaints_about(package) == []
    (package / "models" / "a.py").write_text("from relations.models import B\n")
    assert complaints_about(package) == ["circle: relations.models → relations.models.a → relations.models"]
