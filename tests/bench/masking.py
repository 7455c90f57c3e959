"""`python -m tests.bench.masking`: how many BSNs are masked, and how many other numbers by mistake.

The sentences are ours and the numbers are made up from a seed: it measures the rules, not what customers say.
"""

import random
from collections.abc import Callable

from stdnum.nl import bsn

from app.masking import masked

SEED, TIMES = 2026, 20_000
SAID = (
    "Mijn BSN is {}.", "bsn {} zei ze", "{}", "Ik heet Jan en {} is mijn nummer", "burgerservicenummer: {}",
    "Hij las {} voor, twee keer.", "sofinummer {}!", "klantnummer {}",
)  # fmt: skip
NAMED = (
    "Mijn dossiernummer is {}.", "zaak {} ligt er nog", "factuur nr. {}", "order {} kwam niet", "polisnummer: {}",
    "Het kenmerk was {}", "ticket #{}", "KvK-nummer {}", "invoice number {}", "bestelnummer {} klopt niet",
)  # fmt: skip


def _nine(dice: random.Random) -> str:
    return f"{dice.randrange(1, 10**9):09}"


def citizen(dice: random.Random) -> str:
    """A number that passes, in one of the ways in which it is written."""
    number = _nine(dice)
    while not bsn.is_valid(number):
        number = _nine(dice)
    a, b, c = number[:3], number[3:6], number[6:]
    return dice.choice(
        [number, f"{a} {b} {c}", f"{a}.{b}.{c}", f"{a}-{b}-{c}", f"{number[:4]}.{number[4:6]}.{c}"]
    )


def other(dice: random.Random) -> str:
    """What else customers say in digits: of nine only when a word says what it is."""
    return dice.choice(
        [
            dice.choice(NAMED).format(_nine(dice)),
            f"Bel 06{dice.randrange(10**8):08} of 0{dice.randrange(10, 90)}-{dice.randrange(10**7):07}",
            f"Het kostte € {dice.randrange(1, 10**6)},{dice.randrange(100):02} in {dice.randrange(1990, 2030)}",
            f"Op {dice.randrange(1, 400)}, {dice.randrange(1000, 9999)} AB, sinds {dice.randrange(1, 28)}-11-2019",
            f"Pakket 3S{dice.randrange(10**12):012} was zoek",
        ]
    )


def _share(times: int, make: Callable[[random.Random], str]) -> float:
    dice = random.Random(SEED)
    return sum("[BSN]" in masked(make(dice)) for _ in range(times)) / times


def figures(times: int = TIMES) -> dict[str, float]:
    """Shares; `nameless` are nine digits of which nobody said what they are: masked rather than kept."""
    return {
        "recall": _share(times, lambda dice: dice.choice(SAID).format(citizen(dice))),
        "false masks": _share(times, other),
        "false masks of nine digits with a name": _share(
            times, lambda dice: dice.choice(NAMED).format(_nine(dice))
        ),
        "nameless": _share(times, _nine),
    }


if __name__ == "__main__":
    for name, share in figures().items():
        print(f"{name}: {share:.2%}")
