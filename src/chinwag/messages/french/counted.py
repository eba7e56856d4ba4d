"""The forms of what is counted, by noun and plural category; nought takes the singular."""

from __future__ import annotations


def _forms(one: str, other: str) -> dict[str, str]:
    return {"one": one, "other": other}


COUNTED = {
    # on pages
    "post": _forms("{n} message", "{n} messages"),
    "person": _forms("{n} personne", "{n} personnes"),
    "more_person": _forms("{n} autre personne", "{n} autres personnes"),
    "question": _forms("{n} question", "{n} questions"),
    "part": _forms("{n} partie", "{n} parties"),
    "repost": _forms("{n} partage", "{n} partages"),
    "link": _forms("{n} lien", "{n} liens"),
    "picture": _forms("{n} image", "{n} images"),
    "minute": _forms("{n} minute", "{n} minutes"),
    "row": _forms("{n} ligne", "{n} lignes"),
    "record": _forms("{n} enregistrement", "{n} enregistrements"),
    "agreed": _forms("{n} personne approuve", "{n} personnes approuvent"),
    "own_word": _forms("{n} mot", "{n} mots"),
    "point": _forms("{n} point", "{n} points"),
    "worded": _forms(
        "{n} de ces points n’est pas une citation et dit qui l’a formulé.",
        "{n} de ces points ne sont pas des citations, et chacun dit qui l’a formulé.",
    ),
    "time": _forms("une fois", "{n} fois"),
    "aside": _forms(
        (
            "{n} ligne n’a pas pu être lue ; elle est gardée dans le dossier de la discussion "
            "avec son fichier, son numéro et la raison."
        ),
        (
            "{n} lignes n’ont pas pu être lues ; elles sont gardées dans le dossier de la "
            "discussion, chacune avec son fichier, son numéro et la raison."
        ),
    ),
    "outside": _forms(
        "{n} message des fichiers se situe hors des heures de cette discussion et n’est pas "
        "montré.",
        "{n} messages des fichiers se situent hors des heures de cette discussion et ne sont pas "
        "montrés.",
    ),
    "lost_text": _forms(
        "{n} message est arrivé sans son propre texte et n’est jamais cité.",
        "{n} messages sont arrivés sans leur propre texte et ne sont jamais cités.",
    ),
    "deletion": _forms(
        "{n} message a été supprimé par qui l’avait écrit : seule sa place est gardée.",
        "{n} messages ont été supprimés par qui les avait écrits : seule leur place est gardée.",
    ),
    "left_out": _forms(
        "{n} autre message sur ces questions n’est à l’origine d’aucun de ces points.",
        "{n} autres messages sur ces questions ne sont à l’origine d’aucun de ces points.",
    ),
    "merged": _forms(
        "{n} message a été trouvé plusieurs fois et n’est montré qu’une fois.",
        "{n} messages ont été trouvés plusieurs fois et ne sont montrés qu’une fois.",
    ),
    "one_person": _forms("une personne", "{n} personnes"),
    "spelt_minute": _forms("une minute", "{n} minutes"),
    # what a command did
    "chat": _forms("{n} discussion", "{n} discussions"),
    "group": _forms("{n} groupe", "{n} groupes"),
    "file": _forms("{n} fichier", "{n} fichiers"),
    "message": _forms("{n} message", "{n} messages"),
    "sentence": _forms("{n} phrase", "{n} phrases"),
    "honoured_deletion": _forms("{n} suppression respectée", "{n} suppressions respectées"),
    "post_apart": _forms(
        "{n} message ne relève d’aucune question.", "{n} messages ne relèvent d’aucune question."
    ),
    "reworded_point": _forms(
        "{n} point est formulé par un modèle de langue",
        "{n} points sont formulés par un modèle de langue",
    ),
    "route": _forms("{n} voie", "{n} voies"),
    "account": _forms("{n} compte", "{n} comptes"),
    "announcement": _forms("{n} annonce", "{n} annonces"),
    "brings": _forms("apporte", "apportent"),
    "fits": _forms("tient", "tiennent"),
    "may": _forms("peut", "peuvent"),
    "works": _forms("marche", "marchent"),
    "only_agreeing": _forms("{n} qui ne fait qu’approuver", "{n} qui ne font qu’approuver"),
    "standing": _forms("{n} reste", "{n} restent"),
    "standing_post": _forms("{n} message est placé", "{n} messages sont placés"),
    "token": _forms("{n} jeton", "{n} jetons"),
    "character": _forms("{n} caractère", "{n} caractères"),
    "repeat": _forms("{n} fois", "{n} fois"),
    "lost_own_text": _forms(
        "{n} message sans son propre texte", "{n} messages sans leur propre texte"
    ),
    "gone_post": _forms("{n} message supprimé", "{n} messages supprimés"),
    "does": _forms("le fait", "le font"),
    "waiting_post": _forms("{n} message attend", "{n} messages attendent"),
    "fault": _forms("{n} chose ne va pas.", "{n} choses ne vont pas."),
    # inside the sentences of notes
    "answering_reply": _forms("{n} réponse porte sur", "{n} réponses portent sur"),
    "missing_post": _forms(
        "un message qui n’est pas dans les archives",
        "{n} messages qui ne sont pas dans les archives",
    ),
    "uncollected_parent": _forms(
        "Ce à quoi elle répond a été écrit à un autre moment, supprimé, ou n’a pas été recueilli.",
        "Ce à quoi elles répondent a été écrit à un autre moment, supprimé, ou n’a pas été "
        "recueilli.",
    ),
    "missing_original": _forms(
        "{n} message partagé n’est pas dans les archives.",
        "{n} messages partagés ne sont pas dans les archives.",
    ),
    "quoting_post": _forms(
        "{n} message en cite d’autres qui ne sont pas dans les archives.",
        "{n} messages en citent d’autres qui ne sont pas dans les archives.",
    ),
    "removed_post": _forms(
        "{n} message a été retiré à la demande de qui l’avait écrit ou par l’équipe.",
        "{n} messages ont été retirés à la demande de qui les avait écrits ou par l’équipe.",
    ),
    "removed_spam": _forms(
        "{n} message indésirable a été retiré par l’équipe.",
        "{n} messages indésirables ont été retirés par l’équipe.",
    ),
    "spam_post": _forms(
        "{n} message semble indésirable : il est signalé comme tel et n’est compté nulle part "
        "ailleurs.",
        "{n} messages semblent indésirables : ils sont signalés comme tels et ne sont comptés "
        "nulle part ailleurs.",
    ),
    "spam_apart": _forms(
        "{n} message qui semble indésirable", "{n} messages qui semblent indésirables"
    ),
    "taken_out": _forms("{n} message retiré", "{n} messages retirés"),
    "deleted_post": _forms("{n} message a été supprimé.", "{n} messages ont été supprimés."),
    "unmatched_deletion": _forms(
        "{n} suppression dans les fichiers concerne un message dont il n’y a rien d’autre ici.",
        "{n} suppressions dans les fichiers concernent des messages dont il n’y a rien d’autre "
        "ici.",
    ),
    "was": _forms("a été", "ont été"),
    "has": _forms("le porte", "le portent"),
    "lacks": _forms("il ne porte pas", "ils ne portent pas"),
    "long_text": _forms("{n} message est très long.", "{n} messages sont très longs."),
    "parentless_post": _forms(
        "{n} message ne dit pas à quel message il répond.",
        "{n} messages ne disent pas à quel message ils répondent.",
    ),
    "far_post": _forms(
        "{n} message est laissé de côté : sa date est très éloignée des autres.",
        "{n} messages sont laissés de côté : leurs dates sont très éloignées des autres.",
    ),
    "post_around": _forms(
        "{n} message de plus du même jour est pris, qui l’annonçait ou est venu tard.",
        "{n} messages de plus du même jour sont pris, qui l’annonçaient ou sont venus tard.",
    ),
    "burst": _forms("{n} vague", "{n} vagues"),
    "other_chat": _forms(
        "Les fichiers semblent contenir une autre discussion, qui n’est pas prise.",
        "Les fichiers semblent contenir {n} autres discussions, qui ne sont pas prises.",
    ),
    "more_chat": _forms("{n} autre n’est pas citée ici.", "{n} autres ne sont pas citées ici."),
    "differing_time": _forms(
        "{n} message a des heures différentes selon les fichiers.",
        "{n} messages ont des heures différentes selon les fichiers.",
    ),
    "late_post": _forms(
        "{n} message a été vu pour la première fois plus de cinq minutes après son écriture.",
        "{n} messages ont été vus pour la première fois plus de cinq minutes après leur écriture.",
    ),
    "once_tagged_post": _forms(
        "{n} message a porté le hashtag, qu’une modification a ôté ; il est gardé tout de même.",
        "{n} messages ont porté le hashtag, qu’une modification a ôté ; ils sont gardés tout de "
        "même.",
    ),
    "own_paragraph": _forms("{n} paragraphe de votre main", "{n} paragraphes de votre main"),
    "hidden_name": _forms(
        "{n} personne n’est pas nommée, et rien ici ne mène à l’endroit où elle a écrit.",
        "{n} personnes ne sont pas nommées, et rien ici ne mène à l’endroit où elles ont écrit.",
    ),
    "gone_point": _forms(
        "Un point figurait ici. Le message dont il vient n’est plus dans la discussion.",
        "Un point figurait ici. Les {n} messages dont il vient ne sont plus dans la discussion.",
    ),
    "answered_question": _forms(
        "{n} question a reçu des réponses.", "{n} questions ont reçu des réponses."
    ),
    "more_point": _forms("{n} autre point est partagé.", "{n} autres points sont partagés."),
}
