"""`python -m chinwag.cli` is the `chinwag` command."""

from chinwag.cli.main import main

main()
