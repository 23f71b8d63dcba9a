"""`make quality`: how well articles are read, by part and language, and every miss with its rule.

    python -m tests.quality [PART ...] [--misses] [--speed]

Misses are told of every part but the held one.
"""

from __future__ import annotations

import argparse
import time

from relations.domain.extraction import Article, LexiconReader
from tests.quality.reading import FOLDER, labelled, scored

PARTS = ("development", "tuning", "held", "fresh", "fresh-2", "fresh-3", "fresh-4", "fresh-5", "fresh-6")
LANGUAGES = (None, "en", "fr", "zh", "ru")


def main() -> None:
    """Print a table for each part that there is, then misses and speed as far as asked for."""
    parser = argparse.ArgumentParser(prog="tests.quality", description="Measure how well articles are read.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which articles; all if left out")
    parser.add_argument("--misses", action="store_true", help="tell every miss of the parts that are not held")
    parser.add_argument("--speed", action="store_true", help="read and link 1,000 articles of 400 words")
    options = parser.parse_args()
    for part in options.parts or [part for part in PARTS if (FOLDER / part).is_dir()]:
        _table(part)
        if options.misses and part != "held":
            print(*scored(part).misses, sep="\n")
    if options.speed:
        _speed()


def _table(part: str) -> None:
    scores = {language or "all": scored(part, language) for language in LANGUAGES}
    print(f"\n{part:<22}" + "".join(f"{name:>8}" for name in scores))
    print(f"{'articles':<22}" + "".join(f"{score.articles:>8}" for score in scores.values()))
    columns = {name: score.figures() for name, score in scores.items()}
    for figure in columns["all"]:
        print(f"{figure:<22}" + "".join(f"{column[figure]:>8.3f}" for column in columns.values()))


def _speed() -> None:
    """Articles of about 400 words: those of the set, repeated to that length where they are shorter."""
    articles = []
    for _name, text, _gold in labelled("development"):
        article = Article.of(text)
        words = max(1, len(article.body) // 2 if "\u4e00" <= article.title[0] <= "\u9fff" else len(article.body.split()))
        articles.append(Article(article.title, "\n\n".join([article.body] * max(1, round(400 / words)))))
    thousand = [articles[number % len(articles)] for number in range(1000)]
    reader = LexiconReader()
    for name, step in (("read", reader.read), ("link", reader.link)):
        for article in articles:  # the phrases that it meets are compiled once
            step(article)
        start = time.process_time()
        for article in thousand:
            step(article)
        print(f"{name}: 1,000 articles in {time.process_time() - start:.3f} s")


if __name__ == "__main__":
    main()
