"""German words for priorities, labels, reminder leads and the edges of commands and titles."""

from __future__ import annotations

from conversations.agent.rules.model import Priority

PRIORITIES: dict[str, Priority] = {
    **dict.fromkeys(
        ("dringend", "dringende", "eilig", "eilige", "höchste", "höchster", "allerhöchste", "kritisch"),
        "urgent",
    ),
    **dict.fromkeys(("hoch", "hohe", "hoher", "hohen", "wichtig", "wichtige"), "high"),
    **dict.fromkeys(
        ("mittel", "mittlere", "mittlerer", "mittleren", "normal", "normale", "normaler"), "medium"
    ),
    **dict.fromkeys(
        ("niedrig", "niedrige", "niedriger", "niedrigen", "geringe", "geringer", "unwichtig"), "low"
    ),
    **dict.fromkeys(("keine", "keiner"), "none"),
}
_LEVEL = (
    r"(?:allerhöchste|höchster|höchste|hohe[rn]?|hoch|mittlere[rn]?"
    r"|mittel|normale?r?|niedrige[rn]?|niedrig|geringer?"
    r"|dringend|keine[r]?)"
)
# not before what ends in an infinitive with "zu": there an article is of its object
_NOT_ZU = (
    r"(?!.*(?:\szu\s\w+n"
    r"|\w(?:ab|an|auf|aus|ein|mit|vor|weg|nach|zurück|los|her|hin|um|bei|frei|fort)?zu\w+n)\W*$)"
)

