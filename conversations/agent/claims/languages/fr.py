from __future__ import annotations

from conversations.agent.claims.operations import (
    ANY,
    CHANGE,
    COMPLETE,
    CREATE,
    DELETE,
    FORGET,
    OUTWARD,
    REMEMBER,
    REMIND,
    REOPEN,
    RESTORE,
    UNDO,
)
from conversations.agent.claims.wording import Wording, words_of

E = r"(?:é|ée|és|ées)"

WORDING = Wording(
    code="fr",
    words=words_of(
        """
        la le les est votre vous ta ton à et pour une un des je j c du au dans bien été
        """
    ),
    claims=(
        (CREATE | CHANGE | REMIND, rf"ajout{E}|cré{E}|inscrit(?:e|s|es)?|planifi{E}|programm{E}|insér{E}"),
        (
            CREATE | CHANGE | REMIND | REMEMBER,
            rf"not{E}|enregistr{E}|sauvegard{E}|mémoris{E}|consign{E}",
        ),
        (
            CHANGE | REMIND | CREATE,
            rf"déplac{E}|report{E}|décal{E}|avanc{E}|repouss{E}|prévue?s?\s+(?:maintenant|désormais)"
            r"|pass(?:é|ée|és|ées)\s+(?:à|en)|mis(?:e|es)?\s+(?:sur|dans|à)(?!\s+jour)|fix(?:é|ée)",
        ),
        (
            CHANGE | COMPLETE | REOPEN,
            rf"modifi{E}|renomm{E}|mis(?:e|es)?\s+à\s+jour|chang{E}|attribu{E}|corrig{E}|ajust{E}",
        ),
        (COMPLETE, rf"termin{E}|coch{E}|achev{E}|complét{E}|comme\s+(?:termin{E}|faites?|faits?|complèt\w+)"),
        (DELETE, rf"supprim{E}|effac{E}|retir{E}|enlev{E}|annul{E}|jet{E}"),
        (REOPEN, r"rouvert(?:e|s|es)?|réouvert(?:e|s|es)?"),
        (RESTORE | REOPEN, rf"restaur{E}|récupér{E}|rétabli(?:e|s|es)?"),
        (UNDO | DELETE, rf"annul{E}|défait(?:e|s|es)?"),
        (
            REMIND,
            r"(?:rappellerai|préviendrai|avertirai)|ser(?:ez|as)\s+(?:averti|prévenu|notifié)\w*"
            r"|recevr(?:ez|as)\s+un\s+rappel|rappel\b[^.;]{0,120}\b(?:défini|réglé|activé|mis)",
        ),
        (REMEMBER, r"retenu|(?:me\s+souviendrai|retiendrai)"),
        (FORGET, rf"oubli{E}"),
        (
            OUTWARD,
            rf"envoy{E}|expédi{E}|réserv{E}|invit{E}|transmis(?:e|es)?|command{E}|pay{E}|publi{E}|notifi{E}"
            r"|(?:est|sont)\s+partie?s?",
        ),
        (
            ANY,
            r"(?:est|sont|a|ont|s'appelle|figure|figurent)\s+(?:maintenant|désormais)"
            r"|(?:est|sont|figure|figurent)\s+(?:bien\s+|déjà\s+)?(?:sur|dans)\s+(?:votre|ta|la)\s+liste",
        ),
    ),
    openings=r"(?:voilà,?\s+)?(?:c'est\s+(?:fait|noté|réglé|bon)|fait|terminé|entendu,?\s+c'est\s+fait)\b",
    denials=r"\bn'|\bne\b|\bpas\b|\brien\b|\baucune?\b|\bjamais\b|\bsans\b|\béchou",
    offers=r"\b(?:peux|peut|pouvez|puis-je|voulez|veux|souhait\w+|si|dites|dis|accord|confirm\w*|avant|dois|devez"
    r"|faut|lorsque|quand|peuvent|pourr\w+|voudr\w+|laquelle|lequel|besoin|approb\w+|approuv\w+|autoris\w+)\b",
    reports=r"\b(?:hier|avant-hier|derni(?:er|ère)\s+(?:semaine|mois|fois)|la\s+semaine\s+dernière|déjà|il\s+y\s+a"
    r"|auparavant|jusqu'ici|restent|reste|toujours|automatiquement|\d+\s+jours)\b",
    first_person=r"\bj'|\bje\b|\bnous\b",
    by_user=r"\b(?:vous\s+avez|tu\s+as|que\s+vous)(?:\s+\w+)?\s*$",
    later=r"\b(?:être|à|sera|seront)\s*$",
    calendar=r"\b(?:dans|à|sur)\s+(?:votre|ton|l'|le|mon)\s*(?:agenda|calendrier)\b",
    counted=r"tâches?|éléments?|rappels?|listes?|choses?|entrées?",
    numbers={
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
        "dix": 10,
        "douze": 12,
        "vingt": 20,
    },
    empty=words_of(
        """
        le la les l un une des du de d à au aux en et ou je j tu il elle nous vous ils elles me m te t
        se s ce c cet cette ces mon ma mes ton ta tes son sa ses votre vos notre nos est sont a ont été
        être avoir ai as avez sera pour par sur dans avec comme que qu qui bien très maintenant
        désormais aussi encore déjà tout tous toute toutes deux trois quatre cinq six sept huit neuf dix
        fait faite faits terminé terminée tâche tâches liste listes rappel rappels élément éléments
        priorité urgent urgente haute basse date titre nom heure h heures aujourd hui demain hier matin
        midi soir nuit semaine mois an année lundi mardi mercredi jeudi vendredi samedi dimanche janvier
        février mars avril mai juin juillet août septembre octobre novembre décembre dernière dernier
        modification corbeille boîte parfait d'accord accord super voilà noté note agenda calendrier
        nouveau nouvelle rappellerai marquée marquées marqué y
        """
    ),
)
