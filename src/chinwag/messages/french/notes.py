"""The sentences of notes by code; `chinwag.messages.templates` tells how a place is written.

Sentences end with a full stop. The reasons for placements are clauses without one: a page puts
them behind "Sous Q3 :".
"""

from __future__ import annotations

_REASONS = {
    # a post that asks, or says itself where it belongs
    "asks": "pose {question:label numbered}",
    "repeats": "répète {question:label numbered}",
    "says-label": "dit {label}",
    # what it answers
    "replies-to-question": "répond directement à {question:label numbered}",
    "replies-to-answer": "répond à une réponse à {question:label numbered}",
    "speaks-to-author": (
        "s’adresse à la personne qui a écrit une réponse à {question:label numbered}"
    ),
    "continues-answer": "poursuit la réponse de la même personne à {question:label numbered}",
    # when it came
    "came-after": "est venu {seconds:duration} après {question:label numbered}",
    "came-soon-after-next": (
        "est venu si vite après la question suivante que {question:label numbered} est plus "
        "probable"
    ),
    # what it says
    "shares-words": "a des mots en commun avec {question:label numbered}",
    "near-in-meaning": (
        "est le plus proche par le sens de ce qui se dit sur {question:label numbered}"
    ),
    # what its author said around it
    "follows-own-post": (
        "le message précédent de la même personne porte sur {question:label numbered}"
    ),
    "fits-own-posts": (
        "s’accorde le mieux avec les autres messages de la même personne, sur "
        "{question:label numbered}"
    ),
    # no question
    "no-questions": "aucune question n’a été trouvée dans cette discussion",
    "before-first-question": "dit avant la première question",
    "after-last-question": "dit longtemps après la dernière question",
    "greets": "dit bonjour ou au revoir",
    "thanks-only": "remercie",
    "runs-the-chat": "dit comment la discussion se déroule",
    "announces": "annonce quelque chose",
    "like-spam": "semble indésirable",
    "taken-out": "a été retiré",
    "not-placed-yet": "vient à peine d’arriver",
    "model-placed": "{model}, un modèle de langue, le place sous {question:label numbered}",
    "model-placed-nowhere": "{model}, un modèle de langue, ne le place sous aucune question",
    "by-a-person": "Une personne l’a dit",
}

_FINDING = {
    "hashtag-none": (
        "Les fichiers ne nomment aucun hashtag ; tous leurs messages sont donc pris pour ceux de "
        "la discussion."
    ),
    "hashtag-on-no-post": (
        "Aucun message ne porte #{hashtag} ; les messages de la période sont pris tout de même."
    ),
    "hashtag-on-one-post": (
        "#{hashtag} figure dans le seul message, écrit par {people:one_person}."
    ),
    "hashtag-on-posts": (
        "#{hashtag} figure dans {posts} sur {all_posts:post}, partages compris, de "
        "{people:one_person}."
    ),
    "window-given": "La période a été donnée par une personne.",
    "window-kept": "Tous les messages ont été retirés.",
    "window-as-before": (
        "Elle garde tout le temps que la discussion avait auparavant : de {start:moment} à "
        "{end:moment start} {end:zone}."
    ),
    "window-by-burst": (
        "La période a été trouvée par sa vague de messages : de {start:moment} à "
        "{end:moment start} {end:zone}."
    ),
    "window-by-asking-burst": (
        "La période a été trouvée par sa vague de messages, dont {asked} commencent par le numéro "
        "d’une question : de {start:moment} à {end:moment start} {end:zone}."
    ),
    "window-whole": (
        "Aucune heure ne se détache des autres, et la période les prend toutes : de "
        "{start:moment} à {end:moment start} {end:zone}."
    ),
    "window-of-many-days": (
        "Aucune heure ne se détache en {days} jours : ce n’est peut-être pas la discussion d’un "
        "soir, mais ce qui s’est dit un temps sous un hashtag."
    ),
    "window-of-hours": (
        "Tous les messages tiennent en quelques heures, et la période les prend tous : de "
        "{start:moment} à {end:moment start} {end:zone}."
    ),
    "window-of-day": (
        "Tous les messages tiennent en une journée, et la période les prend tous : de "
        "{start:moment} à {end:moment start} {end:zone}."
    ),
    "posts-far-off": "{posts:far_post}",
    "posts-around": "{posts:post_around}",
    "bursts": "Ils viennent en {bursts:burst}.",
    "other-chats": "{chats:other_chat}",
    "stretch": (
        "{posts:post} de {people:person} : de {start:moment} à {end:moment start} {end:zone}."
    ),
    "more-chats": "{chats:more_chat}",
}

