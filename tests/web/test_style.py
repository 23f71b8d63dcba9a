"""The look is held by a few rules that no page may break: they are read from the style sheets and templates themselves."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def rules(sheet: Path) -> str:
    """The sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.S)


def declared(sheet: Path, name: str) -> list[str]:
    """All values that a property is given."""
    return re.findall(rf"(?<![\w-]){name}:\s*([^;}}]+)", rules(sheet))


def test_there_are_sheets_and_templates_to_read() -> None:
    assert {"tokens.css", "site.css"} <= {sheet.name for sheet in SHEETS}
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda sheet: sheet.name)
def test_colours_come_from_the_tokens(sheet: Path) -> None:
    assert re.findall(r"(?<!url\()#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|\b(?:rgb|hsl|oklch)a?\(", rules(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_there_are_four_sizes_and_two_weights(sheet: Path) -> None:
    allowed = {"var(--text-s)", "var(--text-m)", "var(--text-l)", "var(--text-xl)", "inherit"}
    assert set(declared(sheet, "font-size")) <= allowed
    assert set(declared(sheet, "font-weight")) <= {"var(--regular)", "var(--strong)", "inherit"}
    for value in declared(sheet, "font"):
        assert value == "inherit" or re.match(r"(var\(--(regular|strong)\) )?var\(--text-(s|m|l|xl)\)/", value), value


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_asks_nobody_for_anything(sheet: Path) -> None:
    assert "@import" not in rules(sheet)
    assert "url(" not in rules(sheet)
    assert "@font-face" not in rules(sheet)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: str(template.relative_to(ROOT / "templates")))
def test_a_template_has_no_inline_style_or_script(template: Path) -> None:
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", template.read_text("utf-8"), flags=re.S)
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", text)
    assert not re.search(r"\shx-on", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or "application/json" in script
