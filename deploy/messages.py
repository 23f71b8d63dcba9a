"""The words of the interface in other languages: `relations/locale/<language>/LC_MESSAGES/django.po` is the source.

Compiled by Babel, so that a machine needs no gettext to run the product. As a program: `messages.py extract` brings the files
in line with the code (that needs Debian's gettext), `messages.py compile` makes the files that Django reads.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "relations" / "locale"
LANGUAGES = ("fr", "ru", "zh_Hans")
DATED = r'"(POT-Creation-Date|PO-Revision-Date|Report-Msgid-Bugs-To|Last-Translator|Language-Team): .*\n'
"""Lines of the head that change with every extraction or name somebody."""


def compile_messages() -> list[Path]:
    """Compile every file that is newer than its compiled form; gives those compiled. Untranslated entries are left out."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalog = read_po(file)  # the plural forms are those of its own head
        temporary = target.with_suffix(".mo.tmp")
        with temporary.open("wb") as file:
            write_mo(file, catalog)
        temporary.replace(target)  # another process never reads half a file
        made.append(target)
    return made


def extract() -> None:
    """Add what is new in code and templates, drop what is gone; never guess a translation from a similar text."""
    import django
    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command

    class Extract(Command):
        msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching", "--no-location"]

    django.setup()
    ignored = [".venv", "var", "tests", "benchmarks", "deploy", "docs", "node_modules"]
    call_command(Extract(), locale=list(LANGUAGES), ignore_patterns=ignored, no_obsolete=True, no_location=True, verbosity=0)
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        text = re.sub(DATED, "", path.read_text("utf-8"))
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    import os

    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.config.settings")
    if sys.argv[1:] == ["extract"]:
        extract()
    elif sys.argv[1:] in ([], ["compile"]):
        compile_messages()
    else:
        sys.exit(__doc__)
