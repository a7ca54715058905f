"""Motions from moving to decision: precedence, what they apply to, competing motions, the chair's rulings."""
