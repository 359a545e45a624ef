"""Article texts: made canonical, dated, and cut into sentences and passages."""
