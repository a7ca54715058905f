"""What a caller does: act, read, receipt, export, import; and the ports that a store, a clock and chance plug into.

port.py     what the desk needs of others
desk.py     the desk itself: one writer, group commit, receipts
fold.py     the state and the tree as the fold of the record, with a snapshot as cache
sealing.py  events become rows
keys.py     the key file and the signer's memory
"""
