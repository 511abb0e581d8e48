"""What stops a command with one sentence: where, what was due, what was found. Each kind knows its exit code."""

from __future__ import annotations


class Wrong(ValueError):
    """Something was found wrong in a recipe, a source or a package."""

    exit_code = 1


class Usage(Wrong):
    """The command was asked for something that cannot be: an unknown year, code or date, a folder that is not there."""

    exit_code = 2
