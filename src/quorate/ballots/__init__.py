"""Secret ballots on the Belenios protocol, version 1, to the byte: pure; randomness is an argument.

- groups: group, groups, ed25519, native, finite_field, constants, digest
- what an election is made of: wire, question, election, credential, trustee, trustee_sharing, trustee_wire
- the ceremony of a threshold key: trustee_ceremony, threshold, channel, lagrange
- ballots and their proofs: claim, proof, encryption, choices, rankings, ballot
- the count: tally, shuffle, shuffle_prover, shuffle_verifier, shuffle_proof, decryption, result
- the archive: archive, archive_writer, chain, steps
- the verifier: check, verify, survey, ballots_check, monitoring, progress
"""
