"""German words that tell the language from others."""

from __future__ import annotations

from conversations.agent.rules.language import words
from conversations.agent.rules.languages.de.verbs import VERBS

WORDS = VERBS | words(
    """
    timer alarm abbrechen anhalten stoppen
    der die das den dem des ein eine einen einem einer eines und oder aber ist sind war bin habe
    hast hat haben ich
    mich mir mein meine meinen meinem meiner du dich dir dein deine wir uns unser unsere sie es er
    nicht kein keine
    mit zu zum zur für von vom auf an am im in bei nach vor bis um ab aus über unter daran dass
    damit wann wie was
    wo wer welche welcher welches welchen bitte heute morgen übermorgen gestern uhr jeden jede jedes
    alle nächste
    nächsten nächster woche monat jahr tag tage stunde stunden minuten erinnere erinner erinnerung
    füge hinzu lösche
    lösch stelle stell wecker setze setz zeige zeig kaufen anrufen montag dienstag mittwoch
    donnerstag freitag
    samstag sonntag liste aufgabe aufgaben termin noch kann kannst muss soll will möchte mach mache
    ruf rufe
    januar februar märz april mai juni juli august september oktober november dezember
    markiere markier lösche entferne entfern trage trag schreib schreibe nimm hake streiche
    wecke weck vergiss denk denke merk notiere erstelle erstell termin termine besprechung
    einkaufsliste welche wird gibt hat nicht noch nochmal danke hallo guten tschüss schön ruhe
    gehen machen besorgen bestellen holen abholen putzen schreiben lesen prüfen gießen waschen
    bezahlen backen kochen packen lernen füttern spielt spiel spiele
    jeden jeder jedes täglich wöchentlich monatlich jährlich werktags stündlich mittags nachts
    montags dienstags mittwochs donnerstags freitags samstags sonntags ungefähr
    ersten zweiten dritten letzten nummer beide zurück weiter lauter leiser
    verschiebe verschieb erledigt gekauft halb viertel früh abend abends mittag nachmittag
    """
)
