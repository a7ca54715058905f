"""What the state consists of: one module per subject, values and records without rules.

Records are mutable because the fold of a million entries changes them in place; only `evolve` functions may do so.
"""
