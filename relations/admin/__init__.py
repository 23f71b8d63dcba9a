"""The editors' desk: Django's admin over the records. One module an area."""

from . import chronicle, declaration, feeds, figures, index_weight, initiative, mechanism, news, people, provision, rules, source, users

__all__ = [
    "chronicle",
    "declaration",
    "feeds",
    "figures",
    "index_weight",
    "initiative",
    "mechanism",
    "news",
    "people",
    "provision",
    "rules",
    "source",
    "users",
]
