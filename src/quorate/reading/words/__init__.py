"""Every kind of event in one plain English sentence, told on the state that it has left; and the words beside it.

tell.py        the sentence of any event; organisation.py, meetings.py, motions.py and so on have those of their subjects
sentence.py    the function at which each of them is registered, by class of event
chronicle.py   the record read again, each entry told on the state of its time; story.py, runs of like entries in one line
names.py       names of people, bodies, meetings and days; subjects.py, of motions, duties, letters and all else
race.py        who was first, for who came second
items.py       open business: titles, next steps, how items left it
clauses.py     clauses of motions and decisions
outcomes.py    rules of counting and the reasons of results; effects.py, what a move of the calendar disturbs
elections.py   stages and checks of an election by secret ballot; acts.py, what each act does
"""
