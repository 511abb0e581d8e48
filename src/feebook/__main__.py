"""`python -m feebook` is the command."""

from feebook.cli import main

main()
