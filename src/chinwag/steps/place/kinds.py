"""What kind of post it is, by what it says: greeting, thanks, housekeeping, agreement and so on.

The rules are phrases and shapes that any chat knows, English first, with the main phrases of
French, German, Spanish, Portuguese, Italian and Turkish; none is tuned to a community.
"""

from __future__ import annotations

import re

from chinwag.model import Post
from chinwag.text.labels import find_labels, strip_labels
from chinwag.text.links import LINK

_TAGS = re.compile(r"(?<!\w)[@#＠＃][\w.@-]+")
_WORDS = re.compile(r"\w+(?:['’]\w+)*")
_COUNTER = re.compile(r"\(?\b\d{1,2}\s?/\s?\d{1,2}\b\)?")
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2764\U0001f000-\U0001faff]")


def _list_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SPAM = re.compile(
    r"\b(?:buy (?:followers|now|cheap|viagra|tickets)|cheap (?:followers|watches|pills|flights)"
    r"|(?:gain|get|more|free) (?:\d[\d,.k]* )?(?:free )?followers|click (?:here|the link|my link)"
    r"|limited (?:time )?offer|make (?:\$|£|€)?\d+[\d,.k]*(?:\$|£|€)?\s?(?:a|per|/)\s?(?:day"
    r"|week|hour)"
    r"|work from home (?:and|&) earn|earn (?:\$|£|€)\s?\d|crypto (?:giveaway|signals?)|double your"
    r"|(?:weight loss|forex|casino|betting|escorts?|viagra|cialis|onlyfans|replica watches)"
    r"|dm (?:me )?(?:for|to) (?:promo|earn|invest)|100% (?:free|guaranteed)|essay writ(?:ing"
    r"|ers?) service"
    r"|assignment help|pay someone to (?:do|write)|discount code)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:thanks|thank (?:you|u|ya)|thx|thnx|tnx|tysm|ty|cheers|much appreciated|kudos|merci"
    r"|danke(?:schön)?"
    r"|vielen dank|gracias|obrigad[oa]s?|grazie|teşekkür(?:ler)?(?: ederi[mz])?|sağ ?ol(?:un)?)\b",
    re.IGNORECASE,
)
_HELLO = re.compile(
    r"^(?:(?:oh|and|ok(?:ay)?|well|so|just)[\s,]+)?(?:hi|hello|hey|howdy|hiya|hola|bonjour"
    r"|bonsoir|salut|coucou"
    r"|hallo|guten (?:abend|tag|morgen)|moin|servus|ciao|salve|buon(?:a ?sera|giorno)|buenas"
    r"|buenos d[ií]as"
    r"|ol[áa]|oi|boa (?:noite|tarde)|bom dia|merhaba|selam(?:lar)?|iyi (?:akşamlar|günler)"
    r"|good (?:evening|morning|afternoon|day)|greetings|evening|morning|g['’]day|welcome|willkommen"
    r"|bienvenid[oa]s?|bienvenue|benvenut[ioae]|bem[- ]vind[oa]s?|hoş ?geldin(?:iz)?)\b",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"^\W*(?:(?i:i['’]?m|i am|this is|my name is|name['’]s)\s[A-Z][\w.'’]+(?:\s[A-Z][\w.'’]+)?"
    r"(?:,|\s+(?:from|in|at|here|with)\b)"
    r"|(?:[A-Z][\w.'’]+\s){1,3}(?:(?i:here|checking in|joining)\b|(?i:from|in)\s[A-Z])"
    r"|(?i:checking|tuning|logging|dropping|popping|jumping) in (?:from|late|for|to)\b"
    r"|(?i:je suis|ich bin|soy|me llamo|(?:eu )?sou|mi chiamo|sono)\s[A-Z]\w+"
    r"|(?i:sorry,? )?(?i:i['’]m )?(?i:running )?(?i:late (?:to|joining|arriv))[^.!?]{0,40}$)"
)
_BYE = re.compile(
    r"\b(?:good ?night|g['’]night|nighty? night|good ?bye|bye(?: bye)?(?: all| everyone"
    r"| now)?|see (?:you|ya|y['’]all|u) (?:all )?"
    r"(?:next|there|then|later|soon|tomorrow)|signing off"
    r"|(?:\b(?:i|i['’]ve|so|sorry) (?:have|got|need)(?: got)? to|gotta) "
    r"(?:run|go|dash|leave|head)\b"
    r"|(?:i['’]m|am) off\b|until next (?:time|week|month)"
    r"|(?:have a|enjoy (?:the|your)) (?:great |good |lovely |nice )?"
    r"(?:rest|evening|night|day|weekend|week)\b"
    r"|bonne (?:nuit|soirée)|à bientôt|à la prochaine|au revoir|gute nacht|tschüss"
    r"|bis (?:bald|dann|zum nächsten)"
    r"|buenas noches|adiós|hasta (?:luego|pronto|la próxima)|boa noite|até (?:logo|breve"
    r"|a próxima)|tchau"
    r"|buona ?notte|arrivederci|a presto|alla prossima|iyi geceler|hoşça ?kal(?:ın)?"
    r"|görüşürüz|görüşmek üzere)\b",
    re.IGNORECASE,
)
_HOUSEKEEPING = re.compile(
    r"\b(?:(?:use|using|add|include|remember|don['’]?t forget|forgot|missed)"
    r" (?:to (?:use|add|include) )?(?:the |our |my |a )?(?:chat )?(?:hash ?tag|tag)\b"
    r"|(?:remember|don['’]?t forget) (?:to (?:use|add|include) )?#"
    r"|(?:q|question) ?\d* ?(?:is )?(?:coming|up next|on deck|on the way)"
    r"|\w+ minutes? (?:until|till|left|to go|to #|to q\d)|minute warning"
    r"|(?:starts|starting|begins) (?:in (?:about |just )?(?:\d+|five|ten|fifteen|a few)|now\b"
    r"|soon|shortly|at \d)"
    r"|(?:respond|reply|answer|preface|begin|start)\b[^.?!]{0,60}\b[\"“']?"
    r"a(?:1|nd the number|nswer number)"
    r"|(?:transcript|archive|storify|wakelet|recap|write-?up|summary)\b[^.?!]{0,40}"
    r"\b(?:will be|posted|available|later today|tomorrow)|(?:post|share) (?:a|the|this \w+)"
    r" (?:transcript|archive|storify|wakelet|recap|summary)"
    r"|what (?:question|number) are we on|which question (?:are we|is this)"
    r"|(?:move|moving|going) (?:on )?to (?:q\d|question)"
    r"|time for (?:q\d|question|our (?:next|last|final|first) q)"
    r"|(?:next|last|final) (?:question|one) (?:is )?(?:coming|up\b)"
    r"|(?:can|could) (?:someone|anyone|you) (?:please )?(?:repost|repeat|retweet)"
    r"|introduce yoursel(?:f|ves)|let['’]?s get started|we['’]re live"
    r"|we(?:['’]ll| will|['’]re)? (?:be )?(?:use|using|follow|following) (?:a|the) q\d?/?a?"
    r"|prochaine question|nächste frage|próxima pregunta|próxima pergunta|prossima domanda"
    r"|sıradaki soru)",
    re.IGNORECASE,
)
_PROMOTES = re.compile(
    r"\b(?:join (?:us|me|our|the)\b[^.?!]{0,60}(?:tomorrow|next|webinar|workshop|on \w+day"
    r"|conference|for (?:a|the|our))"
    r"|(?:register|sign up|rsvp|apply|submit|vote|subscribe|enrol)\b[^.?!]{0,30}"
    r"(?:now|here|today|at|for|by|your|http)|registration|call for (?:papers|proposals)|cfp"
    r"|deadline|save the date|mark your calendars?|check out (?:my|our)\b|we['’]re hiring"
    r"|job (?:opening|alert)|(?:my|our) (?:latest|new|next) (?:post|blog|book|article|episode"
    r"|session|talk|webinar|podcast)|free webinar|inscri(?:vez|ption|ções|pción)"
    r"|anmeld(?:en|ung)|iscri(?:viti|zioni)|kay[ıi]t ol)\b",
    re.IGNORECASE,
)
_AGREES = _list_words(
    """
    agree agreed agrees agreeing yes yep yup yeah yea yess yesss yas absolutely totally
    definitely exactly precisely indeed true truth same ditto this word amen preach right
    correct love loved like nice great good cool awesome excellent brilliant wonderful amazing
    fantastic perfect super wow bravo ha haha hahaha lol lmao ok okay sure interesting well
    said important point points idea ideas that that's thats so very much really me too here
    here's hear heart i with you it is its it's a the all of 100 1 my thinking thought
    exactly! q just what said couldn't better more could not have definitely. such an and to
    for oh ah aw hmm yay us we both also completely fully wholeheartedly strongly spot on
    bingo nailed think do does did hi5 nailed sentiments oui d'accord exactement tout fait moi
    aussi vrai bien super ja genau stimmt richtig absolut ganz sehr gut ich auch si sí exacto
    totalmente cierto acuerdo de estoy muy bueno verdad sim exato concordo verdade isso muito
    bom esatto d'accordo vero sono giusto anch'io evet kesinlikle aynen katılıyorum doğru çok
    güzel haklısın
    """
)
_AGREES_CORE = _list_words(
    """
    agree agreed agrees agreeing yes yep yup yeah yea yess yesss yas absolutely totally
    definitely exactly precisely indeed true truth same ditto this amen preach right correct
    love loved nice great good cool awesome excellent brilliant wonderful amazing fantastic
    perfect wow bravo ha haha hahaha lol lmao ok okay sure interesting oui d'accord exactement
    ja genau stimmt richtig absolut si sí exacto totalmente cierto sim exato concordo verdade
    isso esatto d'accordo vero evet kesinlikle aynen katılıyorum doğru like bingo 1 100 super
    yay oh ah spot nailed word said
    """
)


