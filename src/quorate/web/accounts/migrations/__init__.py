"""How the tables of the accounts came to their present form, step by step, as Django writes it."""
