"""Secret ballots on the Belenios protocol, version 1, to the byte: pure; randomness is an argument.

The groups: digest, group, groups, ed25519, finite_field, constants.
What an election is made of: wire, question, election, credential.
Ballots and their proofs: claim, proof, encryption, choices, rankings, ballot.
"""
