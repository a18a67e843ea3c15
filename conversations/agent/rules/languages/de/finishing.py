"""Shapes of German commands that complete, reopen or delete tasks."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.de.nouns import ALARM, ANY, LIST, OBJECT, TASK, THE, verb
from conversations.agent.rules.marks import WORDS

_DELETE = verb(
    "lösch entfern streich stornier annullier beseitig verwerf cancel canceln eliminier "
    "tilg vernicht widerruf"
)
_DISCARD = verb("werd werf schmeiß räum leer bereinig ignorier verwerf kill")

_DONE = (
    r"(?:erledigt|fertig|abgeschlossen|abgehakt|gemacht|beendet|vollständig|fertiggestellt|vollendet"
    r"|komplett|geschafft|gekauft|abgearbeitet|besorgt|durch|vom\s+tisch|vollbracht|ausgeführt|getan)"
)
_OF_LIST = rf"(?:\s*,?\s+(?:von|vom|auf|in|aus|bei)\s+{LIST})?"
_ALREADY = r"(?:(?:schon|bereits|gerade|endlich|jetzt|alle|eben|nun|heute|gestern)\s+)*"
FRAMES = (
    Frame(
        "reopen",
        rf"(?:{verb('öffn aktivier')})\s+{THE}(?:{TASK}\s+)?(?P<ref>.+?)\s+(?:wieder|erneut|noch\s?mal)"
        rf"|{THE}(?P<ref2>.+?)\s"
        rf"+(?:wieder\s+(?:öffnen|aufmachen)|(?:ist|sind)\s+(?:doch\s+)?(?:noch\s+)?"
        rf"nicht\s+(?:fertig|erledigt|gemacht))|(?:{verb('markier setz')})\s+{THE}(?P<ref3>.+?)\s+(?:als"
        rf"|auf)\s+(?:nicht\s+(?"
        rf":erledigt|fertig)|unerledigt|offen)|mach(?:e)?\s+{THE}(?P<ref4>.+?)\s+wieder\s+auf",
    ),
    Frame(
        "complete",
        rf"(?:{verb('markier setz stell kennzeichn meld vermerk')})\s*,?\s*{THE}(?:{TASK}\b[\s,:]*)?(?P<ref>"
        rf".+?)\s*,?{_OF_LIST}\s+(?:als"
        rf"\s+|auf\s+){_DONE}(?:\s+.*)?"
        rf"|{THE}(?P<ref2>.+?)\s+als\s+{_DONE}\s+(?:markieren|kennzeichnen|setzen|abhaken|melden)",
    ),
    Frame(
        "complete",
        rf"(?:{verb('hak streich kreuz')})\s+{THE}(?:{TASK}\b[\s,:]+)?(?P<ref>.+?){_OF_LIST}\s+(?:ab"
        rf"|durch)(?:{_OF_LIST}|\s+.*)"
        rf"|{THE}(?P<ref2>.+?){_OF_LIST}\s+(?:abhaken|durchstreichen)"
        rf"|{THE}{TASK}\b[\s:,]+(?P<ref5>.+?)\s+(?:abschließen|beenden|erledigen|fertigstellen"
        rf"|vervollständigen)"
        rf"|(?:{verb('schließ beend')})\s+{THE}(?:{TASK}\s+)?(?P<ref3>.+?){_OF_LIST}\s+ab"
        rf"|(?:{verb('erledig vervollständig vollend beend')})\s+{THE}{TASK}\b[\s:,]*(?P<ref4>.+?){_OF_LIST}",
    ),
    Frame(
        "complete",
        rf"(?:{verb('markier')})\s*,?\s*(?!(?:in|im|mich|uns)\b"
        rf"|.*kalender){THE}(?P<ref>.+?)(?:\s*,?\s+(?:auf|in|von)\s+{LIST}.*|\s+ab)?"
        rf"|(?:(?:ich\s+bin|bin|wir\s+sind)\s+)?{_ALREADY}(?:fertig"
        rf"|durch)\s+mit\s+{THE}(?:{TASK}\b[\s,:]*)?(?P<ref2>.+?){_OF_LIST}",
    ),
    Frame(
        "complete",
        rf"(?:ich|wir)\s+(?:habe?|haben|bin|sind)\s+{_ALREADY}(?:mit\s+)?{THE}"
        rf"(?:{TASK}\s+)?(?P<ref>{WORDS}+?)\s+{_ALREADY}"
        rf"(?:{_DONE}|ge\w+[tn]|\w+ge\w+[tn]|be\w+[tn]|er\w+t|ver\w+t|über\w+n)",
    ),
    Frame(
        "complete",
        rf"(?!(?:was|welche\w*|wann|wie|wo)\b){THE}(?P<ref>.+?)\s+(?:ist|sind|wurden?|hab(?:e)?\s+ich"
        rf"|haben\s+wir)\s+{_ALREADY}{_DONE}(?:\s+.*)?",
    ),
    Frame(
        "complete",
        rf"(?!(?:was|welche\w*|wann|wie|wo|wem)\b){THE}(?P<ref>.+?)\s+(?:hab(?:e)?\s+ich|haben\s+wir)\s+{_ALREADY}"
        r"(?:mir\s+)?(?:ge\w+[tn]|\w+ge\w+[tn]|be\w+[tn]|er\w+t|ver\w+t|über\w+n)"
        rf"|(?!(?:was|welche\w*|wann|wie|wo)\b){THE}(?P<ref3>.+?)\s+(?:ist|sind)\s+{_ALREADY}(?:(?:ab|ver|los)geschickt|verschickt"
        r"|geschrieben|geputzt|gewaschen|bezahlt|überwiesen|eingekauft|weggebracht|abgegeben|eingereicht|draußen|unterschrieben)"
        rf"|(?:{verb('kreuz hak')})\s+{THE}(?P<ref2>.+?){_OF_LIST}\s+an",
    ),
    Frame(
        "complete",
        rf"(?!(?:was|welche\w*|wann|wie|wo)\b){THE}(?:{TASK}\s+)?(?P<ref>.+?)\s+(?:erledigt|fertig|abgeschlossen|abgehakt"
        rf"|fertiggestellt|beendet|vollendet|abgearbeitet|geschafft|bezahlt)",
    ),
    Frame(
        "update",
        rf"(?:{verb('entfern lösch')}|nimm)\s+{THE}(?:(?P<clear>fälligkeit\w*"
        rf"|termin|datum|frist)|(?P<clear_rrule>wiederholung))\s+"
        rf"(?:von|vom|bei|für|aus)\s+{THE}(?P<ref>.+)(?<!kalender)",
    ),
    Frame(
        "delete",
        rf"(?:{verb('lösch entfern streich tilg werf schmeiß lass')}|wirf|(?:nimm|nehmen\s+sie"
        rf"|hole?)(?!.*\b(?:auf|in|zu)\s+\S*\s?\S*listen?\b))\s+"
        rf"{THE}(?:{TASK}\b[\s,:]+)?(?P<ref>.+?)\s*,?\s+(?:von"
        rf"|aus|in|auf|vom)\s+{LIST}(?:\s+(?:weg|runter|heraus|raus|herunter))?"
        rf"|(?:von|aus|auf|in)?\s*{LIST}\s*,?\s+(?:{verb('lösch entfern')})\s+{THE}(?P<ref2>.+)"
        rf"|{THE}(?P<ref3>.+?)\s+(?:von|aus|vom)\s+{LIST}\s+(?:löschen|entfernen|streichen|nehmen)",
    ),
    Frame(
        "delete",
        rf"(?:{verb('nehm streich werf schmeiß')}|nimm|wirf)\s+{THE}(?P<ref>.+?)\s+aus\s+(?:dem|meinem"
        rf"|unserem)\s+"
        r"(?:kalender|terminkalender|planer)(?:\s+(?:raus|heraus|weg))?",
    ),
    Frame(
        "delete",
        rf"(?:{_DELETE}|verwirf)\s+"
        rf"{THE}(?:{TASK}\b\s*[,:]\s*)?(?P<ref>.+)"
        rf"|(?:{verb('sag brech schaff blas lehn')}|brich)\s+{THE}(?P<ref2>.+?)\s+(?:ab)(?:\s+.*)?"
        rf"|(?:{verb('setz')})\s+{THE}(?P<ref6>(?!ein|neu).+?)\s+ab"
        rf"|{THE}(?P<ref3>.+?)\s+(?:löschen|entfernen|absagen|stornieren|abbrechen|canceln"
        rf"|vernichten|loswerden|annullieren|beseitigen)"
        rf"|(?:{verb('schalt stell')})\s+{THE}(?P<ref4>(?:alle\w*\s+)?(?:{ALARM})\b.*?)\s+(?:aus|ab)",
    ),
    Frame(
        "delete",
        rf"(?:{verb('deaktivier')})\s+{THE}(?P<ref5>(?:.*?\s)?(?:{ANY})\b.*)"
        rf"|(?:{_DISCARD}|wirf|vergiss(?!\s+(?:bitte\s+)?nicht))\s+"
        rf"{THE}(?P<ref>(?:.*?\s)?(?:{ANY})\b.*?)(?:\s+(?:los|weg|raus|weg|auf|leer))?"
        rf"|(?:lass|lasse|lassen\s+sie)\s+{THE}(?P<ref4>.+?){_OF_LIST}\s+(?:weg|raus|fallen|aus)"
        rf"|(?:mach|räum)e?\s+{THE}(?P<ref3>(?:.*?\s)?(?:{ANY})\b.*?)\s+(?:leer|frei)"
        rf"|{THE}(?P<ref2>.*\b(?:{ANY})\b.*?)\s+(?:leeren|bereinigen|wegwerfen|weglassen|verwerfen"
        rf"|ignorieren|rausnehmen|räumen)",
    ),
    Frame(
        "delete",
        rf"(?:es\s+ist\s+)?nicht\s+(?:mehr\s+)?(?:notwendig|nötig|erforderlich)\b,?\s+(?:(?:auf"
        rf"|von)\s+{LIST}\s+)?(?P<ref4>.+)"
        rf"|(?:(?:ich|wir)\s+)?(?:muss|müssen|brauche"
        rf"|brauchen)\s+{THE}(?P<ref5>.+?)\s+nicht\s+mehr(?:\s+\w+)?"
        rf"|{THE}(?P<ref6>.+?)\s+(?:brauche|brauchen|muss|müssen)\s+(?:ich|wir)\s+nicht\s+mehr(?:\s+\w+)?"
        r"|(?:erinnere?|ermahne)\s+mich\s+(?:bitte\s+)?nicht\s+(?:mehr\s+)?(?:daran,?\s+|an\s+)?(?P<ref>.+)"
        rf"|(?:ich\s+)?(?:brauche|will|möchte)\s+{THE}(?P<ref2>.*\b{OBJECT}\b.*?)\s+nicht\s+mehr(?:\s+.*)?"
        rf"|(?:ich\s+)?(?:brauche|will|möchte)\s+kein(?:e|en)?\s+(?P<ref3>.*\b{OBJECT}\b.*)",
    ),
)
