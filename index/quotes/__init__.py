"""Which sentences are quoted, with what around them, and how sure an answer is."""
