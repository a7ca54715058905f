"""`quorate ballot`: the polling application at a terminal; commands.py has the group, asking.py what is typed."""
