"""How the tables came to their present form."""
