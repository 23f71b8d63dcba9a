"""The charset of bytes that do not tell it: one of those in which our four languages are written."""

from __future__ import annotations

from itertools import pairwise


def guessed(body: bytes) -> str:
    """A charset for bytes without a usable label that are no UTF-8: GB18030, windows-1251, KOI8-R or windows-1252."""
    high = [byte for byte in body if byte >= 0x80]
    if not high:
        return "ascii"
    beside = sum(1 for first, second in pairwise(body) if first >= 0x80 and second >= 0x80)
    if beside < len(high) / 2:
        return "windows-1252"  # accents stand alone among Latin letters
    if _is_chinese(body):
        return "gb18030"
    # Small letters are the rule: windows-1251 has them at the end of its table, KOI8-R before the capitals.
    small_1251 = sum(1 for byte in high if byte >= 0xE0)
    small_koi8 = sum(1 for byte in high if 0xC0 <= byte < 0xE0)
    return "windows-1251" if small_1251 >= small_koi8 else "koi8-r"


def _is_chinese(body: bytes) -> bool:
    """GB18030, but for a flaw or a last character cut off, whose characters are mostly the common ones: Russian would give rare ones."""
    text = body.decode("gb18030", "replace")
    if text.count("\ufffd") > max(1, len(text) // 100):
        return False
    han = [c for c in text if "\u4e00" <= c <= "\u9fff"]
    common = sum(1 for c in han if 0xB0 <= c.encode("gb18030")[0] <= 0xD7 and c.encode("gb18030")[1] >= 0xA1)
    return bool(han) and common >= 0.6 * len(han)
