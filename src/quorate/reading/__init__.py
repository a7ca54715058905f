"""What people see of the state, each by their own right to see it. All language is here.

reader.py   who reads, and how people, bodies and days are called for them
page.py     long lists by parts
view/       plain values, whose JSON is stable
words/      every kind of event in a sentence; the record as a story
refusals/   every code of a refusal in a sentence
minutes/    minutes drafted from the record, and rendered as pages
"""
