"""`python -m bot` is `partnership-assistant`."""

from bot.cli import main

main()
