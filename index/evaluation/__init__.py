"""Measures over labelled sets, and what learns the weights; `python -m index.evaluation FOLDER`."""
