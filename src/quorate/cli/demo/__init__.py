"""`quorate demo`: an example played (play.py), and what is printed of it (pages.py)."""
