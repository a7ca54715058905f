"""Every kind of event in one plain English sentence, told on the state that it has left.

naming.py     what people, bodies, meetings and days are called
things.py     what motions, duties, letters and all else are called
clauses.py    the clauses of motions in words
sentence.py   the sentence of an event; each kind is registered in the module of its subject
voice.py      all subjects together: `tell`
"""

from quorate.reading.words.tell import tell

__all__ = ["tell"]
