"""What is kept on disk: generations of the index, their catalogues and vectors, and the vector cache."""
