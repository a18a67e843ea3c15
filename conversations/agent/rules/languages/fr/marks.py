"""French words that tell the language from others."""

from __future__ import annotations

from conversations.agent.rules.language import words
from conversations.agent.rules.languages.fr.verbs import COMMAND_VERBS, VERBS

WORDS = (
    VERBS
    | COMMAND_VERBS
    | words(
        """
    le la les l' un une des du de d' et ou à au aux est sont suis je j' tu il elle nous vous ils me
    m' moi te toi mon ma
    mes ton ta tes notre nos ce cet cette ces ne n' pas plus pour avec dans sur en chez par avant
    après qui que qu' quoi
    quel quelle quels quelles quand où comment combien ai as a avons ont dois doit faut peux peut
    pouvez veux demain
    hier aujourd'hui aujourd' hui matin midi soir nuit semaine mois an jour jours heure heures lundi
    mardi mercredi jeudi
    vendredi samedi dimanche rappelle rappelez rappel ajoute ajoutez supprime supprimez mets mettez
    crée créez annule
    liste tâche tâches acheter appeler chaque tous toutes prochain prochaine réveil alarme minuteur
    montre affiche
    s'il plaît merci s' fait terminé et demie quart c' y monte baisse joue lance
    mets quoi sa ses leur leurs cela ça peut voudrais aimerais être faire
    es t' lis derniers dernière dernier premières premier mais parce même comme
    son tout cette toujours jamais puis alors après-midi mi coupe arrête ferme ouvre éteins allume
    fais faites dis montre quel très aussi encore trop rien chez donc ici là min pm am
    """
    )
)
