"""What is asked of assistants and is no task: weather, music, messages, calls, lights, knowledge."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.de.nouns import CALENDAR, EVENT, OBJECT
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN

_WEATHER = (
    r"\w*wetter\w*|\w*temperatur\w*|\w*vorhersage\w*|regen(?:wahrscheinlichkeit|menge)?|regnet|regnen"
    r"|regnerisch"
    r"|schneit|schneien|schneefall|sonnig|bewölkt|windig|neblig|nebel|gewitter|hagel|grad|celsius|fahrenheit"
    r"|luftfeuchtigkeit|uv-?index|pollenflug|sonnen(?:auf|unter)gang|die\s+sonne\s+(?:auf|unter|scheint)"
    r"|\w*kälte\w*|hitze(?:welle)?|frost|regenschirm\s+mitnehmen"
)
_SOUND = (
    r"lied(?:er|es)?|\w*song\w*|playlists?|wiedergabeliste\w*|alben|albums?|\w*podcasts?|\w*radio\w*|musik\w*"
    r"|spotify|pandora|deezer|soundcloud|youtube|netflix|hörb(?:uch|ücher)\w*|\w*lautstärke\w*|shuffle"
    r"|zufallswiedergabe|(?:nächste[nrs]?|vorherige[nrs]?|letzte[nrs]?|diese[nrs]?)\s+(?:titel|track|stück)"
    r"|(?:diese|welche|beste|lieblings)\w*\s?band|sänger\w*|interpret\w*|hitparade|charts|favoriten|lieblings\w+|jazz|rock|\w*sender|folgen?(?=\s+(?:von|überspringen)|$)"
)
_TALK = (
    r"\w*nachrichten|schlagzeilen|news|sms|\w*nachricht|whats\s?app|telegram|messenger|e-?mails?|\w*mails"
    r"|posteingang|postfach|mailbox|tweets?|twitter\w*|facebook\w*|instagram\w*|soziale[nr]?\s+(?:medien"
    r"|netzwerke?n?)"
    r"|\w*anruf(?:e|es|s|er)?|telefonat|facetime|videochat|freunde\s+von|freundschaftsanfrage|online|kontakten?|adressbuch"
)
_WORLD = (
    r"restaurants?(?!\s+mit\b)|pizzeria\w*|kneipen?|hotels?|taxis?|uber|\w*tickets?|konzert(?:e|karten)?|kinofilm\w*"
    r"|filme?"
    r"|aktien\w*|\w*börse\w*|(?:wechsel|börsen|dollar|euro)kurs\w*|bitcoin\w*|in\s+der\s+nähe"
    r"|\w*verkehrs?\w*|staus?"
    r"|fahr\s?zeit|route|wegbeschreibung|zugverbindung\w*|zeitunterschied|zeitzone|rezepte?n?|kalorien"
    r"|zutaten"
    r"|witze?n?|rätsel|gesundheitstipps?|tipps?|ideen\s+(?:für|zum)|ratschläge|empfehlung(?:en)?"
    r"|fußballergebnis\w*"
    r"|hauptstadt|einwohner|bundesliga|spielstand|lotto\w*|zum\s+mitnehmen|lieferdienst\w*|parkservice"
    r"|sprachen?\s+spricht"
)
_HOME = (
    r"(?:\w*licht(?:er|es)?|\w*lampen?|\w*leuchten?|\w*beleuchtung|[\w-]*steckdosen?|\w*heizung(?:en)?"
    r"|thermostate?"
    r"|jalousien?|rol+(?:ä|a)den|rollos?|(?:staub)?saug(?:er|roboter)|kaffeemaschine|fernseher"
    r"|klimaanlage"
    r"|ventilator|garagentor|helligkeit|farben?|lautsprecher|musikanlage)"
)
# What asks for a task whatever it speaks of.
_FOR_TASKS = (
    rf"(?!.*\b(?:{OBJECT}|{EVENT}|{CALENDAR}|\w*listen?|erinner\w*|ermahn\w*|vergiss|vergessen|vergesse"
    rf"|notier\w*"
    rf"|merk\w*|weck\w*|denk\w*|benachrichtig\w*)\b)(?!mache?\s+eine?[nm]?\s+(?:.*\s)?aus$)"
)
# A chore about such a thing is a task: "die Heizung entlüften", "Konzertkarten kaufen".
_CHORE = (
    r"(?:kaufen|besorgen|holen|reparieren|putzen|bestellen|austauschen|üben|proben|abholen"
    r"|mitnehmen|mitbringen|zurückgeben|zurückbringen|ausleihen|aufräumen|verkaufen|reservieren|buchen"
    r"|vorbereiten|ausdrucken|anschließen|anbringen|aufhängen|installieren|montieren|streichen|bezahlen"
    r"|zahlen"
    r"|kündigen|entlüften|reinigen|warten|packen|sortieren|beantworten|schreiben|absagen|gießen"
    r"|herunterladen|einlösen|verlängern|abgeben|einreichen|umtauschen)"
)
_NOT_CHORE = rf"(?!(?:(?!(?:kannst|könntest|würdest)\b)(?!ich\b).)*\b(?:zu\s+)?{_CHORE}\W*$)"

FRAMES = (
    Frame("other", rf"{_FOR_TASKS}{_NOT_CHORE}.*\b(?:{_WEATHER}|{_SOUND}|{_TALK}|{_WORLD})(?!-)\b.*"),
    Frame(
        "other",
        rf"{_FOR_TASKS}(?:(?:schalt|dreh|knips|dimm|stell|fahr)e?|mach(?:e)?|zeige?|ändere?)\b.*\b{_HOME}\b.*"
        rf"|{_FOR_TASKS}.*\b{_HOME}\b.*\b(?:(?:an|aus|ein|um|ab)(?:schalten|machen|stellen|drehen|knipsen)"
        r"|an|aus|dimmen|heller|dunkler|wärmer|kälter|lauter|leiser|höher|hochdrehen|saugen)"
        r"|(?:(?:mach|dreh|stell|schalt)e?\s+)?(?:(?:es|die|das|den|mal|bitte|viel|etwas)\s+)*"
        r"(?:lauter|leiser|heller|dunkler|wärmer|kälter)(?:\s+(?:machen|drehen|stellen|bitte))?",
    ),
    # what another is asked to do now, and what is asked about the world
    Frame(
        "other",
        rf"{_FOR_TASKS}(?:(?:kannst|könntest|würdest|willst|wirst|magst|darfst)\s+du|(?:können|könnten"
        rf"|würden)\s+sie)\b"
        r".*\b(?:anrufen|zurückrufen|rufen|senden|schicken|schreiben|texten|antworten|abspielen|spielen"
        r"|vorspielen"
        r"|vorlesen|erzählen|erklären|übersetzen|singen|tanzen|kochen|rechnen|buchstabieren|sprechen)",
    ),
    Frame(
        "other",
        rf"{_FOR_TASKS}(?:(?!.*{WHEN})(?:(?:ruf(?:e|en)?|klingel(?:e|n)?)\s+.*\ban|(?:ruf|rufe)\s+\w+"
        rf"|wähle?\s+.*|(?:send|schick)e?\s+.*)"
        rf"|(?!.*{WHEN})schreib(?:e)?\s+(?!.*\b(?:auf|ein|hinzu|rein|dazu)\b).*|antworte?\s+.*"
        rf"|beantworte?\s+.*|leg(?:e)?\s+auf"
        r"|gib\s+\w+\s+bescheid.*|sage?\s+(?!mir\b|bescheid\b)(?!.*\bab$)\w+.*|lass\s+uns\s+.*"
        r"|erzähl(?:e)?\s+.*"
        r"|spiel(?:e|en)?\s+.*|weiterspielen.*|weiter\s?hören.*|übersetze?\s+.*|google\s+.*"
        rf"|(?:mach|koch|back|bring|bestell|kauf)e?\s+(?:mir|uns)\s+(?:bitte\s+)?ein(?:e[nm]?)?\s+(?!.*\b(?:vorschlag|notiz|zettel|aus|ab)\b)"
        r"(?!.*\ban\s*:).*"
        r"|beende?\s+(?:die\s+)?(?:verbindung"
        r"|das\s+gespräch)|(?:nächste[rns]?|vorherige[rns]?)\s+(?:lied|titel|folge|station|sender)"
        r"|(?:wer|wo|wieso|weshalb|warum|wem|wen)\s+(?!.*\b(?:ich|mein\w*|wir)\b).*"
        r"|wie\s+(?:alt|groß|hoch|weit|schwer|tief|teuer|heißt|heißen|nennt|macht\s+man|kocht|backt|schreibt"
        r"|sagt)\b.*"
        r"|(?:wie|was|womit|wozu|kann|welche\w*|soll)\b.*\b(?:kochen|backen|braten|grillen|garen|einfrieren"
        r"|ersetzen|zubereiten"
        r"|kocht|backt|gekocht|gebacken|essen\s+statt|anziehen)\b.*"
        r"|was\s+(?:ist|passiert|geschieht|gibt\s+es)\b.*\b(?:los|neues|passiert)\b.*\b(?:in|über|aus|von"
        r"|bei)\s+(?!mein).*"
        r"|(?:verbinde|frag(?:e)?|reagiere?|wahlwiederholung|informiere)\b(?!.*\b(?:ich|mich|listen?"
        r"|punkte)\b).*"
        r"|(?:lass|lasse)\s+(?!mich)\w+\s+wissen.*|(?:teile?)\s+.*\bmit\b.*|(?:dreh|mach)e?\s+(?:auf|an|aus"
        r"|zu)"
        r"|(?:schalte?|stelle?)\s+(?:mich|das\s+mikro\w*|auf)\s+.*|(?:mir\s+)?gefällt\s+.*|halt\s+an"
        r"|was\s+(?:bedeutet|heißt|kostet|kosten|weißt|denkst|hältst|sagt|ist\s+(?:ein|eine|die|der"
        r"|das)\s+(?!.*\b(?:ich|mein\w*)\b)).*"
        r"|(?:magst|kennst|weißt|liebst|glaubst|bist|warst|isst|schläfst)\s+du\b.*"
        r"|wann\s+(?:wurden?|war|waren|starb|lebte|kam|hat|ging)\b(?!.*\b(?:ich|frei|zeit|verfügbar)\b).*)",
    ),
    # what a loudspeaker plays or a machine does at once, and short answers
    Frame(
        "other",
        rf"{_FOR_TASKS}(?!.*(?:{WHEN}|{PRIORITY}))(?:(?:mach|leg|dreh|schalt|stell)e?\s+(?:\S+\s+){{1,5}}(?:an|auf|lauter|leiser|runter|hoch)"
        r"|(?:mach|koch|bereite|brüh)e?\s+(?:mir\s+|uns\s+)?(?:eine[nr]?\s+|nen\s+|den\s+)?(?:kaffee|tee|espresso|cappuccino|kakao)\b.*"
        r"|saug(?:e)?\s+.*|(?:ich|wir)\s+(?:will|wollen|möchte|möchten|würde|hätte)\s+(?:gerne?\s+)?(?:\S+\s+)*(?:hören|anhören|reden|quatschen|tanzen"
        r"|plaudern)"
        r"|bestell(?:e|en)?\s+.*\b(?:pizzas?|sushi|burger|döner|essen|pommes|curry|sandwich\w*|nudeln|ramen|tacos?)\b.*"
        r"|(?:mach|werde|sei)\s+(?:\S+\s+){0,3}(?:lauter|leiser|still|leise|ruhig|ruhe))"
        r"|bring(?:e)?\s+(?:mich|uns)\s+zum\s+.*|(?:ich|wir)\s+(?:will|wollen|möchte|mag|kann)\s+(?:das\s+)?nicht\s+(?!.*vergessen).*"
        r"|(?:gut|super|toll|schön|prima)\s+gemacht|lass\s+(?:es\s+|mal\s+)*(?:gut\s+)?(?:sein|bleiben)|bestätigen?|wiederholen?|erklären?"
        rf"|(?:(?:heute|gestern)\s+|{WHEN}\s*)?(?:habe?|hatte)\s+ich\s+.*\b(?:gegessen|getrunken|geschlafen|geträumt|gehabt|gefreut|erlebt)",
    ),
    # something to look up, named without a verb
    Frame(
        "other",
        rf"{_FOR_TASKS}(?!.*{WHEN})(?:der\s+|die\s+|das\s+)?(?:aktuelle[rs]?\s+)?(?:uhrzeit|datum|alter|bevölkerung|einwohnerzahl|fläche|entfernung"
        r"|distanz|synonym|definition|bedeutung|kosinus|sinus|wurzel|status|weg|\w*fahrplan|preis|höhe|größe|übersetzung|infos?|informationen"
        r"|neuigkeiten|trends)\s+(?:von|der|des|vom|für|zu[mr]?|nach|in|ins|im|über|zwischen|aus|auf|meine[rs]?|erde)\b.*"
        rf"|{_FOR_TASKS}(?:der\s+)?(?:dax|dow|nasdaq)\b.*|{_FOR_TASKS}\w*gefahr\s*{WHEN}",
    ),
    # what a player, a lamp or a kitchen does at once
    Frame(
        "other",
        rf"{_FOR_TASKS}(?!.*(?:{WHEN}|{PRIORITY}))(?:spule?\s.*|zurück\s+zum\s.*|(?:den\s+)?ton\s+(?:\S+\s+)?(?:an|aus|weg)|(?:koch|erhitz)e?\s+wasser"
        r"|mach(?:e)?\s+(?:eine?n?\s+|den\s+|die\s+|das\s+)?\S*\s?(?:stimmung|ambiente|atmosphäre)|etwas\s+.*\b(?:wäre\s+(?:schön|toll|gut)|zum\s+\w+en)"
        r"|(?:die\s+)?(?:besten\s+)?hits\s+.*|(?:ich\s+(?:brauche|will|möchte|hätte\s+gern)e?|gib\s+mir)\s+(?:einen|ein|eine|nen)\s+(?:kaffee|tee|bier"
        r"|espresso|drink|glas\s+\w+)|ich\s+(?:will|möchte)\s+\w+isch\s+essen|(?:hol|bring|besorg)e?\s+mir\s+eine?n?\s+(?:pizza|fahrkarte|ticket"
        r"|taxi|\w*karte\s+nach|bier|kaffee)\b.*|aktualisiere?\s+den\s+kontakt\b.*|ist\s+(?:der|die|das)\s+.*\bfertig)",
    ),
    # an answer to nothing that was asked, and what one feels
    Frame(
        "other",
        r"(?:ja|nein|nee|doch|genau|stimmt|richtig|danke|klar|natürlich|sicher|auf\s+keinen\s+fall|selbstverständlich)"
        r"(?:[\s,]+(?:bitte|aber|nicht|nein|ja|die|das|den|doch|gerne|danke|sehr|genau|so|ist|richtig))*|mir\s+ist\s+.*"
        r"|ich\s+habe?\s+(?:et)?was\s+ander\w+\s.*",
    ),
    # leafing through what was shown
    Frame(
        "other",
        r"(?!weiter$)(?:(?:geh|gehe|gehen|blätter|blättere|spring|springe|wechsle|zeige?|zeig|lies|lade?"
        r"|scroll|scrolle)\s+)?"
        r"(?:(?:mir|bitte|zu[rm]?|auf|die|den|das|noch|etwas|wieder|eine|nach)\s+)*+"
        r"(?:mehr|weitere|weiter|zurück|vorwärts|(?:eine\s+)?seite\s+(?:weiter|zurück|vor)"
        r"|(?:nächste[nrs]?|vorherige[nrs]?|vorige[nrs]?|letzte[nrs]?|erste[nrs]?"
        r"|vorangegangene[nrs]?)\s+(?:seiten?|blatt|bildschirm|ergebnis\w*|aufgaben(?=\s+(?:zeigen|anzeigen))))"
        r"(?:\s+(?:zeigen|anzeigen|blättern|scrollen|lesen|gehen|davon|bitte|seiten?|einträge|ergebnisse|an"
        r"|vor|unten|oben|nach"
        r"|laden|zur|zum|vorherigen|nächsten|letzten|ersten))*",
    ),
    # a bare length asks for nothing, nor does a small word
    Frame(
        "other",
        rf"{LENGTH}|(?:außerdem|also|und|oder|aber|dann|danach|so|nur|noch|auch|hier|da|dort|bitte|doch|mal"
        rf"|sonst|trotzdem"
        r"|deshalb|wieso|warum|was|wer|wo|wann|wie|welche[rs]?|ich|du|mich|mir|das|dies|der|die|ein|eine"
        r"|mehr|weniger|titel)",
    ),
)