_AGENDA = {
    "agenda-title": "Q{label} de l’ordre du jour, « {text} », ne demande rien : est-ce un titre ?",
    "agenda-no-words": "Q{label} de l’ordre du jour, « {text} », est une date ou un lien.",
    "agenda-asks-nothing": (
        "Q{label} de l’ordre du jour, « {text} », ne demande rien, alors que la plupart le font."
    ),
    "agenda-numbers-otherwise": (
        "Q{label} de l’ordre du jour a été posée sous le numéro Q{number}."
    ),
    "agenda-words-otherwise": (
        "Q{label} de l’ordre du jour, « {text} », a été posée en d’autres mots : « {said} » Ceux "
        "de l’ordre du jour restent."
    ),
    "agenda-lacks": (
        "Q{label}, « {text} », n’est pas à l’ordre du jour ; une personne de l’équipe l’a posée."
    ),
}

_CONFLICTS = {
    "recognised-by-address": (
        "Reconnus d’un fichier à l’autre par l’adresse de leur page : {posts:post}."
    ),
    "recognised-by-number": (
        "Reconnus d’un fichier à l’autre par le numéro de leur identifiant : {posts:post}."
    ),
    "recognised-by-content": (
        "Reconnus d’un fichier à l’autre par l’auteur, l’heure et le texte : {posts:post}."
    ),
    "differing-times": (
        "{posts:differing_time} L’heure dite le plus exactement est gardée, ou la plus précoce. Un "
        "fuseau horaire est-il faux ? Les premiers : {first:list}."
    ),
    "two-texts": (
        "Le message {post} a deux textes, et rien ne dit lequel est le plus récent. Gardé, le plus "
        "long : « {kept} » Pas gardé : « {other} »"
    ),
}

_GAPS = {
    "left-out-untagged": (
        "Laissés de côté, faute de porter #{hashtag} : {posts:post} de cette période, sur "
        "{all_posts}."
    ),
    "left-out-around": (
        "De l’heure d’avant et de l’heure d’après cette période sont laissés de côté : "
        "{posts:post} ; pris : {taken} seulement. La période prise va de {start:moment} à "
        "{end:moment start} {end:zone}."
    ),
    "parents-missing": "{replies:answering_reply} {posts:missing_post}.",
    "parents-not-collected": "{replies:uncollected_parent}",
    "only-tagged": (
        "Les fichiers ne contiennent que des messages portant #{hashtag} ; ce qui s’est dit sans "
        "lui n’y est pas."
    ),
    "originals-missing": "{posts:missing_original}",
    "only-reposts": (
        "Seuls les partages ont été recueillis. Le plus ancien partage tient lieu de chacun et "
        "n’est pas cité comme les propres mots de son auteur."
    ),
    "quoted-missing": "{posts:quoting_post}",
    "quoted-not-collected": (
        "Les messages cités n’ont pas été recueillis, ou se situent hors de la discussion."
    ),
    "texts-long": "{posts:long_text}",
    "texts-read-in-part": (
        "D’un tel texte, les {most} premiers caractères sont lus pour les questions, les points et "
        "les places ; le tout est gardé."
    ),
    "texts-lost": "Texte perdu : {posts:post}.",
    "texts-of-others": (
        "Le fichier porte à leur place le texte d’un autre message ; ils sont donc comptés, mais "
        "jamais cités ni résumés."
    ),
    "posts-deleted": "{posts:deleted_post}",
    "posts-removed": "{posts:removed_post}",
    "spam-removed": "{posts:removed_spam}",
    "taken-back": (
        "Ce qu’une personne reprend n’est pas montré : il n’en reste que la place dans la "
        "discussion."
    ),
    "deletions-unmatched": "{deletions:unmatched_deletion}",
    "deleted-unseen": (
        "Ce qui a été supprimé avant d’avoir pu être recueilli ne se distingue pas de ce qui "
        "appartient à un autre moment."
    ),
    "hashtag-lost": "Ont porté #{hashtag} et ne le portent plus : {posts:post}.",
    "hashtag-edited-away": "Ôté par une modification. Ce qui a été vu avec le hashtag est gardé.",
    "silence": "Personne n’écrit pendant {minutes:minute} à partir de {start:hour} {start:zone}.",
    "silence-is-long": (
        "C’est long au rythme de cette discussion : des messages n’ont peut-être pas été "
        "recueillis."
    ),
    "replies-untold": "{posts:parentless_post}",
    "replies-not-recorded": (
        "Aucune réponse n’a été trouvée dans ces fichiers ; seules les mentions et les heures "
        "disent qui répond à qui."
    ),
    "untagged-replies-missing": (
        "Les réponses écrites sans #{hashtag} ne sont pas dans les archives."
    ),
    "collected-by-hashtag": "Les fichiers ont été recueillis par le seul hashtag.",
}

