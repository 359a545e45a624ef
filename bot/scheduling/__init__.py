"""Whose turn it is: questions, updates and builds that wait for one another."""
