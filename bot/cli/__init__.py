"""The command line: each command is a module of its own, loaded only when it is called, since start-up time counts.

Commands exit 0 on success, 2 on bad usage, 1 on failure with one line on stderr that says what to do.
"""

from __future__ import annotations

import os
from importlib import import_module

import click

PROGRAM = "partnership-assistant"
COMMANDS = {
    "run": "Start everything that is configured (the default).",
    "ask": "Answer a question on the terminal, or many from stdin.",
    "place": "Tell which countries typed names may mean.",
    "dac": "Tell where a country stands on the DAC List.",
    "announce": "Queue an announcement, steer and watch it.",
    "staff": "Add staff and print their sign-in links.",
    "enquiries": "List, answer and close enquiries to the team.",
    "export": "Write enquiries or unanswered questions to a table.",
    "person": "Export or erase all that is held on a person.",
    "backup": "Copy the store while it runs.",
    "check": "Check settings, store, knowledge and translations.",
    "locales": "Show how much each language covers.",
    "demo": "Throw the demonstration of run --demo away.",
    "chat": "Talk with the assistant in the terminal.",
}


class Commands(click.Group):
    """The commands by name; a command's module is `bot.cli.<name>` and its click command is called `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"bot.cli.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for --help, without loading every command for its summary."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=PROGRAM, prog_name=PROGRAM)
@click.pass_context
def entry(ctx: click.Context) -> None:
    """Answer town halls about municipal partnerships, on Telegram and in a web chat."""
    if ctx.invoked_subcommand is None:
        run = entry.get_command(ctx, "run")
        assert run is not None
        ctx.invoke(run)


def main() -> None:
    """The console script."""
    os.umask(0o077)  # what is written holds what people have said: for nobody else on the machine
    entry(prog_name=PROGRAM)
