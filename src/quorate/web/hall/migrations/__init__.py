"""How the tables of the keys came to their present form."""
