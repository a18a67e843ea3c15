"""German verbs that name a task, in the form that stands at its end, and words that point at a task."""

from __future__ import annotations

from conversations.agent.rules.language import words

_SIMPLE = words(
    """
    abgeben abheben abholen abmelden abschicken absenden abstauben abwaschen anmelden anrufen
    anschauen antworten
    aufhängen aufladen aufräumen aufstehen ausdrucken ausfüllen ausleihen ausräumen backen baden
    bauen beantragen
    beantworten bearbeiten befüllen bestellen besuchen bezahlen bestätigen besprechen besorgen
    bringen buchen bügeln
    düngen duschen einkaufen einladen einpacken einräumen einreichen einzahlen entkalken entsorgen
    erledigen erneuern
    essen fahren fertigstellen feiern fegen füttern gehen gießen gratulieren heizen holen impfen
    informieren installieren
    joggen kaufen kochen kontrollieren kopieren kündigen laufen leeren lernen lesen liefern lüften
    machen mailen mähen
    melden mieten mitbringen mitnehmen nachfragen nachsehen nähen nehmen organisieren packen
    pflanzen planen posten
    proben prüfen putzen rausbringen rasieren reinigen renovieren reparieren reservieren rufen
    saugen schauen schicken
    schneiden schreiben sehen senden sortieren spazieren spenden sprechen spülen staubsaugen stellen
    streichen suchen
    tanken telefonieren treffen trinken trainieren überweisen umtauschen unterschreiben üben
    verabreden verkaufen
    verlängern verschicken versichern vereinbaren vorbereiten wandern warten waschen wechseln
    wegbringen werfen wischen
    geben setzen legen halten stehen ziehen tragen lassen fragen sagen zeigen erzählen hören finden öffnen
    schließen arbeiten studieren wählen messen wiegen zählen binden schlagen drehen drucken schalten füllen
    räumen schrauben kleben malen zeichnen singen tanzen spielen turnen klettern wärmen kühlen frieren tauen
    ölen schleifen sägen bohren hängen stecken wickeln falten rollen heben schieben drücken klopfen bürsten
    föhnen färben nähen stricken häkeln basteln sammeln wechseln klingeln regeln ordnen rechnen buchstabieren
    üben beginnen beenden verschieben verteilen verpacken versenden verlegen verfassen vergleichen
    verabschieden
    zusammenfassen überprüfen übersetzen untersuchen unterrichten umtopfen imprägnieren dehnen lackieren
    zahlen zurückgeben zurückrufen zurückschicken zusagen
    """
)
_PREFIXES = words(
    """
    ab an auf aus bei durch ein fest fort frei her hin los mit nach raus rein rüber runter um vor weg weiter
    zu zurück zusammen heraus herunter hinein
    """
)
# "anschreiben", "rausstellen": a separable prefix before what is a verb without it
VERBS = _SIMPLE | {f"{prefix}{verb}" for prefix in _PREFIXES for verb in _SIMPLE}
COMMAND_VERBS = words(
    """
    erinnere erinner lösche lösch entferne setze setz stelle stell füge verschiebe verschieb ändere
    zeige zeig markiere
    hake streiche streich benenne erstelle notiere plane trage kaufe kauf bestelle rufe ruf schreibe
    schreib schicke
    schick bring bringe hole hol gib sag buche buch bezahle bezahl
    """
)
MEANS = words("gehen fahren laufen geh fahr lauf")
CONNECTORS = words("und oder von für auf bei in mit ist sind war waren")
PRONOUNS = words("es das dies diese dieses diesen den die sie ihn dieser") | {
    "die letzte",
    "das letzte",
    "diese aufgabe",
    "die aufgabe",
    "die letzte aufgabe",
    "diese erinnerung",
}
