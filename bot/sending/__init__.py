"""How a message leaves: limits, retries, refusals, signs of work."""
