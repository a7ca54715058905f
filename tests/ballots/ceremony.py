"""A key ceremony that was held: what everybody sent, and the seeds of all."""

import json
from functools import cache
from random import Random
from typing import Any, NamedTuple

from quorate.ballots.channel import Form, secrets_of, sign
from quorate.ballots.digest import sha
from quorate.ballots.group import Element, Entropy
from quorate.ballots.groups import find_group
from quorate.ballots.lagrange import lagrange
from quorate.ballots.threshold import (
    finish,
    key_of_member,
    make_polynomial,
    receive_shares,
    route_shares,
)
from quorate.ballots.trustee_ceremony import Ceremony, check_certificates, make_certificate
from quorate.ballots.wire import write
from tests.ballots.vectors import VECTORS, held


class Done(NamedTuple):
    """A ceremony, step by step; one entry for each member."""

    ceremony: Ceremony
    seeds: list[str]
    certificates: list[bytes]
    polynomials: list[bytes]
    routed: list[bytes]
    made: list[bytes]
    published: bytes
    entropy: Entropy

    def keys(self) -> list[int]:
        """The private key of each member, from its seed."""
        sealed = [json.loads(each)["private_key"] for each in self.made]
        group = self.ceremony.group
        return [key_of_member(group, *each) for each in zip(self.seeds, sealed, strict=True)]

    def together(self, indices: list[int]) -> Element:
        """The public key of what the keys of some members give together."""
        group, keys = self.ceremony.group, self.keys()
        coefficients = lagrange(indices, group.order)
        secret = sum(c * keys[i - 1] for c, i in zip(coefficients, indices, strict=True))
        return group.power(group.generator, secret)


@cache
def hold(
    name: str = "Ed25519", size: int = 3, threshold: int = 2, seed: int = 1, form: Form = Form.GCM
) -> Done:
    """A ceremony in a group, by chance that is the same each time."""
    group, entropy = find_group(name), Random(f"{name} {size} {threshold} {seed}").randbytes
    numbers = range(1, size + 1)
    begun = [make_certificate(group, size, threshold, i, entropy) for i in numbers]
    seeds, certificates = [each[0] for each in begun], [each[1] for each in begun]
    ceremony = check_certificates(group, size, threshold, certificates)
    polynomials = [make_polynomial(ceremony, each, entropy, form=form) for each in seeds]
    routed = route_shares(ceremony, polynomials)
    made = [
        receive_shares(ceremony, own, each, entropy, form=form)
        for own, each in zip(seeds, routed, strict=True)
    ]
    published = finish(ceremony, polynomials, made)
    return Done(ceremony, seeds, certificates, polynomials, routed, made, published, entropy)


def older(done: Done) -> bytes:
    """The same group of trustees, as tools before 2.5.1 would have published it: valid, without contexts and signatures."""
    group, published = done.ceremony.group, json.loads(done.published)
    del published["signatures"]
    for key in published["verification_keys"]:
        del key["signature"]
    for seed, cert in zip(done.seeds, published["certs"], strict=True):
        said = json.loads(cert["message"])
        del said["context"]
        signing = secrets_of(group, seed).signing
        signed = sign(group, signing, compact(said).decode(), done.entropy)
        cert.update(json.loads(write(signed)))
    return compact(published)


def compact(value: Any) -> bytes:
    """JSON as the wire has it."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def ids(name: str) -> list[str]:
    """The members of a group of the tool's, in their order."""
    certs = json.loads(held(name).trustees)[0][1]["certs"]
    return [sha(each["message"]).hex() for each in certs]


def file(name: str, member: str, kind: str) -> str:
    """What the tool kept for a member, without the newline at its end."""
    return (VECTORS / name / f"{member}.{kind}").read_text(encoding="utf-8").removesuffix("\n")
