"""Answers to homomorphic questions: an encrypted 0 or 1 for each choice, with proofs that it is one, and that the sum is allowed.

Section 7 of the format. S0 is the fingerprint and the credential; S adds the ciphertexts. Individual proofs hash S0, the
others S: to take one for the other is the classic mistake.
"""

from collections.abc import Sequence

from msgspec import UNSET

from quorate.ballots.claim import Branch, Claim, claim
from quorate.ballots.encryption import Bound, Encrypted
from quorate.ballots.group import Element, Entropy, Group
from quorate.ballots.proof import Disjunction, prove_disjunctions
from quorate.ballots.question import Question
from quorate.ballots.wire import Choices, Ciphertext, Proof
from quorate.canon.fault import Malformed


def encrypt_choices(
    bound: Bound, asked: Question, picked: Sequence[int], entropy: Entropy
) -> Choices:
    """An answer to a question: `picked` has a 0 or 1 for each choice, the blank one first where there is one.

    Raises:
        Malformed: it is not an answer that the question allows.
    """
    require_allowed(asked, picked)
    group, y, s0 = bound
    randomness = [group.draw(entropy) for _ in picked]
    messages = (group.identity, group.generator)
    ciphertexts = bound.encrypt([messages[m] for m in picked], randomness)
    wires = [each.wire for each in ciphertexts]
    s = _with_choices(s0, wires)
    # Σ is over the answers: the blank vote, m0, is none of them.
    counted = slice(1 if asked.blank else 0, None)
    r_sum, m_sum = sum(randomness[counted]) % group.order, sum(picked[counted])
    # prove(S0; choice; 0, 1) of each choice, the blank one too.
    wanted = [
        Disjunction(_interval_prefix(s0, wire), (r, r), (m, m - 1))
        for wire, r, m in zip(wires, randomness, picked, strict=True)
    ]
    allowed = range(asked.min, asked.max + 1)
    off = tuple(m_sum - each for each in allowed)
    if asked.blank:
        r0, m0 = randomness[0], picked[0]
        # blank_proof: m0 = 0 or Σ = 0. overall_proof: m0 = 1 or Σ from min to max. Each branch has the randomness of
        # the ciphertext that it is about; the prefixes have no ciphertexts but those of S.
        wanted.append(Disjunction(f"bproof0|{s}|", (r0, r_sum), (m0, m_sum)))
        randomness_of = (r0, *(r_sum for _ in allowed))
        wanted.append(Disjunction(f"bproof1|{s}|", randomness_of, (m0 - 1, *off)))
    else:
        # prove(S; (Πα, Πβ); min … max): S here, not S0, and the product as well.
        total = Ciphertext(*_product_texts(group, ciphertexts))
        wanted.append(Disjunction(_interval_prefix(s, total), tuple(r_sum for _ in allowed), off))
    proofs = prove_disjunctions(group, y, wanted, entropy)
    individual = tuple((each[0], each[1]) for each in proofs[: len(wires)])
    blank = (proofs[-2][0], proofs[-2][1]) if asked.blank else UNSET
    return Choices(tuple(wires), individual, proofs[-1], blank)


def require_allowed(asked: Question, picked: Sequence[int]) -> None:
    """Refuse what is no allowed answer, in words for whoever filled it in."""
    if len(picked) != asked.choices or not set(picked) <= {0, 1}:
        raise Malformed("answer", f"a 0 or a 1 for each of {asked.choices} choices")
    given = picked[1:] if asked.blank else picked
    if asked.blank and picked[0]:
        if any(given):
            raise Malformed("answer", "nothing picked beside the blank vote")
    elif not asked.min <= sum(given) <= asked.max:
        blank = ", or a blank vote" if asked.blank else ""
        raise Malformed("answer", f"at least {asked.min} and at most {asked.max} picked{blank}")


def choices_claims(
    bound: Bound, asked: Question, answer: Choices, ciphertexts: Sequence[Encrypted], what: str
) -> list[Claim]:
    """What the proofs of an answer claim.

    Raises:
        Malformed: it has not the shape that the question wants, or a number in it is not a scalar.
    """
    _require_shape(asked, answer, what)
    group, y, s0 = bound
    g = group.generator
    claims = []
    for i, (each, proofs) in enumerate(zip(ciphertexts, answer.individual_proofs, strict=True), 1):
        branches = [_branch(g, y, proof, (each,), m) for m, proof in enumerate(proofs)]
        prefix = _interval_prefix(s0, each.wire)
        claims.append(claim(group, f"{what}: choice {i}: individual proof", prefix, branches))
    counted = tuple(ciphertexts[1:]) if asked.blank else tuple(ciphertexts)
    s = _with_choices(s0, answer.choices)
    overall = answer.overall_proof
    if answer.blank_proof is UNSET:
        total = Ciphertext(*_product_texts(group, ciphertexts))
        prefix = _interval_prefix(s, total)
    else:
        zero, rest = answer.blank_proof
        branches = [_branch(g, y, zero, (ciphertexts[0],), 0), _branch(g, y, rest, counted, 0)]
        claims.append(claim(group, f"{what}: blank proof", f"bproof0|{s}|", branches))
        prefix = f"bproof1|{s}|"
    branches = [
        _branch(g, y, proof, counted, m)
        for m, proof in enumerate(overall[1 if asked.blank else 0 :], asked.min)
    ]
    if asked.blank:
        branches.insert(0, _branch(g, y, overall[0], (ciphertexts[0],), 1))
    claims.append(claim(group, f"{what}: overall proof", prefix, branches))
    return claims


def _branch(g: Element, y: Element, proof: Proof, of: Sequence[Encrypted], minus: int) -> Branch:
    """That the sum of ciphertexts is `minus`: A = g^r·α^c, B = y^r·(β·g^−minus)^c."""
    alphas = tuple(each.alpha for each in of)
    betas = tuple(each.beta for each in of)
    return Branch(proof, ((g, alphas, 0), (y, betas, minus)))


def _require_shape(asked: Question, answer: Choices, what: str) -> None:
    n = asked.choices
    if len(answer.choices) != n or len(answer.individual_proofs) != n:
        raise Malformed(what, f"{n} choices, each with its proof")
    if (answer.blank_proof is not UNSET) != asked.blank:
        raise Malformed(what, f"{'a' if asked.blank else 'no'} blank proof")
    branches = asked.max - asked.min + 1 + asked.blank
    if len(answer.overall_proof) != branches:
        raise Malformed(f"{what}: overall proof", f"{branches} parts")


def _product_texts(group: Group, ciphertexts: Sequence[Encrypted]) -> tuple[str, str]:
    alpha = group.combine([(each.alpha, 1) for each in ciphertexts])
    beta = group.combine([(each.beta, 1) for each in ciphertexts])
    return group.text(alpha), group.text(beta)


def _with_choices(s0: str, wires: Sequence[Ciphertext]) -> str:
    return f"{s0}|{','.join(f'{each.alpha},{each.beta}' for each in wires)}"


def _interval_prefix(s: str, wire: Ciphertext) -> str:
    return f"prove|{s}|{wire.alpha},{wire.beta}|"
