"""Yes and no, said to a question of approval. Only plain answers count; anything else is a sentence."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Consent = Literal["approve", "reject"]

_YES = """
    yes | yep | yeah | yup | sure | ok | okay | go ahead | do it | please do | confirm | confirmed
    approve | approved | yes please | yes do it | yes go ahead | ok do it | of course | go for it
    sounds good | correct
    ja | ja bitte | ja gerne | klar | mach das | mach es | tu das | tu es | los | bestätigt | bestätigen
    genau | einverstanden | in ordnung | ja mach das | ja mach es | natürlich | gerne
    oui | oui vas y | vas y | d accord | bien sûr | fais le | confirme | confirmé | je confirme | oui fais le
    oui s il te plaît | oui s il vous plaît | allez y | c est bon
    sí | si | sí por favor | vale | claro | hazlo | adelante | confirmo | confirmado | de acuerdo | sí hazlo
    por supuesto
"""
_NO = """
    no | nope | nah | no thanks | no thank you | don t | do not | don t do it | do not do it | cancel
    cancel that | cancel it | never mind | nevermind | leave it | reject | rejected | better not
    no don t | please don t
    nein | nein danke | nicht | lass es | lass das | abbrechen | lieber nicht | bloß nicht | mach das nicht
    mach es nicht | tu das nicht | vergiss es | nö | nee
    non | non merci | surtout pas | annule | annulez | laisse | laisse tomber | ne fais pas ça | pas question
    no gracias | cancela | cancelar | mejor no | déjalo | no lo hagas | olvídalo | para nada
"""


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", letters))


def _phrases(table: str) -> frozenset[str]:
    return frozenset(_fold(phrase) for phrase in re.split(r"[|\n]", table) if phrase.strip())


YES, NO = _phrases(_YES), _phrases(_NO)
LONGEST = 40


def consent_in(text: str) -> Consent | None:
    """What `text` answers to a question of approval; None if it is no plain yes or no."""
    if len(text) > LONGEST or "?" in text:
        return None
    said = _fold(text)
    if said in YES:
        return "approve"
    return "reject" if said in NO else None
