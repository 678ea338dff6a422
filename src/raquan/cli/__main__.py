"""Lets `python -m raquan.cli` run the console script."""

from raquan.cli.main import main

main()
