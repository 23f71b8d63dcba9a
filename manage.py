#!/usr/bin/env python3
"""Django's command line for Tianshan."""

import os
import sys


def main() -> None:
    """Run the command that the line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
