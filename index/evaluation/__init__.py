"""Measures of retrieval, quoting and abstention over public sets; `python -m index.evaluation FOLDER`."""
