"""Answers as Telegram shows them: words with their entities, buttons, charts; nothing is sent from here."""
