"""The one way in which a dataset file is written, and the fingerprints by which records are compared."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

KEY_LENGTH: Final = 400
"""How long a record's key may be; the column that keeps it has this width."""


def text_of(tree: Any) -> str:
    """A file's content as text: one space of indent, no escapes, a newline at the end."""
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def fingerprint(content: Any) -> str:
    """A digest that is equal for equal content, whatever the order of keys. 64 characters."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(*parts: object) -> str:
    """The key of a record, from the parts of its natural key. A very long one ends in a digest of itself."""
    key = " | ".join("" if part is None else str(part) for part in parts)
    if len(key) <= KEY_LENGTH:
        return key
    return f"{key[: KEY_LENGTH - 65]}…{hashlib.sha256(key.encode()).hexdigest()}"


def line_of(title: Any) -> str:
    """A title as one line: in English, else in the first language that it has. Titles may be lines already."""
    if isinstance(title, dict):
        return str(title.get("en") or next(filter(None, title.values()), ""))
    return str(title or "")


def plain_number(value: float) -> int | float:
    """A whole number without its `.0`: 25.0 → 25, 31.2 → 31.2. Files write 25 for both."""
    return int(value) if value == int(value) else value
