"""Acts from forms: which fields an act takes, what was typed into them, and the answer."""
