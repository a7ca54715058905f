"""Secret ballots on the Belenios protocol, version 1, to the byte: pure; randomness is an argument.

| subject | modules |
|---|---|
| groups | group, groups, ed25519, native, finite_field, constants, digest |
| what an election is made of | wire, question, election, credential, trustee* |
| the ceremony of a threshold key | threshold, channel, lagrange |
| ballots and their proofs | claim, proof, encryption, choices, rankings, ballot |
| the count | tally, shuffle*, decryption, result |
| the archive | archive, archive_writer, chain, steps |
| the verifier | check, verify, survey, ballots_check, monitoring, progress |
"""