SOURCES: dict[str, str] = {
    "priority": (
        rf"(?:,?\s*\b(?:mit|auf|als)\s+)?(?:der\s+)?\b(?P<level>{_LEVEL})[\s-](?:priorität|prio)\b"
        rf"|,?\s*(?:\bmit\s+)?\b(?:priorität|prio)(?:\s+ist|\s*:|\s*=|\s+auf)?\s+(?P<level2>{_LEVEL})\b"
        r"|(?:^|[\s,])!(?P<level3>dringend|hoch|mittel|niedrig)\b"
        r"|^(?P<level5>dringend|wichtig|eilig)\s*[:,!]+\s*"
        r"|^(?:eine?\s+)?(?P<level6>dringende|wichtige|eilige)\s+(?:aufgabe|erinnerung|notiz)\s*:\s*"
        r"|(?:,\s*|\b(?:ist|sehr|als|und)\s+)(?P<level4>dringend|wichtig|eilig)(?=\s*(?:$|[,.!;:]))"
        r"|(?<=\w\wn\s)(?P<level7>dringend)(?=\s*$)"
    ),
    "label": (
        r"(?:(?:^|(?<=\s))(?:#)(?P<label>[^\W\d]\w*(?:-\w+)*)|,?\s+(?:mit\s+(?:dem\s+)?(?:label|etikett|tag"
        r"|stichwort|schlagwort))\s+(?P<label2>\w[\w-]*)(?=\s*(?:$|[,.])))"
    ),
    "list": (
        r",?\s*\b(?:(?:auf|zu|zur|in)\s+(?:die\s+|der\s+|meine[r]?\s+|unsere[r]?\s+)?(?:liste\s+(?!hinzu"
        r"|ein\b|auf\b|an\b|bis\b|für\b|und\b|setzen|schreiben|um\b|am\b)(?P<list>\w+)"
        r"|(?!(?:die|der|mein|meine[rn]?|unsere[rn]?|eine[rn]?)\b)(?P<list2>\w+?)-?\s?liste)\b"
        r"|liste\s*:\s*(?P<list3>\w+)(?=\s*(?:$|[,.;!])))"
    ),
    "lead": (
        r"(?:,?\s*(?:und\s+)?(?:bitte\s+)?(?:erinnere?|benachrichtige?"
        r"|warne?|sag)\s+(?:mich|uns|mir)\s+(?:bitte\s+)?)?"
        r"(?P<duration>{duration})\s+(?:vorher|davor|zuvor|im\s+voraus"
        r"|früher)(?=\s*(?:$|[,.;!]|(?:daran|dass|an)\b))"
        r"|,?\s*mit\s+(?:einer\s+)?(?:erinnerung|vorwarnung)\s+(?P<duration2>{duration})\s+(?:vorher|davor)"
        r"|\b(?:erinnere?\s+(?:mich|uns))\s+(?P<duration3>{duration})\s+vor(?=\s+(?:de[mnr]|meine[mr])\b)"
    ),
    "polite_start": (
        r"(?:\s|[\"'.,!?:;)>*-]|\b(?:bitte|hey|ok|okay|also|dann|und|jetzt"
        r"|nun|ja|gut|hallo|hi|ähm?|äh|los|mal|doch"
        r"|(?:kannst|könntest|würdest|willst|wirst|magst)\s+du(?:\s+(?:bitte|mir\s+(?:bitte\s+)?helfen,?|mal"
        r"|vielleicht))*"
        r"(?!.*\b(?:anrufen|zurückrufen|senden|schicken|schreiben|antworten|abspielen|spielen|vorspielen"
        r"|erzählen|singen"
        r"|übersetzen|erklären)\b)"
        r"|(?:können|könnten|würden)\s+sie(?:\s+(?:bitte|mir))*(?!.*\b(?:anrufen|senden|schicken"
        r"|abspielen)\b)"
        r"|(?:kann|könnte|darf)\s+ich(?:\s+bitte)?(?=.*\b(?:hinzufügen|setzen|stellen|sehen|haben)\b)"
        r"|ich\s+(?:möchte|will|würde\s+gerne?|hätte\s+gerne?)(?:,?\s+dass\s+du)?(?=.*\b(?"
        r":erstellen|stellen|setzen"
        r"|löschen|hinzufügen|ändern|entfernen|sehen|verschieben|abbrechen|einstellen|überprüfen)\b)"
        r"|(?:hilf|hilfe)\s+mir\b|mach\s+mal|sei\s+so\s+(?:gut|lieb|nett)(?:\s+und)?"
        r"|(?:alexa|siri|google(?!\s+nach)|computer|cortana|bixby|jarvis|olly|olli|assistent|celia))\b)*"
    ),
    "polite_end": (
        r"(?:\s|[,!?;:\"'*]|(?<![0-9])\.|\b(?:bitte|danke(?:\s+schön)?|vielen\s+dank"
        r"|(?:und\s+)?erinnere?\s+mich\s+(?:bitte\s+)?d(?:a)?ran|(?:und\s+)?trage?\s+(?:das|es|ihn|sie)\s+(?:bitte\s+)?(?:mir\s+)?ein"
        r"|(?:und\s+)?schreibe?\s+(?:das|es)\s+(?:bitte\s+)?auf"
        r"|für\s+mich|ok|okay|ja|(?<!was\s)(?:würdest|kannst)\s+du"
        r"|wenn\s+du\s+kannst|wenn's\s+geht))*$"
    ),
    "separator": (
        r"\s{0,8}(?P<hard>[;\n]+|[.!?]+(?=\s))\s{0,8}(?:(?:und|dann|danach|außerdem)\s{1,8})*"
        r"|\s{0,8}(?:(?<!aufgabe)(?<!erinnerung)(?<!eintrag)(?<!hinzu)(?<!to-do)(?<!todo)|(?=,\s{0,8}(?:füg"
        r"|lösch|verschieb|erinner|zeig)))"
        r",\s{0,8}(?:(?:und|dann|danach|außerdem)\s{1,8})*"
        r"|\s{1,8}(?:(?:und|dann|sowie)\s{1,8})+(?:(?:auch|dann|danach|außerdem|noch)\s{1,8})*"
    ),
    # what stands within "füge … hinzu" is no command of its own
    "no_split": (
        r"(?:dass|damit|um\b|ob\b|die\b|der\b|das\b|den\b|zu\b|(?!(?:bitte\s+)?füge?n?\b)[^;.]*\bhinzu\W*$)"
    ),
    "new_command": (
        r"(?:bitte\s+)?(?:erinnere?\s+(?:mich|uns)|weck(?:e)?\s+(?:mich"
        r"|uns)|stelle?\s+(?:mir\s+)?(?:einen|den|meinen)\b"
        r"|(?:kannst|könntest|würdest)\s+du|ich\s+muss|lösche?\b|zeige?\s+mir"
        r"|füge\b|verschiebe?\b|markiere\b)\b"
    ),
    "question": (
        r"(?:(?:(?:für|mit|von|bei|zu|an|über|wegen|in|auf)\s+)?(?:wen|wem|was|welche[rnms]?)|wer|wessen|wo"
        r"|wohin|woher|wann|warum|wieso|weshalb"
        r"|wie|welche[rnms]?|worum|wozu|ist|sind|war|waren"
        r"|hat|hast|habt|haben|habe|bin|bist|gibt|kann|können|könnte|kannst|könntest|würdest|weißt|kennst"
        r"|soll"
        r"|sollte|will|wird|werden|würde|darf|muss|müssen|(?:arbeitet|wohnt|lebt|mag|studiert|spielt|kostet"
        r"|enthält|beinhaltet|schmeckt|passt|funktioniert|liegt|fährt|heißt"
        r"|macht|spricht|gehört|hält|öffnet|schließt|sinkt|steigt|gewinnt|verliert|weiß|bedeutet|stimmt"
        r"|dauert|braucht|geht|steht"
        r"|fliegt|wirkt|hilft|scheint|bleibt|klingt|trägt|isst|singt|kennt|verkauft|liefert|schneit|stürmt)"
        r"|\w+\s+(?:ich|wir|er|man)(?!-)|\w+(?:st)\s+du"
        r"|(?!nicht\b|jetzt\b)\w{3,}t\s+(?:der|die|das|ein|eine|es|irgendjemand)(?=\s)"
        r"(?!.*en\s*$|\s+(?:halbe\s+|ganze\s+)?(?:woche|stunde|minute|viertelstunde|monat|jahr|tag)\b)"
        r"|gab|läuft|kommt|regnet|um\s+wie\s?viel|in\s+welche[rmn])\b"
    ),
    "statement": (
        r"(?:ich|du|er|sie|es|wir|ihr|man|das|dies|mein\w*\s+\w+\s+(?:ist"
        r"|war|sind|waren)|niemand|jeder|es\s+gibt)\b"
    ),
    "outside": (
        r"(?:spiele?|überspringe?|skippe?|pausiere?|wiederhole?|navigiere?|sage?\s+(?:mir|\w+)"
        r"|erzähle?|google|suche?|such\s+nach|finde?|übersetze?|rechne"
        r"|berechne|erkläre?|definiere?|beschreibe?|empfiehl"
        r"|empfehle|öffne|starte?|beginne|schalte?|mach(?:e)?\s+(?:das"
        r"|die|den|es|lauter|leiser)|dimme?|lauter|leiser|stumm"
        r"|lautstärke|ruf(?:e)?\b|anruf|telefoniere|schreibe?\b|sende?\b"
        r"|schick(?:e)?\b|antworte|beantworte|lies|lese"
        r"|zeige?|beende?|stopp?e?|halte?|prüfe?|überprüfe?|check(?:e)?"
        r"|gib|nenne?|teile?|like|bestelle?\s+(?:mir\s+)?ein(?:e|en)?\s+(?:taxi"
        r"|pizza|uber)"
        r"|buche?\s+(?:mir\s+)?ein(?:e|en)?|drehe?|fahre?|leg(?:e)?\s+auf"
        r"|nimm|füge?\s+\w+\s+zum\s+anruf|klingel)\b"
    ),
    # said by the frames of `outside.py`, before any other
    "elsewhere": r"(?!)",
    "title_start": (
        r"(?:\s|[\"'.,:;!?()*-]|\b(?:daran|dies(?=,)|dass\s+ich|dass|an|fürs|für(?!.*\szu\s\w+n\W*$)|namens"
        r"|mit\s+dem\s+(?:titel|namen)|und|bitte|um|zu(?!\s+\w+\s+\w+en\s*$)|hinzu"
        r"|(?:zum|zur|von|am|im)(?!\s.*\s\w+e?[lr]?n\W*$)"
        r"|über|wegen|ich\s+muss|ich\s+soll|mich\s+daran\s+zu\s+erinnern,?(?:\s+dass)?"
        r"|bis|damit\s+ich)[\s,:]+)*"
    ),
    "title_end": (
        r"(?:\s|[.,:;!?*\"-]|\b(?:am|an|um|bis|für|von|auf|und|bitte|jede[nrs]?"
        r"|ab|mit|im|in|zu(?:m|r)?|ein|hinzu|fällig"
        r"|erinnern|erinnert\s+werden|muss|soll|habe|erstellen|stellen|einstellen"
        r"|anlegen|eintragen|hinzufügen|vor|(?:in|im|auf|zu[mr]?)\s+(?:(?:den|dem|meinem|meinen|unseren"
        r"|unserem)\s+)?kalend[ae]r)\b)*$"
    ),
    "reference_start": (
        rf"(?:\s|[\"'.,:;!?-]|\b(?:(?:der|die|das|den|dem){_NOT_ZU}|mein(?:e[nmrs]?)?"
        r"|unser(?:e[nmrs]?)?|ein(?:e[nmrs]?)?|alle[nrs]?|dies(?:e[nmrs]?)?"
        r"|zu|(?:zum|zur)(?!\s.*\s\w+e?[lr]?n\W*$)|für|an|über|daran|dass|bezüglich|mit|namens|aufgaben?"
        r"|erinnerung(?:en)?|to-?dos?|um|von|vom|wegen|punkt|eintrag|namen|(?:mit\s+)?dem\s+namen)[\s,:]+)*"
    ),
    "reference_end": (
        r"(?:\s|[.,;:!?\"-]|\b(?:am|an|um|bis|für|von|vom|auf|der|die|das"
        r"|bitte|aufgaben?|erinnerung(?:en)?|und|ab|aus|zu|jetzt"
        r"|wieder|nicht\s+mehr|in|im|zum|zur|hinzu"
        r"|(?:von|aus|in|im|vom|auf)\s+(?:(?:meinem|dem|meinen|unserem|den|deinem)\s+)?kalend[ae]r)\b)*$"
    ),
    "query_text": (
        r"\b(?:über|für|mit|namens|bezüglich|zum\s+thema|wegen|zu|zum)\s+(?:die\s+"
        r"|den\s+|das\s+|meine?n?\s+)?"
        r"(?P<text>[^\ue000\ue001]+)"
    ),
    "query_list": r"(?P<list>\w+?)-?\s?liste\b",
    "query_noise": r"(?:aufgaben|to-?do|todo|die|der|meine|alle|heute|morgen|neue)",
    "done": r"\b(?:erledigt\w*|fertig\w*|abgeschlossen\w*|geschafft)\b",
    "early": r"\b(?:weck\w*|aufstehen|alarm\w*|aufwachen)\b",
    "alarm": r"\b(?:weckern?|alarme?n?|weckruf|weckzeit(?:en)?|weck(?:e)?\s+(?:mich|uns)|aufwecken|wecken)\b",
    "timer": r"\b(?:timers?|countdowns?|stoppuhr|kurzzeitwecker|zeitmesser|zeitschaltuhr)\b",
    "less": (
        r"^(?:nimm|ziehe?|verkürze|kürze|reduziere|verringere|entferne"
        r"|lösche|zieh)\b|\bfrüher\b|\bvorziehen\b|\bvor\s*$|\bnach\s+vorne?\b"
    ),
}
