"""The pages in French, Russian and Chinese: longer words run over no edge, and each text has the faces of its own language."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.fixtures.browsers import OpenPage

LANGUAGES = {"fr-FR": "fr", "ru-RU": "ru", "zh-CN": "zh-Hans"}
PAGES = [
    "/", "/countries/", "/countries/kz/", "/countries/c5/", "/declarations/", "/mechanisms/", "/timeline/", "/calendar/", "/news/",
    "/sources/",
    "/declarations/cn-kz-2022-09-14-joint-statement-30th-anniversary/", "/mechanisms/cn-kz-cooperation-committee/", "/login/",
]  # fmt: skip

FAMILY = "(selector) => getComputedStyle(document.querySelector(selector)).fontFamily.split(',')[0].replaceAll('\"', '')"
MARKUP = re.compile(r"</?[a-z]+[ >][^\n]{0,40}|&[a-z]+;|&#")
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def family(page: Page, selector: str) -> str:
    """The face that an element asks for first."""
    return str(page.evaluate(FAMILY, selector))


@pytest.mark.parametrize("locale", ["en-GB", *LANGUAGES])
def test_no_language_runs_over_an_edge_or_shows_its_markup_as_words(open_page: OpenPage, locale: str) -> None:
    """On a phone, then on a screen, to which the same page is widened."""
    page = open_page(None, language=locale)
    wide, shown = [], []
    for path in [*PAGES, "/styleguide/"]:
        page.set_viewport_size({"width": 360, "height": 844})
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == LANGUAGES.get(locale, "en")
        wide += [(path, "phone")] if page.evaluate(TOO_WIDE) else []
        page.set_viewport_size({"width": 1100, "height": 900})
        wide += [(path, "screen")] if page.evaluate(TOO_WIDE) else []
        shown += [(path, found) for found in MARKUP.findall(page.locator("body").inner_text())]
    assert (wide, shown) == ([], [])


def test_words_of_another_language_keep_their_faces_in_a_chinese_page(open_page: OpenPage) -> None:
    page = open_page("/countries/kz/", language="zh-CN")
    assert (family(page, "main h1"), family(page, "main .lede"), family(page, "body")) == ("Songti SC", "Songti SC", "PingFang SC")
    assert family(page, "section:has(#frictions) .news h3 a[lang=en]") == "PT Serif"
    assert family(page, "section:has(#frictions) .news p[lang=en]") == "-apple-system"
    page.goto("/declarations/cn-kz-2022-09-14-joint-statement-30th-anniversary/")
    assert family(page, "h1") == "Songti SC"
    assert family(page, ".provisions .text[lang=en]") == "PT Serif"
    assert family(page, ".also dd[lang=ru]") == "PT Serif"


def test_chinese_words_keep_their_faces_in_an_english_page(open_page: OpenPage) -> None:
    page = open_page("/declarations/cn-kz-2022-09-14-joint-statement-30th-anniversary/")
    assert family(page, ".also dd[lang=zh-Hans]") == "Songti SC"
    assert family(page, "h1") == "PT Serif"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_axe_finds_the_languages_of_the_parts_valid(open_page: OpenPage, locale: str) -> None:
    page = open_page("/", language=locale)
    found = (
        Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "best-practice"], "resultTypes": ["violations"]}).response["violations"]
    )
    assert [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]] == []
