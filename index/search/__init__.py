"""Candidates for a question, and their order."""
