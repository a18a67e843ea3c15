"""French verbs that begin a task or a command, and words that point at a task."""

from __future__ import annotations

from conversations.agent.rules.language import words

VERBS = words(
    """
    acheter aider aller amener annoncer appeler apporter apprendre arroser assister avertir balayer
    boire chanter chercher
    choisir commander commencer compléter confirmer contacter contrôler copier corriger coudre
    couper courir cuisiner
    danser demander déposer dessiner dîner donner écouter écrire emballer emmener emprunter
    encaisser enlever envoyer
    essayer étudier faire fermer finir garder imprimer inscrire installer inviter jeter jouer laver
    lire livrer louer
    manger marcher mettre monter nager nettoyer nourrir organiser oublier ouvrir parler passer payer
    peindre planter
    plier poster poser prendre préparer prévenir promener publier ramener ranger rappeler recharger
    récupérer recycler
    regarder régler remplacer remplir remercier rencontrer rendre renouveler réparer repasser
    répondre réserver
    retirer retourner réviser rédiger sécher signer sortir souhaiter tailler téléphoner télécharger
    terminer tondre
    traduire travailler trier trouver utiliser vendre vérifier verser vider visiter voir
    gonfler rendre rends prêter descendre rapporter relancer fêter décorer démonter remonter brosser
    coiffer épiler imprimer scanner signaler valider vérifier aérer bricoler coller laisser négocier
    peser repeindre semer tester trancher vacciner vidanger
    achète achetez appelle appelez envoie envoyez prends prenez paye paie va allez fais faites
    """
)
COMMAND_VERBS = words(
    """
    rappelle rappelez rappelle-moi rappelez-moi ajoute ajoutez ajouter supprime supprimez supprimer
    annule annulez annuler mets
    mettez crée créez créer programme programmez règle réglez déplace déplacez déplacer change
    changez changer modifie
    modifiez marque marquez coche cochez affiche affichez montre montrez efface effacez planifie
    planifiez note notez
    """
)
MEANS = words("aller va allez courir passer")
CONNECTORS = words("et ou de du des pour à au aux en sur dans avec est sont")
PRONOUNS = words("le la les ça cela celui-ci celle-ci ce celui celle") | {
    "la dernière",
    "le dernier",
    "cette tâche",
    "la tâche",
    "ce rappel",
    "la dernière tâche",
}
