"""Phrases by which posts that are no part of the talk give themselves away, as patterns.

English first, with the main phrases of French, German, Spanish, Portuguese, Italian, Turkish and
Welsh. They are what any chat says; none is tuned to a community, a hashtag or a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_I = re.IGNORECASE


def _join(*parts: str) -> str:
    return "|".join(parts)


def _join_from_words(*parts: str) -> str:
    r"""Return a pattern for any of many: those that open with a word's edge are tried only there.

    `\bred|^blue|\bgreen` becomes `\b(?:red|green)|^blue`, which finds something in the same texts,
    in less than half the time where there are a hundred. It may find another of them first.
    """
    every = _split_choices(_join(*parts))
    at_words = [one.removeprefix(r"\b") for one in every if one.startswith(r"\b")]
    others = [one for one in every if not one.startswith(r"\b")]
    return _join(rf"\b(?:{_join(*at_words)})", *others)


def _split_choices(pattern: str) -> list[str]:
    """Return the choices of a pattern that stand in no brackets."""
    choices, depth = [""], 0
    for piece in re.findall(r"\\.|\[(?:\\.|[^\]])+\]|.", pattern, re.DOTALL):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += piece
    return choices


def _list_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPAM = re.compile(
    r"\b(?:buy (?:followers|now|cheap|viagra|tickets)|cheap (?:followers|watches|pills|flights)"
    r"|(?:gain|get|more|free) (?:\d[\d,.k]* )?(?:free )?followers|click (?:here|the link|my link)"
    r"|limited (?:time )?offer|make (?:\$|£|€)?\d+[\d,.k]*(?:\$|£|€)?\s?(?:a|per|/)\s?(?:day"
    r"|week|hour)"
    r"|work from home (?:and|&) earn|earn (?:\$|£|€)\s?\d|crypto (?:giveaway|signals?)|double your"
    r"|(?:weight loss|forex|casino|betting|escorts?|viagra|cialis|onlyfans|replica watches)"
    r"|dm (?:me )?(?:for|to) (?:promo|earn|invest)|100% (?:free|guaranteed)|essay writ(?:ing"
    r"|ers?) service"
    r"|(?:e-?book|pdf|full|free) download|download (?:now|free|here)|read online free"
    r"|assignment help|pay someone to (?:do|write)|discount code)\b",
    _I,
)

# Each by itself is innocent; three of them in a stranger's post sell something.
SELLS = tuple(
    re.compile(pattern, _I)
    for pattern in (
        r"[$£€]\s?\d|\d\s?[$£€]|\b\d{1,3}\s?% off\b",
        r"\b(?:click|order|buy|shop|call|visit|whatsapp|telegram|dm|inbox)\b",
        r"\bfree\b|\bgratis\b|\bgratuit|\bkostenlos",
        r"24/7|24 ?hours?\b|\bin \d+ hours?\b|\bwithin \d+|\binstant|\bfast delivery",
        r"!!|\b(?:hurry|guarantee\w*|lowest price|best price|promo|discounts?|bargains?|deal)\b",
        r"\b(?:struggling with|tired of|want to (?:earn|lose|make|win)|need (?:cash|money|help with"
        r" your))\b",
        r"\b(?:essays?|homework|followers|loans?|crypto|bitcoin|pills|slots|jackpot)\b",
        r"(?:#\w+\s*){3,}$",
    )
)

THANKS = re.compile(
    r"\b(?:thanks(?! to\b)|(?<!\w )thanks to\b(?=[^.!?,]{0,100}(?:\bfor\b|[.!]|$))|thank (?:you|u"
    r"|ya)|thx|thnx|tnx|tysm|ty|cheers"
    r"|much appreciated|kudos|merci"
    r"|danke(?:schön)?|vielen dank|gracias|obrigad[oa]s?|grazie|teşekkür(?:ler)?(?: ederi[mz])?"
    r"|sağ ?ol(?:un)?|diolch)\b",
    _I,
)
PRAISES_CHAT = re.compile(
    r"\b(?:great|good|awesome|excellent|wonderful|amazing|fantastic|enlightening|brilliant|lovely"
    r"|fun|fab(?:ulous)?|terrific|super|nice|interesting|stimulating|lively|rich)"
    r" (?:(?!to\b)\w+ )?(?:chat|conversation|discussions?|talk|session|hour|evening|work|job)\b"
    r"|\byou (?:guys |all )?(?:rock|rule|were great)\b|\blearn(?:ed|t|ing) (?:a lot|so much"
    r"|a ton|tons|loads)\b|\b(?:enjoyed|loved) (?:this|tonight|today|it|every|our|the (?:chat"
    r"|talk|hour|discussion|conversation))\b"
    r"|\bgave me (?:strength|hope|lots)|\b(?:super|tolle|guter?) (?:chat|diskussion|gespräch)"
    r"|\b(?:belle|bonne) (?:discussion|soirée)|\bgran (?:chat|charla)|\bgüzel sohbet",
    _I,
)

HELLO = re.compile(
    r"^(?:(?:oh|and|ok(?:ay)?|well|so|just)[\s,!]+)?(?P<hello>who(?:['’]?s| is| else is"
    r"| all is) (?:here|joining|with us|out there|in)|hi(?:ya)?|hello|helo|hey|howdy|hola"
    r"|bonjour|bonsoir|salut|coucou"
    r"|hallo|guten (?:abend|tag|morgen)|moin|servus|ciao|salve|buon(?:a ?sera|giorno)|buenas"
    r"|buenos d[ií]as"
    r"|ol[áa]|oi|boa (?:noite|tarde)|bom dia|merhaba|selam(?:lar)?|iyi (?:akşamlar|günler)"
    r"|noswaith dda|bore da|prynhawn da|shwmae|s['’]mae|croeso"
    r"|good (?:evening|morning|afternoon|day)|greetings|evening|morning|g['’]day|welcome|willkommen"
    r"|bienvenid[oa]s?|bienvenue|benvenut[ioae]|bem[- ]vind[oa]s?|hoş ?geldin(?:iz)?)\b",
    _I,
)
AROUND = re.compile(
    r"\s*(?:all|everyone|everybody|folks|friends|there|y['’]all|again|back|guys|people|team"
    r"|from|to|tout le monde|à tou\w+|zusammen|allerseits|a tod[oa]s|a tutti|herkese|arkadaşlar"
    r"|bawb|pawb)\b[\s,.!-]*",
    _I,
)
_ROLES = (
    r"(?:librarian|libs?|teacher|tchr|educator|professor|prof|lecturer|instructor|tutor|student"
    r"|specialist|consultant|coordinator|director|manager|supervisor|assistant|trainee|archivist"
    r"|cataloge?r|cataloguer|researcher|scientist|engineer|developer|designer|writer|author|editor"
    r"|nurse|doctor|physician|surgeon|nephrologist|pharmacist|therapist|midwife|fellow|resident"
    r"|postdoc\w*|phd|coach|mentor|administrator|admin|principal|chair|president|officer|curator"
    r"|technician|volunteer|planner|farmer|parent|facilitator|analyst|dba|warden|warder|mod"
    r"|moderator|co-?host|enseignante?|bibliothécaire|lehrerin?|bibliothekarin?|profesora?"
    r"|bibliotecari[oa]|insegnante|öğretmen|kütüphaneci)"
)
ROLE = re.compile(rf"\b{_ROLES}\b|\b(?:teach(?:ing)?|work(?:ing)?) (?:at|in|for|as|\d+)", _I)
NAMES_SELF = re.compile(
    r"^\W*(?:(?i:i['’]?m|i am|this is|my name is|name['’]s)\s(?:(?i:dr|prof)\.?\s)?"
    r"[A-Z][\w.'’]+(?:\s[A-Z][\w.'’]+)?"
    r"(?:[,.!]|\s+(?:from|in|at|here|with|and)\b)"
    r"|(?:[A-Z][\w.'’-]+\s){1,3}(?:(?i:here|checking in|joining|live|ydw i)\b|(?i:from|in)\s[A-Z]"
    r"|(?i:adında|dan))"
    r"|(?i:checking|tuning|logging|dropping|popping|jumping) in (?:from|late|for|to)\b"
    r"|(?i:je suis|ich bin|soy|me llamo|(?:eu )?sou|mi chiamo|sono)\s[A-Z]\w+)"
)
NAME_FIRST = re.compile(
    r"^\W*[A-Z][\w'’-]+(?:\s(?:[A-Z]\.?|[A-Z][\w'’.-]+)){0,2}\s?(?P<stop>[,.;:–—-]|\s[a-z]|$)"
)
PLACE = re.compile(
    r"(?:,\s?(?:[A-Z]{2}\b|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)|\b(?:from|in|at|near) (?:the )?[A-Z]\w+)"
)
COMES = re.compile(
    r"^\W*(?:lurking|following\b)|\b(?:(?:just|mostly|probably|be|am|i['’]m|only) (?:just "
    r"|be )?lurking"
    r"|lurking (?:tonight|today|for|from|to|now|again)|lurker|looking forward(?: to (?:this|the|it"
    r"|today|tonight|see|seeing|chat\w*|hear\w*|learn\w*|our|joining|reading|everyone|all)\b"
    r"|\s*$|[.!])"
    r"|excited (?:to (?:be|join|chat|learn|see)|for|about (?:this|the|ton)|2 (?:be|join))|stoked"
    r"|pumped"
    r"|(?:glad|happy|ready|here|hope) to (?:be|join|follow|chat|see|lurk|listen|learn)"
    r"|(?:first|1st) (?:ever )?(?:\w*chat|time (?:here|at\b|in\b|on\b|with you|joining|partici\w+))"
    r"|my first(?:\s{2,}|\s*$|\s\w*chat\b)|joining (?:in )?(?:late|you|the|my"
    r"|tonight|from)"
    r"|in and out|following along|can['’]?t wait (?:to|2|for)"
    r"|(?:sorry|apologies)[^.!?]{0,20}\blate\b|(?:running|bit|little|here|getting here"
    r"|joining) late"
    r"|late (?:to|arriv|joining|again)|belated(?:ly)?|i['’]?m ready|ready for|on time|will be (?:in"
    r"|lurking|listening))\b",
    _I,
)
MISSED = re.compile(
    r"^\W*(?:ack\W+|argh?\W+|oops\W+|ugh\W+|oh no\W+)?(?:(?:i|sorry i|disappointed (?:that )?i)\s)?"
    r"(?:['’]ve |have |just )?(?:totally |completely )?(?:missed|forgot|missing)\b[^?]*"
    r"(?:tonight|today|chat|notification|catch|read|was\b)"
    r"|^\W*(?:(?:ah|argh?|damn|oh)\W+)?(?:no\W+)?i(?:['’]ve| have)? (?:just )?missed(?: it)?\W*$",
    _I,
)
WISHES = re.compile(
    r"^\W*happy (?:new year|birthday|holidays|friday|weekend|thanksgiving|easter|christmas|eid)\b"
    r"|^\W*(?:bonne année|joyeux|frohes? (?:neues|weihnacht|ostern)|feliz (?:año|ano|cumple|navidad"
    r"|natal)|buon (?:anno|natale|compleanno)|mutlu yıllar|iyi bayramlar|كل عام|明けまして"
    r"|おめでとう)",
    _I,
)
MEETS = re.compile(
    r"\b(?:(?:oh,? )?welcome(?: (?:back|to|from|aboard|in)\b)?|(?:good|nice|great|lovely|glad)"
    r" (?:to|2) (?:[\"“]?see[\"”]?|meet|have|talk to|hear from) (?:you|u|ya|y['’]all)"
    r"|hope you(?: are|['’]re) (?:\w+ )?(?:well|good|ok)|how(?:['’]?s| are) (?:you|ya|things|it"
    r" going)|how ya doin\w*|familiar (?:faces|folks)|in the house|willkommen|bienvenue"
    r"|bienvenid[oa]s?"
    r"|croeso)\b",
    _I,
)
# A longer apology on the way out: "Sorry folks, I have to leave early, but ...".
LEAVES_EARLY = re.compile(
    r"^[^.?!]{0,40}\bi(?:['’]ve|['’]m)? (?:have|need|had|got|going) to"
    r" (?:leave|go|drop off|head out|duck out|sign off) (?:early|now|soon|in a)\b",
    _I,
)
BYE = re.compile(
    r"\b(?:good ?night|night,? (?:all|everyone|folks|y['’]all)|g['’]night|nighty? night|good ?bye"
    r"|bye(?: bye)?(?: all| everyone| now)?|see (?:you|ya|y['’]all|u) (?:all )?"
    r"(?:next|there|then|later|soon|tomorrow|in (?:a|two|2))|signing off"
    r"|(?:\b(?:i|i['’]ve|so|sorry) (?:have|got|need)(?: got)? to|gotta|must) "
    r"(?:run|go|dash|leave|head|scoot|sign off)\b"
    r"|(?:i['’]m|am) off\b|and me away|until next (?:time|week|month)|that['’]s my (?:break|time"
    r"|bus"
    r"|stop)\b|(?:bed|home) ?time\b|stay (?:safe|well|warm|smart|cool)\b|take care\b|off to bed"
    r"|(?:have a|enjoy (?:the|your)) (?:\w+,? (?:and )?){0,3}"
    r"(?:rest|evening|night|day|weekend|week)\b|sleep well"
    r"|hope (?:you['’]?ll|to see you)[^.!?]{0,20} next (?:time|week|month)"
    r"|bonne (?:nuit|soirée)|à bientôt|à la prochaine|au revoir|gute nacht|tschüss|schönen abend"
    r"|bis (?:bald|dann|zum nächsten)"
    r"|buenas noches|adiós|hasta (?:luego|pronto|la próxima)|boa noite|até (?:logo|breve"
    r"|a próxima)|tchau"
    r"|buona ?notte|arrivederci|a presto|alla prossima|iyi geceler|hoşça ?kal(?:ın)?"
    r"|görüşürüz|görüşmek üzere|nos da|hwyl(?: fawr| am)?)\b",
    _I,
)

HOUSEKEEPING = re.compile(
    _join_from_words(
        r"\b(?:use|using|add|adding|in(?:cl|lc)ude|including|remember|don['’]?t forget|forgot"
        r"|missed"
        r"|keep"
        r"|keeping|with) (?:to (?:to |remember )*(?:use|add|include|keep) )?"
        r"(?:this |the |our |my |a |that )?(?:#?\w*chat )?(?:hash ?tag|tag)\b",
        r"\b(?:please|sure|remember|forget)\s(?:to\s)?(?:use|using|add|in(?:cl|lc)ude|keep) (?:the "
        r"|our )?#",
        r"\b(?:remember|don['’]?t forget) (?:the |our |to )?#",
        r"\buse (?:the )?#\w+ (?:hash ?tag|tag|to (?:follow|join))"
        r"|\bkeep (?:the )?#\w+ (?:tag )?(?:in|on)\b",
        r"\b(?:hash ?)?tag\b[^.?!]{0,40}\b(?:so (?:i|we) can|helps (?:me|us))",
        r"\b(?:q|question) ?\d* ?(?:is )?(?:coming|up next|on deck|on the way|next)\b",
        r"\bhere comes? (?:q|question)\b|\bnext(?: up)?(?: is)?:? q\d|\b(?:then|on to|onto"
        r"|to) q\d\b",
        r"\b\w+ minutes? (?:until|till|left|to go|to #|to q\d)|\bminute warning",
        r"\b(?:starts|starting|begins) (?:in (?:about |just )?(?:\d+|five|ten|fifteen|a few)|now\b"
        r"|soon|shortly|at \d)|\babout to (?:begin|start)\b",
        r"\b(?:respond|reply|answer|preface|begin|start)\b[^.?!]{0,60}\b[\"“']?"
        r"a(?:1|nd the number|nswer number)",
        r"\b(?:i['’]?ll|we['’]?ll|i will|we will|will)\b[^.?!]{0,30}\b(?:create|make|post|share)"
        r"[^.?!]{0,12}(?:transcript|archive|storify|wakelet|recap|write-?up|summary)",
        r"\b(?:transcripts?|archive[ds]?|storify|wakelet|recap|write-?up|summary|past chats?)\b"
        r"[^.?!]{0,50}\b(?:will be|posted|available|later today|tomorrow|(?:is|are) (?:ready|online"
        r"|now|here|up|live)|can be found|found at|at$|at http)",
        r"\b(?:chat|conversation) will be (?:up|archived|posted|available|saved)",
        r"\b(?:here['’]?s?(?: is)?|you can (?:get|find|access|read))\b[^.?!]{0,25}\b(?:transcripts?"
        r"|archive|storify|wiki)\b",
        r"\b(?:today|tonight)['’]s\b[^.?!]{0,30}\btranscript\b|^\W*transcripts? (?:from|of|for)\b",
        r"\b(?:post|share) (?:a|the|this \w+) (?:transcript|archive|storify|wakelet|recap|summary)",
        r"\bstorify volunteers?\b|\bvolunteer\w* (?:to )?storify",
        r"\bwhat (?:question|number) are we on|\bwhich question (?:are we|is this)",
        r"\b(?:move|moving|going) (?:on )?to (?:q\d|question)",
        r"\btime for (?:q\d|question|our (?:next|last|final|first) q)",
        r"\b(?:next|last|final) (?:question|one),? (?:is )?(?:coming|up\b)",
        r"\b(?:can|could) (?:someone|anyone|you) (?:please )?(?:repost|repeat|retweet)",
        r"\bintroduce yoursel(?:f|ves)|\bintroducing yoursel|\bintroductions\b|\blet['’]?s get"
        r" started|\bwe['’]re live",
        r"\bwe(?:['’]ll| will|['’]re)? (?:be )?(?:use|using|follow|following) (?:a|the) q\d?/?a?",
        r"^\W*how (?:it|this|the chat) works\b|\b(?:we|i)(?:['’]ll| will)? ask q1\b",
        r"\blate answers?\b|\b(?:answer|jump) (?:an(?:y)? )?(?:old|earlier|in any)\w*"
        r"|\bjump in (?:any|when)",
        r"\bopen agenda\b|\b(?:no|any) (?:real )?agenda\b|\b(?:create|make) a transcript"
        r"|\bno real rules\b|\bstick to the topic\b",
        r"\b(?:tweetchat|tweetdeck|tchat)\b[^.?!]{0,40}\b(?:refresh|speed|button|setting)|\brefresh"
        r" (?:speed|rate)",
        r"\bgoing (?:once|twice)\b|\bany (?:other |more )?takers\b",
        r"\b(?:140|280|500|300) char\w*[^.?!]{0,30}(?:not enough|n['’]t enough|too few|limit)"
        r"|\brate limit|\btwitter (?:jail|is slow)|\bwon['’]?t (?:post"
        r"|show up) in\b",
        r"\b(?:missed|forgot) q\d|\bdon['’]?t click\b|\b(?:reported|blocked) (?:the|that|this"
        r"|them)\b",
        r"\bprochaine question|\bnächste frage|\bpróxima pregunta|\bpróxima pergunta|\bprossima"
        r" domanda|\bsıradaki soru|\bcwestiwn nesaf|\b(?:dernière|letzte|última|ultima|son)"
        r" (?:question|frage|pregunta|pergunta|domanda|soru)\b",
    ),
    _I,
)
# What only a host's words make housekeeping: "Q6 is in two parts", "halfway, and my tea is cold".
HOST_KEEPS = re.compile(
    r"\b(?:q|question) ?\d+\b|\bhalf ?way\b|\b(?:next|last|final) (?:question|one)\b"
    r"|\bcatch (?:up|your"
    r" breath)\b|\bbe (?:kind|nice|helpful|patient)\b|\b\w+ minutes?\b[^.?!]{0,20}\b(?:left|to go)"
    r"|\b(?:moving|move) (?:on|along)\b|\banybody (?:still|else) (?:typing|here)|\bstill typing\b"
    r"|\bquick poll\b|\blet['’]?s (?:begin|start|move|go)\b|\bthat['’]s (?:time|a wrap|our hour)\b"
    r"|\b(?:all|past|previous|earlier|old) (?:chats|questions)\b|\bfollow along\b|\bcarry on\b",
    _I,
)
_WHEN = (
    r"(?:tonight|today|tomorrow|this (?:evening|afternoon|morning)|(?:on |next )?(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day|next (?:week|month|time)|\d{1,2}(?::\d\d)? ?(?:[ap]\.?m\.?\b"
    r"|(?:et|est|pt"
    r"|gmt|bst|cet)\b)|(?:in (?:about |just )?)?(?:\d+|five|ten|fifteen|twenty|thirty|a few|a"
    r" couple of) ?(?:more )?min(?:ute)?s?|in (?:an|one|1) hour|(?:top|bottom) of (?:the )?hour"
    r"|soon"
    r"|shortly|demain|ce soir|heute|morgen|mañana|esta noche|amanhã|hoje|stasera|domani|bu akşam"
    r"|yarın|heno|yfory)"
)
SEE_YOU_THERE = re.compile(
    r"\bsee (?:you|ya|y['’]all|everyone|some of you)(?: all)? there\b|\bwir sehen uns dort\b"
    r"|\b(?:on s['’]y retrouve|nos vemos all[íi]|vemo-nos lá|ci vediamo (?:lì|là))\b",
    _I,
)
# What opens a reaction to something said before; with whom or what it reacts to, it is a reply.
REACTS = re.compile(
    r"^\W*(?:(?:yes|yep|yup|yeah|nope|agreed|exactly|spot on|so true|well said|same here"
    r"|this (?:is (?:so|such|exactly|why)|!)|indeed|absolutely|totally)\b"
    r"|(?:i |we |just |really )*(?:love|loving|like) (?:this|that|it|how|the (?:idea|way|part))\b"
    r"|(?:great|good|excellent|fair|interesting) (?:point|idea|question|example|thought|quote)"
    r"|you (?:bring|make|raise)\b|(?:thanks|thank you|thx) for (?:sharing|this|that|the)\b"
    r"|(?:tout à fait|exactement|bien dit|bonne (?:idée|question)|genau|stimmt"
    r"|gute[rs]? (?:punkt|idee|frage)|exacto|totalmente|buen(?:a|os)? (?:punto|idea|pregunta)"
    r"|exato|concordo|bo[am] (?:ponto|ideia|pergunta)|esatto|bell['’]?\w* (?:idea|domanda)"
    r"|kesinlikle|aynen|katılıyorum)\b"
    r"|صحيح|بالضبط|أتفق|確かに|その通り|同感|なるほど)",
    _I,
)
_SAYS_SOMETHING = _list_words(
    "i we you he she it they is are was were have has had do does did can could will would should"
    " must my our your this that these those to not if when because so need use think"
)


def reads_like_a_badge(text: str, words: Sequence[str]) -> bool:
    """Return whether a text is a name, a trade and a place: "Ann Lee science consultant Leeds"."""
    named = re.match(r"^\W*[A-Z][\w'’-]+\s[A-Z][\w'’.-]+\s", text)
    return (
        bool(named and ROLE.search(text)) and len(words) <= 10 and _SAYS_SOMETHING.isdisjoint(words)
    )


INVITES = re.compile(
    rf"\b(?:join|come (?:join|along|chat|talk|hang|to)|hope you(?:['’]?ll| will| can)"
    rf"|hope to see|please join|chatting|be there|see you (?:all )?at|rejoignez|venez|kommt|únete"
    rf"|acompáñ|participe|junte-se|partecipa|unisciti|katıl)\b[^?]*?\b{_WHEN}"
    rf"|\b{_WHEN}\b[^?]*?\b(?:join (?:us|me|in|the)|come (?:join|along)|hope you(?:['’]?ll| will"
    rf"| can))\b"
    rf"|\bjoin (?:in on|us (?:for|at|on|in)|@\w+ (?:and|&|for))|\bjoin (?:\S+ ){{1,4}}for\b"
    rf"|\bhope to see (?:you|y['’]all|everyone)"
    rf"|\blook(?:ing)? forward to\b[^?]{{0,40}}\bstart(?:ing|s) in\b",
    _I,
)
NEXT_CHAT = re.compile(
    rf"\b(?:next|our next|next (?:month|week)['’]s|the next|prochain|nächster?|próxim[oa]"
    rf"|prossim[oa]|bir sonraki)"
    rf" (?:#\w+|\w*chat|session|meeting)\b[^?]{{0,40}}(?:\b{_WHEN}|\b\d|will be|is\b|:)"
    r"|\b(?:mark your calendars?|set a reminder|save the date)\b"
    r"|\bwe(?:['’]ll| will) be back (?:on|in|next)\b",
    _I,
)
TODAYS_CHAT = re.compile(
    rf"^\W*{_WHEN}(?!['’]s)[^.?!]{{0,25}}#|^\W*(?:#\w+\W+)+(?:at |in )?(?:the )?{_WHEN}"
    rf"|\b{_WHEN}\W{{1,3}}#\w+\W{{1,3}}on\b",
    _I,
)
PROMOTES = re.compile(
    r"\b(?:(?:register|sign up|rsvp|apply|submit|vote|subscribe|enrol)\b[^.?!]{0,30}"
    r"(?:now|here|today|at|for|by|your|http)|registration|call for (?:papers|proposals)|cfp"
    r"|deadline|check out (?:my|our)\b|we['’]re hiring"
    r"|job (?:opening|alert)|(?:my|our) (?:latest|new|next) (?:post|blog|book|article|episode"
    r"|session|talk|webinar|podcast)|(?:brief |short )?blog ?post (?:i|we) wrote|free webinar"
    r"|(?:new|latest) (?:\w+ )?(?:post|blog|episode|video|article|issue|paper|book|course) "
    r"(?:is |just )?(?:up|out|live)\b|(?:out|available) now\b|now available|don['’]t miss"
    r"|(?:nouvel|neue[rs]?|nuev[oa]|nov[oa]|nuov[oa]|yeni)"
    r" (?:article|beitrag|folge|artículo|episodio|artigo|episódio|articolo|puntata|yazı|bölüm)"
    r"|last day to (?:submit|register|apply|comment)|consider joining\b"
    r"|inscri(?:vez|ption|ções|pción)|anmeld(?:en|ung)|iscri(?:viti|zioni)|kay[ıi]t ol)\b",
    _I,
)
TICKETS = re.compile(
    r"\btickets?\b[^.?!]{0,30}\b(?:left|on sale|available|gone|sold out|go(?:es)? on sale)\b"
    r"|\b(?:in[- ]person|virtual)\b[^.?!]{0,40}\btickets?\b|\b(?:early bird|promo code)\b",
    _I,
)

OPENS = re.compile(
    r"\b(?:cfp|call for (?:papers|proposals|speakers)|registrations?|submissions?|nominations?"
    r"|applications?|enrol?lment)\b[^.?!]{0,60}\b(?:(?:is|are) (?:now |also |still )?open|opens?"
    r"|opened|closes?|closing)\b",
    _I,
)

AGREES = _list_words(
    """
    agree agreed agrees agreeing yes yep yup yeah yea yess yesss yas absolutely totally
    definitely exactly precisely indeed true truth same ditto this amen word preach right
    correct love loved like nice great good cool awesome excellent brilliant wonderful amazing
    fantastic perfect super wow bravo ha haha hahaha lol lmao ok okay sure interesting well
    said important point points idea ideas that that's thats so very much really me too here
    here's hear heart i with you it is its it's a the all of 100 1 my thinking thought
    exactly! q just what said couldn't better more could not have definitely. such an and to
    for oh ah aw hmm yay us we both also completely fully wholeheartedly strongly spot on
    bingo nailed think do does did hi5 nailed sentiments was were one impressive beautifully
    nicely perfectly phrased put resource resources article question woot stuff quote looks
    sounds helpful useful fascinating bummer these those are quite pretty
    oui d'accord exactement tout fait moi
    aussi vrai bien ja genau stimmt richtig absolut ganz sehr gut ich auch si sí exacto
    totalmente cierto acuerdo de estoy muy bueno verdad sim exato concordo verdade isso muito
    bom esatto d'accordo vero sono giusto anch'io evet kesinlikle aynen katılıyorum doğru çok
    güzel haklısın cytuno cytuno'n llwyr yn union ie
    """
)
AGREES_CORE = _list_words(
    """
    agree agreed agrees agreeing yes yep yup yeah yea yess yesss yas absolutely totally
    definitely exactly precisely indeed true truth same ditto this amen preach right correct
    love loved nice great good cool awesome excellent brilliant wonderful amazing fantastic
    perfect wow bravo ha haha hahaha lol lmao ok okay sure interesting impressive oui d'accord
    exactement ja genau stimmt richtig absolut si sí exacto totalmente cierto sim exato concordo
    verdade isso esatto vero evet kesinlikle aynen katılıyorum doğru like bingo 1 100 super
    yay oh ah spot nailed word said beautifully woot hear cytuno union helpful useful fascinating
    """
)
