"""Votes in, outcomes out: majority rules as data, compared in whole numbers only.

`rule` says what is needed, `tally` what was cast, `outcome.decide` what follows, with its figures. No fraction is ever rounded
and no base is ever assumed: two thirds "of the votes" and two thirds "of the members" are different rules.
"""
