"""What a CHECK cannot say because it looks at another row: held by triggers, on SQLite and PostgreSQL alike.

They are made after every migration rather than by one, since SQLite drops the triggers of a table whenever a migration
rebuilds it. Before, they are taken away: while a table is rebuilt, SQLite refuses a trigger that names it.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections

SIDE_MESSAGE: Final = "the side of a provision must be among the parties of its declaration"
ANCESTOR_MESSAGE: Final = "a mechanism must not be its own ancestor"

_SIDE_ALLOWED: Final = """(
    SELECT CASE
        WHEN d.parties LIKE '% ' || NEW.side || ' %' THEN 1
        WHEN NEW.side = 'both' AND length(d.parties) = 7 THEN 1
        WHEN NEW.side IN ('all', 'C5') AND length(d.parties) > 7 THEN 1
        ELSE 0 END
    FROM relations_declaration d WHERE d.id = NEW.declaration_id
) = 0"""
"""Two parties are ` CN KZ `, seven characters; `both` is theirs, `all` and `C5` belong to documents of more."""

_SIDE_ORPHANED: Final = """EXISTS (
    SELECT 1 FROM relations_provision p WHERE p.declaration_id = NEW.id AND NOT (
        NEW.parties LIKE '% ' || p.side || ' %'
        OR (p.side = 'both' AND length(NEW.parties) = 7)
        OR (p.side IN ('all', 'C5') AND length(NEW.parties) > 7))
)"""

_OWN_ANCESTOR: Final = """EXISTS (
    WITH RECURSIVE above(id) AS (
        SELECT NEW.parent_id
        UNION
        SELECT m.parent_id FROM relations_mechanism m JOIN above ON m.id = above.id WHERE m.parent_id IS NOT NULL
    )
    SELECT 1 FROM above WHERE above.id = NEW.id
)"""

TRIGGERS: Final = (
    ("provision_side_is_a_party", "relations_provision", "INSERT", None, _SIDE_ALLOWED, SIDE_MESSAGE),
    ("provision_side_stays_a_party", "relations_provision", "UPDATE", "side, declaration_id", _SIDE_ALLOWED, SIDE_MESSAGE),
    ("declaration_keeps_its_sides", "relations_declaration", "UPDATE", "parties", _SIDE_ORPHANED, SIDE_MESSAGE),
    ("mechanism_no_ring", "relations_mechanism", "UPDATE", "parent_id", _OWN_ANCESTOR, ANCESTOR_MESSAGE),
)
"""Name, table, operation, columns, the forbidden condition on NEW, and the message. A new mechanism has no children yet."""


def statements(vendor: str) -> list[str]:
    """The SQL that makes (or makes again) every trigger on `sqlite` or `postgresql`; none for another vendor."""
    made = []
    for name, table, operation, columns, condition, message in TRIGGERS:
        event = f"{operation} OF {columns}" if columns else operation
        if vendor == "sqlite":
            made.append(f"DROP TRIGGER IF EXISTS {name}")
            made.append(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}\n"
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        elif vendor == "postgresql":
            made.append(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
                f"BEGIN IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
            )
            made.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            made.append(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    return made


def remove(*, using: str, **_: Any) -> None:
    """Take the triggers of an SQLite database away: called before every migration, `install` after it makes them again."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name, *_rest in TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install(*, using: str, **_: Any) -> None:
    """Make the triggers on one database: called after every migration."""
    connection = connections[using]
    if "relations_provision" not in connection.introspection.table_names():
        return  # migrated back to nothing
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)