def tell_kind(post: Post, *, first: bool = True, early: bool = False) -> str:
    """Give the kind of a post that asks no question of the chat: one of KINDS but "question".

    `first` tells that it is its author's first post: people introduce themselves once. `early`
    tells that no question was out yet: whoever says hello then, at whatever length, greets.
    """
    if post.deleted or post.text_lost:
        return "reply" if post.reply_to else "answer"
    said = _COUNTER.sub(" ", _TAGS.sub(" ", LINK.sub(" ", strip_labels(post.text)))).strip(
        ' .,:;-–—"“”¡¿'
    )
    words = [word.lower().replace("’", "'") for word in _WORDS.findall(said)]
    labelled = any(label.where != "midst" for label in find_labels(post.text))
    if _is_spam(post, said):
        return "spam"
    if labelled:
        return _tell_labelled(post.text, words)
    return _tell_unlabelled(post, said, words, first, early)


def _tell_labelled(text: str, words: list[str]) -> str:
    if len(words) <= 7 and _HOUSEKEEPING.search(text):
        return "housekeeping"
    return "agreement" if words and _only_agrees(words) else "answer"


def _tell_unlabelled(post: Post, said: str, words: list[str], first: bool, early: bool) -> str:
    replies = bool(post.reply_to) or post.text.lstrip().startswith(("@", ".@", "“@", '"@'))
    if not words:
        shares = bool(LINK.search(post.text)) or bool(post.media)
        return ("reply" if replies else "answer") if shares else "agreement"
    if "?" not in said and _only_agrees(words):
        return "agreement"
    if _is_thanks(said, words):
        return "thanks"
    if _is_greeting(said, words, first and not replies, early):
        return "greeting"
    if _HOUSEKEEPING.search(post.text) and len(words) <= 30:
        return "housekeeping"
    if not replies and post.links and _PROMOTES.search(said):
        return "announcement"
    return "reply" if replies else "answer"


