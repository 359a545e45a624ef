"""Onrecord's front end: it carries questions from Telegram to an answerer and answers back."""
