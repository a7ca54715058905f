"""What people are shown: pure functions from the state to plain values, whose JSON is stable (docs/reference/json.md).

A plain key holds words (a name, a title, a day in the organisation's calendar); beside it `…_id` holds the id, and where
the calendar is the Julian one, `…_iso` the ISO date or instant. A list is made by parts (`reading/page.py`): only what stands in the
span that is asked for is put into words, so that a page costs the same however many there are.
"""
