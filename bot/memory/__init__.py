"""What the bot keeps between two messages, encrypted, and for how long."""
