"""Onrecord's library: articles in, verbatim and attributed quotes out. It never hears of Telegram."""
