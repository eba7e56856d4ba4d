"""The sentences of pages by key, with named places."""

from __future__ import annotations

TEXTS = {
    # the head of the page
    "page_title": "{title} · {series}",
    "skip": "Aller aux questions",
    "span": "{date}, de {start} à {end}",
    "span_hours": "de {start} à {end}",
    "span_over": "{date}, {start}, jusqu’au {end_date}, {end}",
    "utc": "UTC",
    "in_short": "En bref",
    "wrote": "En {minutes}, {posts} de {people} sous {tag}.",
    "wrote_around": "{posts} de {people} sous {tag}, dont {inside} en {minutes}.",
    "wrote_no_window": "{posts} de {people} sous {tag}.",
    "on_questions": "On y a répondu à {questions}.",
    "no_questions_numbered": (
        "Aucune question numérotée n’a été trouvée dans cette discussion ; ses messages sont donc "
        "groupés par heure et par sujet, en {parts}."
    ),
    "no_questions": "Aucune question n’a été trouvée dans cette discussion.",
    "moderated": "Questions posées par {names}.",
    "passed_on": "Leurs messages ont été relayés par {reposts}.",
    "shared_links": "On y a partagé {links}.",
    "nothing_said": "Personne n’a écrit dans cette discussion.",
    "how_quotes_work": (
        "Chaque point ci-dessous est une citation, mot pour mot. Ouvrez-le pour lire les messages "
        "dont il vient."
    ),
    "how_points_work": (
        "Les points ci-dessous sont des citations, mot pour mot. {but} Ouvrez un point pour lire "
        "les messages dont il vient."
    ),
    # the chart
    "chart": "Au fil de l’heure",
    "chart_title": "Les messages au fil du temps",
    "chart_desc": (
        "Des barres montrent combien de messages ont été écrits par tranche de {bin} ; la tranche "
        "la plus dense est {peak}, avec {most}. {marks}"
    ),
    "chart_marks": "Des traits pointillés marquent le moment de chaque question : {list}.",
    "chart_mark": "{label} à {time}",
    "chart_caption": "Messages par tranche de {bin}, {zone}.",
    "chart_caption_marks": (
        "Messages par tranche de {bin}, {zone}. Traits pointillés : une question a été posée."
    ),
    "chart_before": "Avant ce qui est dessiné : {posts}.",
    "chart_after": "Après : {posts}.",
    "chart_one_minute": "1 minute",
    "chart_table": "La même chose en tableau",
    "chart_time": "À partir de",
    "chart_posts": "Messages",
    "chart_asked": "Question posée",
    # contents
    "contents": "Sommaire",
    "contents_counts": "{posts}, {people}",
    # questions
    "label": "Q{number}",
    "label_part": "Q{number}, partie {part}",
    "label_spoken": "Question {number}",
    "label_spoken_part": "Question {number}, partie {part}",
    "label_group": "Partie {number}",
    "label_spoken_group": "Partie {number}",
    "label_short": "Q{number}",
    "label_short_part": "Q{number}.{part}",
    "label_short_group": "Partie {number}",
    "label_inside": "Q{number}",
    "label_inside_part": "Q{number}, partie {part}",
    "label_inside_group": "la partie {number}",
    "asked_by": "Posée par {who} à {time}",
    "first_answered": (
        "Première réponse à {time} ; aucun message qui pose la question n’a été trouvé."
    ),
    "no_wording": "(Le texte de cette question n’est pas dans les archives.)",
    "asked_again": "{asked}, puis de nouveau à {times}",
    "group_from": "À partir de {time}",
    "not_asked": ("Elle figurait à l’ordre du jour ; aucun message qui la pose n’a été trouvé."),
    "shared_head": "Ce que plusieurs personnes ont dit",
    "single_head": "Idées isolées",
    "points_head": "Ce qui a été dit",
    "nothing_on_question": (
        "Rien n’a été dit sur cette question dans les messages dont nous disposons."
    ),
    "reply": "{who} répond",
    "worded_machine": "formulé par un modèle de langue",
    "worded_person": "formulé par l’équipe",
    "name_hidden": "Nom masqué",
    "edited_by_hosts": "L’équipe a mis en forme ce récit (édition {number}).",
    "edited_by_hosts_on": "L’équipe a mis en forme ce récit (édition {number}, {date}).",
    "picture_open": "Image : {words}",
    "no_bullets": "Aucun point n’a été tiré de ces messages ; tous figurent ci-dessous.",
    "themes_head": "Ce qui est revenu le plus",
    "md_theme": "« {phrase} »",
    "links_head": "Liens partagés",
    "link_by_start": "partagé par",
    "left_out": "Autres messages sur cette question : {posts}",
    "quoted_from_start": "avec les mots de",
    "quote": "« {text} »",
    "question_archive": "Tout lire dans l’ordre",
    # posts
    "answers_person": "répond à {who}",
    "answers_post": "répond à {who} : {words}",
    "read_on": "Lire sur {site}",
    "no_permalink": "Son adresse n’est pas connue",
    "in_archive": "Dans les archives",
    "profile": "Profil",
    "warning": "Avertissement : {warning}",
    "warning_show": "montrer le message",
    "spam": "Ce message a été pris pour un message indésirable",
    "picture": "Image",
    "video": "Film",
    "audio": "Son",
    "media": "Pièce jointe",
    "described": "{kind} : {words}",
    "not_described": "{kind}, sans description",
    "edited": "Modifié à {time}.",
    "edited_unknown": "Modifié.",
    "versions": "Ce qu’il disait avant",
    "version_since": "depuis {time}",
    "reposted": "Partagé {times}",
    "quotes_post": "Cite un message de {who}.",
    "passes_on": (
        "Relaie un message qui n’est pas dans les archives. Ces mots sont de quelqu’un d’autre :"
    ),
    "deleted": "Ce message a été supprimé par qui l’avait écrit.",
    "text_lost": (
        "Le texte de ce message est perdu : la source répète à sa place celui d’un autre message ; "
        "il n’est donc pas montré."
    ),
    "text_lost_short": "Le texte de ce message est perdu.",
    "no_words": "Un message sans texte.",
    "seen": "Lu dans {places}",
    "seen_file": "{address}",
    "seen_line": "{address}, ligne {lines}",
    "seen_lines": "{address}, lignes {lines}",
    "placed": "Sous {label} : {reason} (sûr à {percent} %)",
    "placed_person": "Placé sous {label} par une personne : {reason}",
    "placed_nowhere": "Sous aucune question : {reason}",
    "placed_not": "Pas placé",
    # people
    "people": "Qui a participé",
    "people_note": "Par nombre de messages. Ouvrez un nom pour les trouver.",
    "moderator": "a posé les questions",
    "reposters_only": "Sans nom ici, pour n’avoir que relayé des messages : {people}.",
    # inside the sentences of notes
    "under_a_minute": "moins d’une minute",
    "named_by": "« {word} » ({people})",
    # missing
    "missing": "Ce qui manque, et pourquoi",
    "missing_nothing": "On ne sait rien qui manque dans les fichiers qui ont été lus.",
    "gap_posts_start": "Les messages :",
    # placing
    "how_placed": "Comment les messages ont trouvé leur question",
    "placed_share": "Ont trouvé une question : {placed} sur {posts}.",
    "placed_by": "{method} : {posts}",
    "placed_rest": "Dans les archives, chaque message dit pourquoi il est là où il est.",
    "method_label": "Par le numéro écrit dans le message (A3, R3)",
    "method_reply": "Par le message auquel il répond",
    "method_time": "Par l’heure à laquelle il a été écrit",
    "method_words": "Par ses mots",
    "method_meaning": "Par son sens",
    "method_sequence": "Par les messages qui l’entourent",
    "method_question": "Parce qu’il pose la question",
    "method_model": "Par un modèle de langue",
    "method_person": "Par une personne",
    "method_other": "Par « {method} »",
    # removal
    "removal": "Faire retirer quelque chose",
    "removal_ask": (
        "Toute personne peut faire retirer ses messages, sans donner de raison. Écrivez à {host} "
        "et dites lesquels : leurs adresses, ou votre nom là où vous les avez écrits, suffisent."
    ),
    "removal_then": (
        "L’équipe retire alors les messages de cette page et des fichiers qui l’accompagnent, et "
        "les publie de nouveau. Supprimer un message là où vous l’avez écrit ne change pas cette "
        "page, qui n’interroge plus jamais ce site."
    ),
    "host_moderators": "{names}, qui ont posé les questions, ou aux personnes qui animent {tag}",
    "host_nobody": "aux personnes qui animent {tag}",
    # making
    "made": "Comment cette page a été faite",
    "made_by": (
        "Chinwag {version} l’a faite à partir de fichiers. {points} Les messages sont montrés tels "
        "qu’ils ont été écrits."
    ),
    "made_quoted": (
        "Aucun modèle de langue n’a servi : chaque point est une phrase ou plus des messages de "
        "qui l’a dit, et chacun a été comparé avec eux à la lettre ; « […] » marque les mots "
        "omis."
    ),
    "made_worded": (
        "Chaque point qui est une citation a été comparé à la lettre avec les messages de qui l’a "
        "dit ; « […] » marque les mots omis. {but}"
    ),
    "made_files": "Elle a été faite à partir de {files}.",
    "made_capture": "ce qui a été capté en direct sur les réseaux ({rows})",
    "made_file": "{name} ({format}, {rows})",
    "notes": "Remarques",
    "files": "Fichiers qui l’accompagnent",
    "file_print": "le récit sur quelques feuilles, à imprimer ou à garder en PDF",
    "file_epub": "le récit en livre, pour liseuses et téléphones",
    "file_markdown": "le récit en texte, pour un blog",
    "file_json": "tout le récit, pour des programmes",
    "file_posts": "chaque message avec sa question et la raison, en tableau",
    "file_bullets": "chaque point avec ses messages, en tableau",
    # archive
    "archive": "Toutes les archives",
    "archive_note": ("Chaque message, par question puis dans l’ordre où ils ont été écrits."),
    "archive_print_start": (
        "L’impression les laisse de côté, sauf si vous venez de cette adresse :"
    ),
    "archive_unplaced": "Sous aucune question",
    "archive_asks": "pose la question",
    "archive_times": "Les mêmes messages dans l’ordre du temps",
    "back_to_points": "Retour aux points",
    # the write-up as Markdown
    "md_post": "message",
    "md_credits": "Merci à",
    "md_made": "Chaque point est cité mot pour mot des messages vers lesquels il renvoie.",
    "md_made_worded": (
        "Les points entre guillemets sont cités mot pour mot des messages vers lesquels ils "
        "renvoient."
    ),
    "md_made_edited": (
        "Mis en forme par l’équipe. Les points entre guillemets sont cités mot pour mot des "
        "messages vers lesquels ils renvoient."
    ),
    "md_reply": "{who} répond : {quote}",
    "md_links": "Liens partagés",
    # the write-up on a blog
    "article_archive": "Tous les messages de la discussion, par question et par heure",
    "article_archive_zip": (
        "Tous les messages de la discussion, en zip : décompressez-le et ouvrez index.html"
    ),
}
