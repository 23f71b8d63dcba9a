"""Whether a value has its form: what is expected where it has not."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any

from relations.domain.partial_date import PartialDate

from .shape import (
    OPTIONAL,
    SHAPES,
    TITLE_LANGUAGES,
    Aliases,
    Code,
    Day,
    Flag,
    Form,
    Many,
    Number,
    Parts,
    Ref,
    Text,
    Titles,
    Whole,
)

Codes = Mapping[str, Set[str]]
"""By name of a list: its codes."""

Fault = tuple[str, str]
"""Where inside a record (`provisions[2].side`), and what is wrong there."""


def faults(shape: str, record: Any, codes: Codes) -> Iterator[Fault]:
    """What is wrong with the form of one record."""
    if not isinstance(record, dict):
        yield "", f"expected a record with keys, found {shown(record)}"
        return
    required, optional = SHAPES[shape], OPTIONAL.get(shape, {})
    for key in required:
        if key not in record:
            yield key, "the key is missing"
    for key, value in record.items():
        form = required.get(key) or optional.get(key)
        if form is None:
            yield str(key), f"there is no such key; expected {', '.join(required)}"
        else:
            for path, message in check(form, value, codes):
                yield f"{key}{path}", message


def shown(value: Any) -> str:
    """A value as it stands in the file, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}…"


def check(form: Form, value: Any, codes: Codes) -> Iterator[Fault]:
    """What is wrong with one value; paths begin with `.` or `[`, or are empty."""
    if value is None and getattr(form, "null", False):
        return
    yield from _CHECKS[type(form)](form, value, codes)


def _wrong(expected: str, value: Any, or_null: bool = False) -> Fault:
    return "", f"expected {expected}{' or null' if or_null else ''}, found {shown(value)}"


def _text(form: Text, value: Any, codes: Codes) -> Iterator[Fault]:
    if not isinstance(value, str) or (not value.strip() and not (form.empty and value == "")):
        yield _wrong(form.expected or "a text", value, form.null)
    elif "\0" in value or not _encodes(value):
        yield "", f"expected a text of readable characters, found {json.dumps(value)[:80]}"
    elif form.longest is not None and len(value) > form.longest:
        yield "", f"expected at most {form.longest} characters, found {len(value)}"
    elif form.pattern is not None and value and not re.fullmatch(form.pattern, value, re.ASCII):
        yield _wrong(form.expected, value, form.null)


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _code(form: Code, value: Any, codes: Codes) -> Iterator[Fault]:
    if not isinstance(value, str) or value not in codes[form.codes]:
        article = "an" if form.codes[0] in "aeiou" else "a"
        yield _wrong(f"{article} {form.codes} ({', '.join(sorted(codes[form.codes]))})", value, form.null)


def _day(form: Day, value: Any, codes: Codes) -> Iterator[Fault]:
    try:
        if not isinstance(value, str) or not value.isascii():
            raise ValueError
        PartialDate.parse(value)
    except ValueError:
        yield _wrong("a date as 2022-09-14, 2022-09 or 2022", value, form.null)


def _whole(form: Whole, value: Any, codes: Codes) -> Iterator[Fault]:
    if not isinstance(value, int) or isinstance(value, bool) or not form.least <= value <= form.most:
        yield _wrong(f"a whole number from {form.least} to {form.most}", value, form.null)


def _number(form: Number, value: Any, codes: Codes) -> Iterator[Fault]:
    if not isinstance(value, int | float) or isinstance(value, bool) or abs(value) > 1e300 or not math.isfinite(value):
        yield _wrong("a number", value)


def _flag(form: Flag, value: Any, codes: Codes) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield _wrong("true or false", value)


def _titles(form: Titles, value: Any, codes: Codes) -> Iterator[Fault]:
    line = Text(form.longest)
    if form.line and isinstance(value, str):
        yield from _text(line, value, codes)
    elif not isinstance(value, dict) or set(value) != set(TITLE_LANGUAGES):
        yield _wrong(f"titles in {', '.join(TITLE_LANGUAGES)}{' or one line in English' if form.line else ''}", value)
    elif all(title is None for title in value.values()):
        yield _wrong("a title in at least one language", value)
    else:
        for language, title in value.items():
            if title is not None:
                yield from ((f".{language}", message) for _, message in _text(line, title, codes))


def _aliases(form: Aliases, value: Any, codes: Codes) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield _wrong("lists of spellings by language", value)
        return
    for language, spellings in value.items():
        if not re.fullmatch(r"[a-z]{2}", language):
            yield f".{language}", "expected a language code of two letters as the key"
        for path, message in _many(Many(Text(120), least=1, once=True), spellings, codes):
            yield f".{language}{path}", message


def _ref(form: Ref, value: Any, codes: Codes) -> Iterator[Fault]:
    if not isinstance(value, str) or not value:
        yield _wrong(f"the key of one of the {form.to}", value, form.null)


def _many(form: Many, value: Any, codes: Codes) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield _wrong("a list", value)
        return
    if len(value) < form.least or (form.most is not None and len(value) > form.most):
        yield "", f"expected {_how_many(form)}, found {len(value)}"
    seen: list[Any] = []
    for index, item in enumerate(value):
        yield from ((f"[{index}]{path}", message) for path, message in check(form.of, item, codes))
        if form.once and item in seen:
            yield f"[{index}]", f"{shown(item)} stands twice in this list"
        seen.append(item)


def _how_many(form: Many) -> str:
    return f"at least {form.least}" if form.most is None else f"{form.least} to {form.most}"


def _parts(form: Parts, value: Any, codes: Codes) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield _wrong("a list", value)
        return
    for index, part in enumerate(value):
        for path, message in faults(form.shape, part, codes):
            yield f"[{index}].{path}".rstrip("."), message


_CHECKS: Mapping[type, Callable[[Any, Any, Codes], Iterator[Fault]]] = {
    Text: _text, Code: _code, Day: _day, Whole: _whole, Number: _number, Flag: _flag, Titles: _titles, Aliases: _aliases,
    Ref: _ref, Many: _many, Parts: _parts,
}  # fmt: skip
