"""The writer: acts go in, each comes back with its receipt once it is durable; and what a writer needs.

port.py        what the desk needs of others: a Store, a Clock, Entropy
desk.py        the desk itself: acts queue, one thread writes, group commit, receipts
writer.py      the writer's thread; inbox.py, the queue of what it is asked
session.py     the writer's transactions; batch.py, what comes of one
stamping.py    who acts, and when; repeats.py, acts that are tried again
answer.py      who asks, and what they get for an answer; awaiting.py, on an event loop
reopening.py   a desk that is opened anew when it has failed
fold.py        the state and the tree as the fold of the record; packing.py, the bytes of a snapshot
sealing.py     events become rows
archives.py    the setup and the archive of a secret ballot, which come with an act
paperwork.py   what the writer does about the box and the papers of an act: one table, by act
polls.py       the ballot boxes: ballots are checked before they are put in
erasure.py     what the record says was erased leaves the store
export.py      a record as a folder of plain files, and back; folder_reader.py, the reading of one
keys.py        the key file and the signer's memory
signing.py     what was signed of a record, and what its signer must remember
local_time.py  instants as people of an organisation write them
"""
