"""The ordinary peer of the webhook benchmark: ConversationHandler, its state pickled after every update."""

from __future__ import annotations

import os
from pathlib import Path

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

SIDE, COUNTRY, PARTNER = range(3)
QUESTIONS = {SIDE: "Who is asking?", COUNTRY: "Which country is the municipality in?", PARTNER: "Is there a partner?"}
Context = ContextTypes.DEFAULT_TYPE


async def begin(update: Update, context: Context) -> int:
    """The first question."""
    return await _ask(update, SIDE)


async def side(update: Update, context: Context) -> int:
    """The second question."""
    return await _ask(update, COUNTRY)


async def country(update: Update, context: Context) -> int:
    """The third question."""
    return await _ask(update, PARTNER)


async def partner(update: Update, context: Context) -> int:
    """The end."""
    assert update.message is not None
    await update.message.reply_text("Thank you.")
    return ConversationHandler.END


async def _ask(update: Update, state: int) -> int:
    assert update.message is not None
    await update.message.reply_text(QUESTIONS[state])
    return state


def main() -> None:
    """Serves the webhook until terminated."""
    url, port = os.environ["PEER_API"], int(os.environ["PEER_PORT"])
    persistence = PicklePersistence(Path(os.environ["PEER_FOLDER"]) / "state.pickle", update_interval=0.001)
    application = (Application.builder().token(os.environ["PEER_TOKEN"]).base_url(f"{url}/bot").persistence(persistence)
                   .connection_pool_size(100).build())
    text = filters.TEXT & ~filters.COMMAND
    application.add_handler(ConversationHandler(
        [CommandHandler("check", begin)], {SIDE: [MessageHandler(text, side)], COUNTRY: [MessageHandler(text, country)],
                                           PARTNER: [MessageHandler(text, partner)]},
        [CommandHandler("check", begin)], name="dialogue", persistent=True, allow_reentry=True))
    application.run_webhook("127.0.0.1", port, "hook", webhook_url=f"http://127.0.0.1:{port}/hook")


if __name__ == "__main__":
    main()
