"""German words that tell the language from others."""

from __future__ import annotations

from conversations.agent.rules.language import words

WORDS = words(
    """
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
    verschiebe verschieb erledigt gekauft halb viertel früh abend abends mittag nachmittag
    """
)
