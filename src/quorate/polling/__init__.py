"""An election without an organisation, held from a folder.

folder.py     the folder, in which everything is public
box.py        the archive on disk: read, and appended to by one process at a time
files.py      secret and public files; none is ever overwritten
key_file.py   a trustee's key file, which opens one tally
sealed.py     a secret under a passphrase
minimum.py    below how many counted ballots none is opened
voters.py     the registrar's table of voters
questions.py  questions and answers as people write them
"""
