"""Habits of the house that no linter knows. Each test names what breaks it, with file and line."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.fixtures.processes import ROOT

LONGEST_MODULE, LONGEST_FUNCTION = 400, 50
# A list of cases is read one by one.
LONGEST_TESTS = 500
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "tools", "lib", "stuff"}
VENDORED = "static/vendor/"


def tracked(*suffixes: str) -> list[Path]:
    """The files of the project with these endings, what was vendored excepted."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [name for name in listed.split("\0") if name and not name.startswith(VENDORED)]
    return [ROOT / name for name in names if name.endswith(suffixes or ("",)) and (ROOT / name).is_file()]


def nothing_of(complaints: list[str]) -> None:
    """Fail with every complaint on a line of its own."""
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{line}"


# ---- Python ----------------------------------------------------------------------------------------------------------


def written_modules() -> list[Path]:
    """Python files that people write: migrations are generated."""
    return [path for path in tracked(".py") if "migrations" not in path.parts]


def long_functions(path: Path) -> Iterator[str]:
    """Functions with more lines than allowed, from `def` to the last one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{place(path, node.lineno)} {node.name}: {length} lines"


def longest(path: Path) -> int:
    """How many lines this module may have."""
    return LONGEST_TESTS if path.is_relative_to(ROOT / "tests") else LONGEST_MODULE


def test_no_module_is_too_long_to_read() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in written_modules()}
    nothing_of([f"{place(path, 1)} {length} lines" for path, length in lengths.items() if length > longest(path)])


def test_no_function_is_too_long_to_hold_in_mind() -> None:
    nothing_of([complaint for path in written_modules() for complaint in long_functions(path)])


def test_a_long_function_is_told(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("def short():\n" + "    x = 1\n" * 49 + "class A:\n    def long(self):\n" + "        x = 1\n" * 50)
    assert [complaint.split(" ", 1)[1] for complaint in long_functions(path)] == ["long: 51 lines"]


def test_no_drawer_collects_what_has_no_place() -> None:
    nothing_of([str(path) for path in tracked(".py") if DRAWERS & {path.stem, *path.relative_to(ROOT).parent.parts}])


# ---- Templates -------------------------------------------------------------------------------------------------------

# Names that are the same in every language.
SAME_EVERYWHERE = {"Tianshan", "CSV", "PNG", "JSON", "ICS", "iCalendar", "RSS", "Atom", "URL", "UTC", "中文", "Рус", "Fr", "En"}
# Shows the components to whoever builds pages, with invented words.
FOR_BUILDERS = ROOT / "templates" / "styleguide"
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}
WORD = re.compile(r"[^\W\d_]{2,}")
# A tag's value is not known here: a mark that is no letter stands for it.
VALUE = "\u2063"


class TemplateReader(HTMLParser):
    """Reads a template whose Django tags were taken out, and notes what the house forbids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.complaints: list[tuple[int, str]] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self._say(f"{name}= is inline; the policy forbids it")
            if value.strip().lower().startswith("javascript:"):
                self._say("a script as an address")
            if name in SPOKEN_ATTRIBUTES:
                self._check_words(value, f"{name}=")
        if tag == "style":
            self._say("<style> is inline; the policy forbids it")
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self._say("<script> without src is inline; the policy forbids it")
        loaded = values.get("src", "") or (values.get("href", "") if tag == "link" else "")
        if re.match(r"(https?:)?//", loaded):
            self._say(f"<{tag}> loads from another host")
        if tag in {"script", "style"}:
            self._silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._check_words(data, "")

    def _check_words(self, text: str, where: str) -> None:
        if re.search(r"[\w-]+=\"", text):  # a partial that is nothing but attributes
            return
        words = [word for word in WORD.findall(text) if word not in SAME_EVERYWHERE]
        if words:
            self._say(f"not marked for translation: {where}{' '.join(text.split())[:60]}")

    def _say(self, complaint: str) -> None:
        self.complaints.append((self.getpos()[0], complaint))