_CAPTURE = {
    "posts-late": "{posts:late_post}",
    "posts-untagged": "{posts:once_tagged_post}",
    "completeness-unknown": (
        "{network:capitalised} : trouvés avec #{hashtag}, {posts:post}. Combien manquent ne peut "
        "être estimé."
    ),
    "one-origin": ("Tout est venu par un même serveur, et rien ne dit ce que ce serveur a manqué."),
    "few-in-common": (
        "Seuls {posts} d’entre eux ont été trouvés de deux façons indépendantes, et une estimation "
        "en demande {needed} au moins."
    ),
    "nothing-missing": (
        "{network:capitalised} : trouvés avec #{hashtag} de deux façons indépendantes, "
        "{posts:post} ; rien ne semble manquer (estimateur de Chapman, intervalle à 95 %)."
    ),
    "hardly-any-missing": (
        "{network:capitalised} : trouvés avec #{hashtag} de deux façons indépendantes, "
        "{posts:post} ; il n’en manque sans doute aucun, et guère plus de {most} (estimateur de "
        "Chapman, intervalle à 95 %)."
    ),
    "some-missing": (
        "{network:capitalised} : trouvés avec #{hashtag} de deux façons indépendantes, "
        "{posts:post} ; il en manque peut-être {missing}, et guère plus de {most} (estimateur de "
        "Chapman, intervalle à 95 %)."
    ),
}

_LEADS = {
    "chat-silent": "Rien n’a été dit dans cette discussion.",
    "chat-unanswered": "{posts:post} de {people:person}, aucun sur une question.",
    "chat-answered": "{posts:post} de {people:person} ; {questions:answered_question}",
    "silent": "Rien n’a été dit sur cette question.",
    "unanswered": "Personne n’a répondu.",
    "answered": "Réponses : {posts:post} de {people:person}.",
    "most-say": "{people} d’entre elles disent, ou approuvent : « {quote} »",
    "more-shared": "{points:more_point}",
    "passed-on-most": "Le plus relayé ({times:time}) : « {quote} »",
    "named-most": "Ce qui revient le plus : {words:naming}.",
    "model-chose": (
        "{model}, un modèle de langue, a choisi les points de {questions:question} : des numéros "
        "de messages, et des passages de leur texte."
    ),
    "model-dropped": "Décisions de {model} qui ne tenaient pas, et ont été écartées : {dropped}.",
    "chat-said": "Parmi ce qui a été dit : « {quote} » (@{author}).",
    "chat-said-by": "Parmi ce qui a été dit : « {quote} » ({name}).",
    "chat-says": "{people:person} l’ont dit : « {quote} »",
    "nothing-to-quote": "Aucun de leurs messages ne dit à lui seul ce qui pourrait être cité.",
}

_EDITING = {
    "edition-point-gone": "{posts:gone_point}",
    "edition-words-gone": (
        "L’équipe avait écrit ici quelque chose qui reprenait un message retiré depuis."
    ),
    "edition-picture-gone": "Une image se trouvait ici. Elle a été retirée.",
    "story-told": (
        "Le récit est tel que {who} l’a raconté : {words:own_word} de sa main, et {points:point} "
        "tirés des messages montrés."
    ),
    # mistakes in a sheet, each told behind its line
    "sheet-mark-unknown": "aucun message de cette discussion n’a la marque « {mark} »",
    "sheet-mark-broken": (
        "la marque « {mark} » demande des crochets autour d’elle et « - » devant elle"
    ),
    "sheet-used-twice": "« {name} » figure déjà à la ligne {first}",
    "sheet-question-unknown": (
        "cette discussion n’a pas de question {question} ; elle a {known:list}"
    ),
    "sheet-person-unknown": "personne du nom de « {handle} » n’a participé",
    "sheet-name-missing": "le nom à montrer pour {handle} manque : name: @{handle} = Vrai Nom",
    "sheet-words-unused": (
        "ceci figure sous des points qui ne servent pas, où il serait perdu ; remontez-le"
    ),
    "sheet-heading-missing": (
        "ce point de la question {question} figure parmi ceux qui ne servent pas, et le titre "
        "[Q{question}] manque au-dessus de lui"
    ),
    "sheet-quotation-changed": (
        "une citation (« > ») reste telle quelle, à la lettre, et le message de « {mark} » ne dit "
        "pas cela"
    ),
    "sheet-answer-changed": (
        "une réponse sous un point reste telle quelle, à la lettre, et le message de « {mark} » ne "
        "dit pas cela"
    ),
    "sheet-picture-undescribed": "l’image n’est pas décrite entre ses crochets",
    "sheet-picture-unknown": "le dossier ne conserve pas d’image {address}",
    "sheet-address-invalid": "« {address} » n’est pas une adresse du web",
    "sheet-edition-other": (
        "la feuille a été faite de l’édition {made_from}, et l’édition {standing} est en vigueur "
        "depuis"
    ),
}

NOTES = {
    "said": "{text}",  # words that somebody else chose
    **_REASONS,
    **_FINDING,
    **_AGENDA,
    **_CONFLICTS,
    **_GAPS,
    **_CAPTURE,
    **_LEADS,
    **_EDITING,
}
