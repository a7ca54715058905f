"""An organisation's folder and the desk opened from it, for whoever serves people: the command line now, the web later.

folder.py     the files of the folder, and what `quorate.json` says
bootstrap.py  founding one, and opening its desk
clock.py, entropy.py   this machine's clock and randomness
"""