def without_django(text: str) -> str:
    """The template's HTML: comments and translated text are blanked, other tags leave a mark, lines stay where they are."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n")

    def mark(match: re.Match[str]) -> str:
        return VALUE + blank(match)

    text = re.sub(r"\{#.*?#\}", blank, text)
    text = re.sub(r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}", blank, text, flags=re.S)
    text = re.sub(r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}", mark, text, flags=re.S)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", mark, text, flags=re.S)
    return re.sub(rf"(</?){VALUE}", r"\1value", text)  # the name of a tag


def complaints_about(path: Path) -> list[str]:
    """What the house forbids in this template."""
    reader = TemplateReader()
    reader.feed(without_django(path.read_text(encoding="utf-8")))
    reader.close()
    found = [f"{place(path, line)} {complaint}" for line, complaint in reader.complaints]
    return [complaint for complaint in found if not path.is_relative_to(FOR_BUILDERS) or "for translation" not in complaint]


def test_templates_hold_nothing_inline_and_no_untranslated_word() -> None:
    templates = [path for path in tracked(".html") if path.is_relative_to(ROOT / "templates")]
    assert templates
    nothing_of([complaint for path in templates for complaint in complaints_about(path)])


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p style="color: red"></p>', "style= is inline"),
        ('<a onclick="go()"></a>', "onclick= is inline"),
        ('<a hx-on:click="go()"></a>', "hx-on:click= is inline"),
        ("<script>go()</script>", "<script> without src"),
        ("<style>p {}</style>", "<style> is inline"),
        ('<a href="javascript:go()"></a>', "a script as an address"),
        ('<script src="https://cdn.example/x.js"></script>', "<script> loads from another host"),
        ('<link href="//cdn.example/x.css">', "<link> loads from another host"),
        ("<p>Hello there</p>", "not marked for translation: Hello there"),
        ('<p>{% if a %}<b title="Why">{{ a }}</b>{% endif %}</p>', "not marked for translation: title=Why"),
        ("<p>{{ count }} records</p>", "records"),
    ],
)
def test_a_template_against_the_habits_is_told(tmp_path: Path, html: str, said: str) -> None:
    path = tmp_path / "page.html"
    path.write_text("\n" + html)
    complaints = complaints_about(path)
    assert len(complaints) == 1
    assert said in complaints[0]
    assert f"{path}:2" in complaints[0]


def test_a_template_in_order_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '{# a note #}<h1>{% translate "Sources" %}</h1>{% blocktranslate count n=n %}{{ n }} record{% plural %}{{ n }} records'
        '{% endblocktranslate %}<script type="application/json" id="data">{"word": 1}</script>'
        '<script src="{% static "x.js" %}" defer></script><{{ level }} class="a">{{ title }}</{{ level }}>'
        '<a href="{% url "web:sources" %}?a={{ b }}" title="{% translate "All" %}">CSV → {{ name }}</a>'
        '<a href="https://who.example/">{{ x }}</a>'
    )
    nothing_of(complaints_about(path))


# ---- The project as a whole ------------------------------------------------------------------------------------------


def test_the_changes_begin_with_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    heading = re.search(r"^## +v?(\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert heading and heading[1] == version


def test_the_drawing_library_is_the_one_that_the_figures_are_made_for() -> None:
    from plotly.offline import get_plotlyjs_version

    header = (ROOT / "static/vendor/plotly/plotly-basic.min.js").read_text(encoding="utf-8")[:400]
    vendored = re.search(r"plotly\.js \(basic[^)]*\) v(\d+)\.(\d+)", header)
    assert vendored
    assert list(vendored.groups()) == get_plotlyjs_version().split(".")[:2]


# In pieces, so that this file does not name them.
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb.deb" + "ian.org"]
REGISTRIES += ["un" + "pkg.com", "jsdel" + "ivr"]
MACHINE_PATH = re.compile(r"(?<![\w.:/*-])/(?:root|work|home/[a-z][\w-]*|Users/[A-Za-z][\w-]*)/")


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:  # a picture
            continue
        for number, line in enumerate(lines, 1):
            if any(host in line for host in REGISTRIES) or MACHINE_PATH.search(line):
                found.append(f"{place(path, number)} {line.strip()[:100]}")
    nothing_of(found)
