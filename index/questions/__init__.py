"""What a question asks for: outlets, people, dates, parts, and what it follows up."""
