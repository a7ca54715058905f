"""Every kind of event in one plain English sentence, told on the state that it has left.

names.py      what people, bodies, meetings and days are called
subjects.py   what motions, duties, letters and all else are called
clauses.py    the clauses of motions in words
items.py      open business: titles and next steps
outcomes.py   what a rule of majority asks, and why a result is what it is
effects.py    what a move disturbs
acts.py       what each act does, for a refusal
sentence.py   the sentence of an event; each kind is registered in the module of its subject
tell.py       all subjects together: `tell`
chronicle.py  the record told entry by entry; story.py, with runs of like entries in one line
"""

from quorate.reading.words.tell import tell

__all__ = ["tell"]
