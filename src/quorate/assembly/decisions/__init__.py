"""What was decided: clauses in force, the duties and details that they lay on somebody, and what lapses."""
