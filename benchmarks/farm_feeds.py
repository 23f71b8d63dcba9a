"""The documents of the farm: RSS 2.0, RSS with whole articles, and Atom, as the publishing systems of outlets write them.

The same seed gives the same bytes. Three feeds in twenty carry whole articles, as WordPress does unless told otherwise. One
article in seven is about China and a partner; one in ten retells an event that other outlets of its language tell as well,
with some words changed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Final
from xml.sax.saxutils import escape

from benchmarks.farm_words import LANGUAGES, Language

ABOUT_CHINA: Final = 1 / 7
RETOLD: Final = 1 / 10
EVENTS: Final = 400
"""Events of each language that several outlets tell."""

WHOLE_PARAGRAPHS: Final = (9, 23)
"""Beside the summary, in feeds that carry whole articles: 250 to 650 words in all."""

NEWEST: Final = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Article:
    """An entry before it is written down: `paragraphs` without markup; `whole` is the rest of the article, where it is told."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    whole: tuple[str, ...]
    published: dt.datetime
    author: str
    section: str


@dataclass(frozen=True, slots=True)
class Document:
    """A feed of the farm: its language, format and bytes."""

    language: str
    kind: str
    body: bytes


def documents(feeds: int, entries: int, seed: int) -> Iterator[Document]:
    """The feeds of a farm, one after the other."""
    events = {language: _events(language, seed) for language in LANGUAGES}
    for number in range(feeds):
        dice = random.Random(f"{seed} {number}")
        language = dice.choices(("en", "ru", "zh", "fr"), (4, 4, 2, 1))[0]
        kind = dice.choices(("rss", "full", "atom"), (12, 3, 5))[0]
        articles = [_article(n, language, events[language], dice, whole=kind == "full") for n in range(entries)]
        write = {"rss": _rss, "full": _full_rss, "atom": _atom}[kind]
        yield Document(language, kind, write(number, language, articles).encode())


def host(number: int) -> str:
    """The host that an outlet's articles are linked at."""
    return f"www.outlet-{number}.example.org"


def _events(language: str, seed: int) -> list[tuple[str, tuple[str, ...]]]:
    dice = random.Random(f"{seed} events {language}")
    return [_told(LANGUAGES[language], dice, dice.random() < 0.5) for _ in range(EVENTS)]


def _told(words: Language, dice: random.Random, about_china: bool) -> tuple[str, tuple[str, ...]]:
    title = words.sentence(words, dice).rstrip(".。")
    if about_china:
        title = words.meeting.format(
            china=dice.choice(words.china),
            partner=dice.choice(words.partners),
            adjective=dice.choice(words.adjectives),
            noun=dice.choice(words.nouns),
            verb=dice.choice(words.verbs),
            other=dice.choice(words.nouns),
        )
    return title, tuple(_paragraph(words, dice) for _ in range(dice.randint(2, 3)))


def _paragraph(words: Language, dice: random.Random) -> str:
    return ("" if words is LANGUAGES["zh"] else " ").join(words.sentence(words, dice) for _ in range(dice.randint(2, 4)))


def _article(number: int, language: str, events: list[tuple[str, tuple[str, ...]]], dice: random.Random, whole: bool) -> Article:
    words = LANGUAGES[language]
    if dice.random() < RETOLD:
        title, paragraphs = dice.choice(events)
        first, *rest = paragraphs
        paragraphs = (
            (first, *rest, words.sentence(words, dice)) if dice.random() < 0.5 else (f"{first} {words.sentence(words, dice)}", *rest)
        )
    else:
        title, paragraphs = _told(words, dice, dice.random() < ABOUT_CHINA)
    return Article(
        number=number,
        title=title,
        paragraphs=paragraphs,
        whole=tuple(_paragraph(words, dice) for _ in range(dice.randint(*WHOLE_PARAGRAPHS))) if whole else (),
        published=NEWEST - dt.timedelta(minutes=37 * number + dice.randint(0, 30)),
        author=f"{dice.choice(words.nouns).capitalize()} {dice.choice('ABCDEFGHKLMNOPRST')}.",
        section=dice.choice(words.nouns),
    )


def _html(article: Article, feed: int, whole: bool = False) -> str:
    """The summary as outlets write it: an image, paragraphs, a link, something bold, a way to read on."""
    url = _url(feed, article.number)
    first, *rest = (escape(paragraph) for paragraph in article.paragraphs)
    head, _, tail = first.partition(" ")
    picture = f"https://{host(feed)}/media/{article.number}.jpg"
    image = f'<img width="640" height="360" src="{picture}" class="wp-post-image" alt="" loading="lazy" />'
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in (*rest, *(article.whole if whole else ())))
    return (
        f'<div>{image}</div><p><strong>{head}</strong> {tail}&nbsp;<a href="{url}#more" rel="nofollow">{article.section}</a></p>\n{body}'
        f'<p>&#8230; <a class="read-more" href="{url}">{article.section} &raquo;</a></p>'
    )


def _url(feed: int, number: int) -> str:
    return f"https://{host(feed)}/2026/03/{number:05d}-{(number * 7919 + feed) % 99991}.html"


def _rss(feed: int, language: str, articles: list[Article], full: bool = False) -> str:
    items = "".join(
        f"<item>\n<title>{escape(article.title)}</title>\n"
        f"<link>{_url(feed, article.number)}?utm_source=rss&amp;utm_medium=feed</link>\n"
        f'<guid isPermaLink="false">https://{host(feed)}/?p={article.number}</guid>\n'
        f"<pubDate>{format_datetime(article.published)}</pubDate>\n"
        f"<dc:creator><![CDATA[{article.author}]]></dc:creator>\n<category><![CDATA[{article.section}]]></category>\n"
        f"<description><![CDATA[{_html(article, feed)}]]></description>\n"
        + (f"<content:encoded><![CDATA[{_html(article, feed, whole=True)}]]></content:encoded>\n" if full else "")
        + "</item>\n"
        for article in articles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
        f"<title>Outlet {feed}</title>\n<link>https://{host(feed)}/</link>\n<description>News of outlet {feed}</description>\n"
        f"<language>{language}</language>\n<lastBuildDate>{format_datetime(NEWEST)}</lastBuildDate>\n{items}</channel>\n</rss>\n"
    )


def _full_rss(feed: int, language: str, articles: list[Article]) -> str:
    return _rss(feed, language, articles, full=True)


def _atom(feed: int, language: str, articles: list[Article]) -> str:
    entries = "".join(
        f"<entry>\n<title>{escape(article.title)}</title>\n"
        f'<link rel="alternate" type="text/html" href="{_url(feed, article.number)}"/>\n'
        f"<id>tag:{host(feed)},2026:{article.number}</id>\n"
        f"<published>{article.published.isoformat()}</published>\n<updated>{article.published.isoformat()}</updated>\n"
        f"<author><name>{article.author}</name></author>\n"
        f'<summary type="html">{escape(_html(article, feed))}</summary>\n</entry>\n'
        for article in articles
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"<title>Outlet {feed}</title>\n<id>https://{host(feed)}/</id>\n"
        f'<link rel="alternate" href="https://{host(feed)}/"/>\n<updated>{NEWEST.isoformat()}</updated>\n{entries}</feed>\n'
    )
