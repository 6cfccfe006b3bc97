"""Telegram: updates in, messages out. Only this folder knows python-telegram-bot; without a token it is not imported."""
