"""What is asked of assistants in French and is no task: weather, music, calls, lights, knowledge."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.fr.nouns import EVENT, OBJECT
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN

_WEATHER = (
    r"averses?|éclaircies|brouillard|verglas|canicule|gelées?|vague\s+de\s+(?:froid|chaleur)|(?<!liquide\sde\s)refroidissement"
    r"|température\s+ressentie|bulletin\s+météo|"
    r"météo|meteo|températures?|prévisions?|pluie|pleut|pleuvoir|pleuvra|pluvieux|neige|neiger|neigera"
    r"|orages?|orageux|averses?|verglas|brouillard|canicule|ensoleillé|soleil|vent|venteux|humidité|degrés"
    r"|celsius|fahrenheit|(?:quel|le|du|au)\s+temps\s+(?:fait|fera|sera|qu'il|est|de|dehors)|temps\s+qu'il\s+f\w+"
    r"|(?:fait|fera|faire)-?(?:t-)?(?:il)?\s+(?:\w+\s+)?(?:froid|chaud|beau|frais|doux|nuit|jour)"
    r"|besoin\s+(?:de\s+|d')?(?:mon\s+|ma\s+|un\s+|une\s+)?(?:veste|manteau|parapluie|pull|écharpe|gants)"
    r"|(?:porter|mettre|prendre)\s+(?:un\s+|une\s+|des\s+)(?:short|shorts|veste|manteau|parapluie|pull)"
)
_SOUND = (
    r"chansons?|playlists?|albums?|podcasts?|radio|musique|spotify|pandora|deezer|youtube|netflix|livre\s+audio"
    r"|volume|morceau|piste|titre\s+(?:suivant|précédent)|lecture\s+aléatoire|mode\s+aléatoire|paroles|chanteu\w+"
    r"|groupe\s+de\s+musique|station\s+de|épisodes?|disques?|émissions?|favoris|favorites?|préférée?s|jazz|rock|rap|classique"
)
_TALK = (
    r"appels?|messages?|messagerie|sms|texto|whatsapp|messenger|(?:e-?)?mails?|courriels?|boîte\s+de\s+réception"
    r"|tweets?|twitter|facebook|instagram|amis\s+(?:en\s+commun|communs)|connexion|en\s+ligne|répondeur"
    r"|haut-parleur|numéro\s+de\s+téléphone|contacts?|répertoire|carnet\s+d'adresses"
)
_WORLD = (
    r"actualités?|actus?|gros\s+titres|infos|scores?|restaurants?(?!\s+avec\b)|hôtels?|taxis?|uber|billets?|trains?\s+pour"
    r"|circulation|trafic|bouchons?|embouteillages?|itinéraire|recettes?|cuire|cuisson|ingrédients?|calories?"
    r"|blagues?|devinette|bourse|cours\s+de\s+l'action|actions?\s+de|taux\s+de\s+change|bitcoin|fuseau\s+horaire"
    r"|décalage\s+horaire|capitale|population\s+d\w+|habitants|président|élections?|lumières?|lampes?|ampoules?|luminosité|chauffage"
    r"|thermostat|volets?|prise\s+connectée|cafetière|télé(?:viseur|vision)?|climatisation|à\s+emporter|conseils|astuces|bonnes\s+idées|prise\s+\w+"
    r"|diplôme|employeur|université|films?|cinéma(?!\s+avec\b)|spectacles?|manteau\s*$|lever\s+du\s+soleil|se\s+(?:lève|couche)\s+le\s+soleil"
)
# What asks for a task whatever it speaks of.
_FOR_TASKS = (
    rf"(?!.*\b(?:{OBJECT}|{EVENT}|listes?|agenda|calendrier|planning|rappel\w*|réveil\w*|not(?:e[rz]?|ez)"
    rf"|n'oublie\w*|oublier|penser|pense|préviens|prévenez|avertis\w*)\b)(?!(?:planifie|programme|organise|cale|prévois|prévoyez|fixe"
    r"|agende|bloque|inscris|décale|déplace|reporte|repousse|avance|retarde|reprogramme)[zr]?\b)(?!(?:je\s+dois|il\s+faut|faut)\b)"
)
# A chore about such a thing is a task: "changer l'ampoule de la lampe", "acheter un billet".
# A time at the end is when it is to be done.
_LATER = rf"(?:(?!\b(?:que|dire|disant)\b|\bqu').)*{WHEN}\s*$"
_NOT_CHORE = (
    rf"(?!(?!(?:jouer|mixer|démarrer|rejoindre|effectuer|transférer|convertir|découvrir|faire(?=\s+un\s+appel)|écouter|lire|montrer|afficher|trouver|chercher|rechercher|passer|envoyer(?!{_LATER})|appeler|lancer|mettre"
    rf"|baisser|monter|augmenter|diminuer|allumer|éteindre|couper|répondre(?!{_LATER})|raccrocher|terminer|ajouter|dire|donner"
    rf"|savoir|connaître|voir|vérifier|commencer|tweeter|consulter|obtenir|reprendre|arrêter)\b)"
    rf"\w+(?:er|ir|dre|ttre|ire)\b(?![-\s](?:moi|nous|vous)\b))(?!(?:achète|prends|paie|paye|rends)[zs]?\b)"
)

FRAMES = (
    Frame(
        "other",
        rf"{_FOR_TASKS}{_NOT_CHORE}.*\b(?:{_WEATHER}|{_SOUND}|{_TALK}|{_WORLD})(?!\w).*",
    ),
    # what the assistant itself is to do now, and what is asked about the world
    Frame(
        "other",
        rf"(?:(?:peux|pourrais|veux)-?\s?tu|(?:pouvez|pourriez)-?\s?vous)\s.*|{_FOR_TASKS}(?:(?:(?:pour\s+|avec\s+|chez\s+)?qui|pourquoi|comment|où)\s+(?!.*\b(?:j'|je|mon|ma|mes|nous)).*"
        r"|(?:qu'est-ce\s+que?|que)\s+(?:signifie|veut\s+dire|penses-tu|pensez-vous|se\s+passe)\b.*"
        r"|quel\s+(?:âge|jour|est\s+le)\s+(?!.*\b(?:mon|ma|mes|prochain\w*)\b).*|(?:quelle\s+)?heure\s+est-il.*|di(?:s|t|tes)(?:[\s-]moi)?\s+l'heure"
        r"|combien\s+(?:de\s+)?(?!temps)\w+\s+(?:a|ont|fait|font|y\s+a|coûte\w*|pèse|mesure)\b.*"
        r"|combien\s+de\s+temps\s+(?:faut-il|pour|dois-je|je\s+fais|met|dure)\b.*"
        r"|(?:aimes|connais|sais|es|penses|crois)-tu\b.*|tu\s+(?:aimes|connais)\b.*|jouons\b.*|chante\b.*|danse\b.*"
        r"|(?:parle|parlez|raconte|racontez)[\s-]moi\b.*|(?:tiens|tenez|garde|gardez)[\s-]moi\s+(?:au\s+courant"
        r"|informée?)\b.*"
        r"|(?:fais|faites|prépare[zr]?|sers|servez|apporte[zr]?|apprends|commande[zr]?|achète[zr]?|chante[zr]?|explique[zr]?|trouve[zr]?)[\s-]"
        r"(?:moi|nous)\s+(?!voir|entendre|savoir|penser|lire|une?\s+(?:tâche|rappel|liste|note)).*"
        r"|(?:commande|réserve)[zr]?(?<!r)\s+(?:une?|des|le|la)\s+(?!.*\b(?:salle|table|créneau|réunion)\b).*"
        r"|(?:monte|baisse|coupe|augmente|diminue|mets)[zr]?\s+le\s+(?:son|bruit).*|faut-il\s+(?:que|prendre|mettre)\b.*"
        r"|mets?\s+fin\b.*|(?:mets?|mettez|passe[zr]?)\s+.*\b(?:aléatoire|pause\s+la\s+lecture|en\s+boucle)\b.*"
        r"|comme\s+(?:il|elle|c'est)\b.*|(?:dis|dites)\s+à\s+(?!.*"
        rf"{WHEN}).*|(?:est-ce\s+que?\s+)?\w+\s+(?:travaille|habite|étudie|vit)(?:-t-\w+)?\s+.*)",
    ),
    # what a loudspeaker plays: nothing is put anywhere, and no time is said
    Frame(
        "other",
        rf"{_FOR_TASKS}(?!.*(?:{WHEN}|{LENGTH}|{PRIORITY}))(?:re)?(?:mets?|mettez)(?:[\s-](?:moi|nous))?\s+"
        r"(?!.*\b(?:table|couverts?|linge|lessive|lave-vaisselle|machine|poubelles?|à\s+jour|à\s+laver|à\s+charger|comme|urgent\w*"
        r"|terminé\w*|faite?s?)\b).*"
        rf"|{_FOR_TASKS}(?!.*{WHEN})(?:reprends|reprenez|continue[zr]?)\s+(?:l'|(?:le|la|les|mon|ma|mes)\b).*"
        rf"|{_FOR_TASKS}(?:fais|fait|faites|prépare[zr]?|fais\s+couler)(?:[\s-](?:moi|nous))?\s+(?:une?|du|le|un\s+bon)\s+"
        r"(?:café|thé|expresso|espresso|cappuccino|chocolat\s+chaud)\b.*",
    ),
    # what is said of oneself and of the assistant, and short answers
    Frame(
        "other",
        r"(?:(?:aujourd'hui|hier|ce\s+matin|ce\s+soir|cette\s+nuit)\s+|"
        rf"{WHEN}\s*)?(?:j'ai|on\s+a|nous\s+avons)\s+(?:bien\s+|trop\s+|beaucoup\s+|très\s+|déjà\s+)*(?:mangé|bu|dormi|rêvé|aimé|adoré|détesté"
        r"|rencontré|ressenti|passé\s+une?|eu|été|faim|soif|froid|chaud|sommeil|mal|peur|envie|raison|tort)\b.*"
        r"|tu\s+(?:es|t'es|m'as|as|n'as|n'es)\b.*|(?:plus|moins)\s+(?:fort|vite|haut|bas|lentement|doucement)|peu\s+importe|tant\s+pis"
        r"|(?:tais|taisez)[\s-](?:toi|vous).*|oublie[zr]?\s+(?:ça|cela|tout)|(?:confirme|répète|explique|recommence|vérifie)[zr]?"
        r"|laisse[zr]?\s+(?:tomber|ça)|c'est\s+(?:bon|faux|vrai|nul|parfait|exact|correct|génial|tout)|ça\s+(?:suffit|marche|ira)",
    ),
    # something to look up, named without a verb, and what is near
    Frame(
        "other",
        rf"{_FOR_TASKS}(?!état\s+des\s+lieux)(?:l'|(?:le|la|les)\s+)?(?:heure|date|âge|population|superficie|distance|synonyme|antonyme"
        r"|définition|cosinus|sinus|racine|indice|statut|état|itinéraire|chemin|trajet|horaires?|signification|traduction|prix|taille|hauteur"
        rf"|infos?|informations?|tendances?)(?:\s+actuelle?s?)?\s+(?:(?:de|du|des|à|au|en|sur|vers|pour|entre|terre)\s+|d')(?!.*{WHEN}).*"
        rf"|{_FOR_TASKS}.*\b(?:près\s+d'ici|à\s+proximité|les?\s+plus\s+proches?|dans\s+le\s+coin|pas\s+loin\s+d'ici)"
        rf"|{_FOR_TASKS}jour\s+de\s+la\s+semaine\b.*|(?:uber|vtc|taxi)\s+(?:pour|vers|à|jusqu'\S*)\s.*",
    ),
    # what a player or a lamp does at once
    Frame(
        "other",
        rf"{_FOR_TASKS}(?:(?:avance|recule|reviens|retourne|saute)[zr]?\s+(?:de\s+|en\s+)?{LENGTH}.*|reviens\s+(?:à|au)\s.*|muets?|mute|sourdine"
        rf"|(?:fais|faites)\s+(?:tourner|jouer|chauffer|bouillir)\s(?!.*{WHEN}).*|branche-toi\s.*|change[zr]?\s+(?:de|la)\s+(?:station|chaîne|radio)"
        r"|(?:rends?|rendez)\s+(?:la|le|ma|mon)\s+(?:pièce|chambre|salon|cuisine|maison)\s.*|partage[zr]?\s+(?:cet?|cette|ça|le\s+lien)\b.*"
        rf"|(?:j'ai\s+besoin\s+d'|je\s+(?:veux|voudrais)\s+|donne[zr]?[\s-]moi\s+)une?\s+(?:bon\s+)?(?:café|thé|verre|bière|expresso)|(?:livre|apporte|ramène)[zr]?"
        rf"[\s-](?:moi|nous)\s(?!.*{WHEN}).*)",
    ),
    # an answer to nothing that was asked
    Frame(
        "other",
        r"(?:oui|non|ouais|nan|si|exactement|exact|voilà|absolument|évidemment|merci|volontiers|bien\s+sûr|tout\s+à\s+fait|pas\s+du\s+tout)"
        r"(?:[\s,]+(?:mais|pas|ça|cela|celle-là|celui-là|celle-ci|celui-ci|non|oui|merci|beaucoup|du\s+tout|surtout|vraiment|s'il|te|vous|plaît|c'est|bon|ça))*",
    ),
    # what is on elsewhere, and not with the user
    Frame(
        "other",
        r"(?:quels?|quelles|y\s+a-t-il|trouve[zr]?|cherche[zr]?|donne[zr]?[\s-]moi)\s+(?:\w+\s+)?(?:événements?|concerts?|activités"
        r"|fêtes?|sorties)\b(?!.*\b(?:mon|ma|mes|j'|je|ai-je|agenda|calendrier)\b).*\b(?:à|près|dans|autour|en\s+ville|du\s+coin)\b.*",
    ),
    # leafing through what was shown
    Frame(
        "other",
        r"(?:(?:me|va|aller|allez|vas|passe[zr]?|retourne[zr]?|reviens?|revenir|défile[zr]?|tourne[zr]?|montre[zr]?"
        r"|affiche[zr]?|voir|lis|lire|vérifier|mets|mettre|besoin|j'ai|de|la|le|les|à|au|aux|en|moi|encore"
        r"|vers|des|-)(?!\w)[\s-]*)*+"
        r"(?:(?:page|pages|tâches?|éléments?|liste|résultats?|écran)\s+)?"
        r"(?:suivante?s?|précédente?s?|d'avant|d'après|plus|davantage|(?:en\s+)?arrière|(?:en\s+)?avant|plus\s+bas"
        r"|plus\s+haut|plus\s+de\s+(?:tâches|résultats|choses)|la\s+suite)(?:\s+(?:page|tâches|résultats))?",
    ),
    Frame(
        "other",
        rf"{LENGTH}|titre|aussi|alors|ensuite|donc|mais|encore|plus|moins|ici|là|pourquoi|comment|quoi|qui",
    ),
)
