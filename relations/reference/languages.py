"""The four languages of the product and how the dataset writes them."""

from typing import Final

LANGUAGES: Final = ("en", "fr", "zh-hans", "ru")
"""Language codes of the interface, in the order in which they are offered."""

DATASET_KEYS: Final = {"en": "en", "zh": "zh-hans", "fr": "fr", "ru": "ru"}
"""Language keys of the dataset files, in their order, with the code of the interface for each."""


def field_suffix(language: str) -> str:
    """The suffix that a translated column carries for an interface language: `zh-hans` → `zh_hans`."""
    return language.replace("-", "_")


def dataset_key(language: str) -> str:
    """The dataset's key for an interface language, `en` for a language that the dataset does not have."""
    return next((key for key, code in DATASET_KEYS.items() if code == language), "en")
