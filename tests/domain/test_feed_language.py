"""The language of a feed."""

from __future__ import annotations

import pytest

from relations.domain.feed_language import feed_language


@pytest.mark.parametrize(
    ("tag", "sample", "language"),
    [
        ("en-us", "", "en"),
        ("ZH_CN", "", "zh"),
        (" ru ", "", "ru"),
        ("", "Казахстан и Китай подписали соглашение", "ru"),
        ("", "Қазақстан мен Қытай келісімге қол қойды", "kk"),
        ("", "中国同哈萨克斯坦签署联合声明，双方将扩大贸易合作规模", "zh"),
        ("", "Kazakhstan and China", ""),
        ("english", "Kazakhstan and China", ""),
        ("", "", ""),
    ],
)
def test_the_tag_says_it_or_else_the_script(tag: str, sample: str, language: str) -> None:
    assert feed_language(tag, sample) == language