def _is_spam(post: Post, said: str) -> bool:
    """Tell what sells to strangers, or a link under a heap of tags."""
    if _SPAM.search(said) and (post.links or len(post.hashtags) >= 3 or "http" in post.text):
        return True
    tags = len(re.findall(r"(?<!\w)#\w+", post.text))
    return tags >= 8 and len(_WORDS.findall(said)) <= tags and bool(post.links)


def _only_agrees(words: list[str]) -> bool:
    """Tell bare agreement: few words, each of them said in agreeing, or emoji alone."""
    if not words:
        return True
    if len(words) > 8:
        return False
    return all(word in _AGREES for word in words) and any(word in _AGREES_CORE for word in words)


def _is_thanks(said: str, words: list[str]) -> bool:
    """Tell thanks that say little else: what stands in other sentences is a few words at most."""
    if not _THANKS.search(said) or "?" in said:
        return False
    sentences = [part for part in re.split(r"(?<=[.!…])\s+|\n", said) if part]
    thanks = [part for part in sentences if _THANKS.search(part)]
    spoken = sum(len(_WORDS.findall(part)) for part in thanks)
    early = any(len(_WORDS.findall(part[: _find_thanks(part)])) <= 5 for part in thanks)
    return early and spoken <= 22 and len(words) - spoken <= 6


def _find_thanks(said: str) -> int:
    found = _THANKS.search(said)
    return found.start() if found else len(said)


def _is_greeting(said: str, words: list[str], may_introduce: bool, early: bool) -> bool:
    """Tell hello, goodbye and introductions from answers that begin or end with a courtesy."""
    if _BYE.search(said):
        return len(words) <= 16
    introduces = may_introduce and "?" not in said and bool(_INTRODUCES.search(said))
    hello = _HELLO.match(said)
    if hello:
        rest = said[hello.end() :].lstrip(" ,.!-–—")
        around = re.match(
            r"(?:all|everyone|everybody|folks|there|y['’]all|again)\b[\s,.!-]*", rest, re.I
        )
        rest = rest[around.end() :] if around else rest
        return len(words) <= 9 or early or (may_introduce and bool(_INTRODUCES.search(rest)))
    return introduces and len(words) <= 35
