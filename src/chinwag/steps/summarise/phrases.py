"""Turns of phrase that tell a point from chatter, as data, for several languages.

Each is a pattern over a cleaned post or a sentence of it. They name habits of conversation
(greeting, agreeing, leaning on what was said before), never a chat, a person or a topic.
"""

from __future__ import annotations

import re


def _any_of(words: str) -> str:
    """Return a pattern for any of several phrases, one a line or between bars, spaces loose."""
    phrases = (phrase.strip() for line in words.splitlines() for phrase in line.split("|"))
    return "|".join(phrase.replace(" ", r"\s") for phrase in phrases if phrase)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_GREETING = """
hi|hey|hello|hiya|howdy|welcome|greetings|evening (?:all|everyone|folks)
good (?:morning|evening|afternoon|night)
bonjour|bonsoir|salut|hallo|guten \\w+|hola|buenas|olá|oi|ciao|buonasera|merhaba|bye|goodbye
cheers|congrats|congratulations|happy (?:birthday|new year|holidays|\\w+day)
"""
_THANKS = """
(?:many |so |big )?(?:thanks?|thx|ty)|merci|danke|gracias|obrigad[oa]|grazie|teşekkür\\w*
"""
_SOUNDS = (
    "sorry|apologies|oops|lol|haha\\w*|hmm+|ha|wow|yay|woo\\w*|omg|ooh+|oh|a+h+|aha|a+r+gh+|ugh+"
    "|whew|phew|geez|jeez|yikes|aww+|gosh|whoa|eek|meh|huh|hah|haha"
)
_AGREEMENT = """
yes|yep|yeah|yup|yea|nope|agree[ds]?|exactly|absolutely|definitely|totally|indeed|precisely
so true|very true|true(?! \\w)|amen|ditto|same here|me (?:too|neither)|us too|well said
makes (?:perfect|total|complete|good|so much|a lot of) sense
preach|bingo|hear,? hear|could ?n['’]?t agree more|seconded
i (?:\\w+ )?(?:agree|second)|heartily second|(?:you are|you['’]?re) (?:so )?right
oui|d['’]accord|tout à fait|ja|genau|stimmt|richtig|sí|de acuerdo|exacto|sim|concordo
esatto|sono d['’]accordo|evet|kesinlikle|katılıyorum
"""
_PRAISE = """
true|correct|right(?: on)?|great|good|nice|excellent|awesome|fantastic|brilliant|lovely|cool
interesting|amazing|love|like|same
"""
_PRAISED = (
    "questions?|points?|ideas?|stuff|job|work|chat|discussion|one|to (?:see|hear|be)|it|this|that"
)
_PREFACE = """
for sure|of course|truly laughing|1st timer|(?:i )?(?:would|['’]d)? ?love(?:d)? (?:to hear|hearing)
more of a|just a thought|my two cents|in my opinion|imho|fun fact|side note|random thought
a couple things|a few thoughts|two things|lots of things|where to (?:start|begin)
"""

THANKS = _compile(rf"\b(?:{_any_of(_THANKS)})\b")
# A sentence that opens so, and is short, says nothing.
HOLLOW = _compile(
    rf"(?:(?:{_any_of(_GREETING)}|{_any_of(_THANKS)}|{_any_of(_SOUNDS)}|{_any_of(_AGREEMENT)}"
    rf"|{_any_of(_PREFACE)})\b|(?:{_any_of(_PRAISE)})(?:\s(?:{_any_of(_PRAISED)})\b|[!,.…]|\W*$)"
    r"|\+\s?1|100\s?%|💯|👍)"
)
# A short sentence that ends so speaks of something else: "Super important to remember this."
POINTS_BACK = _compile(r"\b(?:this|that|it|these|those|them|so|too|here)$")

# A post that opens so agrees with what it answers, unless it goes on with SAYS_BUT.
SAYS_YES = _compile(
    rf"\W*(?:(?:{_any_of(_AGREEMENT)}|this(?=[!.\s]*$))\b|\+\s?1|100\s?%|💯|👍"
    r"|同感|そうですね|賛成|نعم|أوافق|صحيح)"
)
SAYS_BUT = _compile(
    r"\b(?:but|however|though|although|except|nope|no,|unless|not|never|disagree|isn['’]?t|don['’]?t"
    r"|doesn['’]?t|can['’]?t|won['’]?t|please|messag(?:e|ing)\s(?:me|you)|dm\s(?:me|you)|(?:count|sign)\sme|aber|nicht|mais|pas|pero|mas|não|ma|non|ama|değil)\b|\?"
)

_BACK_WORDS = """
this|that|these|those|which|who|whom|whose|where|and|or|nor|plus|also|too
then|but|yet|however|although|though|he|she|him|his|her|them|it['’]?ll|therefore|thus|hence
instead|otherwise|or additionally|especially|including|such as|e\\.g|i\\.e|eg|ie|both|neither
either|likewise|except|apart from|so (?:this|that|these|those|it|i think (?:this|that|it))
(?:very|so|super|really|extremely) (?:helpful|useful|interesting|cool|great|true|good)
more (?:stuff|from|of)|such an?|similarly
not (?:only|just|really|yet|sure|me|to mention)|speaking of|back to|as (?:for|to)
"""
_BACK_ABROAD = """
et|ou|mais|und|oder|aber|y|pero|mas|ma|ve|ama
donc|ça|cela|celui-ci|celle-ci|c['’]est (?:pourquoi|ça|cela)|voilà|du coup|ensuite|en plus
deshalb|daher|darum|deswegen|außerdem|dies (?:ist|war)
das (?:ist|war|stimmt|finde|sehe|gilt)|sondern|nein|não
eso|esto|por eso|así que|además|también|entonces|isso|isto|por isso|então|também|além disso
perciò|quindi|inoltre|anche|questo (?:è|era)|poi|bu (?:yüzden|nedenle)|bunun için|o yüzden|ayrıca
لكن|ولكن|لذلك|هذا|هذه|ذلك|أيضا|ثم|وهذا
"""
_BACK_JAPANESE = (
    "でも|しかし|だから|なので|それ|これ|その|また、|さらに|そして|ただ|ただし|けれど|つまり"
)
_BACK_ANSWERS = """
no|nope|right|ok(?:ay)?|well|sure|for sure|of course|great|good (?:point|question|idea|one)|nice
awesome
love (?:it|this|that|these|the|your|how)|thank|like (?:this|that)
i (?:\\w+ ){0,2}disagree
"""
_BACK_ANYWHERE = (
    rf"{_BACK_JAPANESE}|(?:{_any_of(_BACK_ABROAD)}|{_any_of(_AGREEMENT)}|{_any_of(_SOUNDS)}"
    rf"|{_any_of(_THANKS)})\b|\+\s?1|100\s?%"
)
# A sentence that opens so cannot stand without what was said before it.
LEANS_BACK = _compile(
    rf"\s*[+&]|[\W_]*(?:{_BACK_ANYWHERE}"
    rf"|(?:{_any_of(_BACK_WORDS)}|{_any_of(_BACK_ANSWERS)}|true|same)\b"
    r"|(?:it|that|this|there)(?:['’]?s|\sis|\swas)?\s"
    r"(?:too|so|all|is|was|does|did|works?|already|also)\b)"
)
# The same for a text that is not English: "no hay" and "her masa" lean on nothing.
LEANS_BACK_ABROAD = _compile(rf"\s*[+&]|[\W_]*(?:{_BACK_ANYWHERE})")
# Words that tie a sentence to what was said before, and without which it is whole.
OPENER = _compile(
    r"[\W_]*(?:(?:and|so|also|but|yes|yep|yeah|yup|right|exactly|indeed|ok(?:ay)?|sure|well"
    r"|correct|true|agreed|oh|ah|hmm+|haha|lol|(?:good|great|fair)\spoint|or\srather|e\.?g)\b"
    r"[\s,.;:!…–—-]+|\+\s?1[\s,.!]+)+(?=[\w\"“`])"
)
# What may be left then is no sentence, or tells nothing alone: "using pictures", "enjoyed the ...".
NO_SENTENCE = _compile(
    r"[\W_]*(?:(?:unless|until|again|really|please|just|to\sme|how\sto|been|means?|want|helps?"
    r"|think|thinking|enjoy|like|love|guess|wonder\w*|curious|let|check|do|don['’]?t|did(?:n['’]?t)?"
    r"|they|them|it|its|it['’]s|one\sof|some|others?|another|there|here|when|if|while|because|since"
    r"|for|of|to|with|at|on|in|from|by|as|than|this|that|i\s(?:realized|saw)\s\w+|i\s\w+\s[^,.]*\stoo(?=[,.!]|$))\b"
    r"|\w{3,}ed\b|\w{2,}ing\b(?![^.!?]*\b(?:is|are|was|were|does|doesn['’]?t|means?|helps?|makes?"
    r"|can|will|would|could|should|takes?|gives?|allows?|requires?)\b))"
)
# "Yes, since ...", "Because ...": an answer to the chat's question, if it is one to nobody else.
OPENS_WITH_ANSWER = _compile(
    r"[\W_]*(?:(?:yes|yep|yeah|yup|no|nope|well|sure|ok(?:ay)?|right|definitely|absolutely|oui|non|ja"
    r"|nein|sí|sim|não|evet|hayır)\s?[,.;:!–—-]+\s*(?!(?:but|and|that|this|it)\b)\w|(?:because|since|bc|b/c|cuz"
    r"|weil|parce\sque|porque|perché|çünkü)\b)"
)
# A question, whatever it ends in: "What are people doing about ..."
ASKS_EVERYBODY = _compile(
    r"[\W_]*(?:q\s?:\s*)?(?:what|how|who|where|when|why)(?:['’]?s)?\s(?:is|are|do|does|did|can|should"
    r"|would|has|have)\s[^.?!]*\b(?:you|anyone|anybody|everyone|everybody|people|folks)\b[^.?!]*[.?!]?$"
    r"|(?:[^.?!]*,\s)?(?:would|do|did|are|have|has|can|could|will|does)\s(?:you|y['’]?all|anyone"
    r"|anybody|folks)\b[^.?!]*[.?!]?$"
)
# An answer said as if it asked: it does not begin as a question does.
TENTATIVE = _compile(
    r"(?!(?:[\W_]*(?:so|and|but|also|ok(?:ay)?|well|hmm+|then|just|really|curious|wonder\w*|question)\b)*"
    r"[\W_]*(?:who|what|whats|when|where|why|how|which|whose|do|does|did|is|are|am|was|were|can|could"
    r"|would|should|will|has|have|had|may|might|must|shall|isn['’]?t|aren['’]?t|don['’]?t|doesn['’]?t"
    r"|didn['’]?t|won['’]?t|can['’]?t|any|anyone|anybody|anything|thoughts|ideas|you|if|or|est|qui|que"
    r"|quoi|pourquoi|comment|quel\w*|wer|was|wann|wo|warum|wie|welche\w*|qué|quién|cómo|por\squé|quem|como"
    r"|chi|che|perché|cosa|kim|ne|nasıl|neden)\b)"
)
STANDS_AFTER_ALL = _compile(
    r"(?:that|this|these|those)\s(?:said|being\ssaid|year|month|week|days?|semester|term|summer"
    r"|spring|fall|autumn)\b|where\s(?:we|i|possible)\b|both\s\w+\sand|either\s\w+\sor"
    r"|not\s(?:only|just)\s.{3,60}\bbut\b|no\s(?!,|(?:i|we|you|he|she|they|it|this|that)\b)\w+\s\w+"
    r"|same\s\w+\s\w+|plus\s\d"
    r"|well[- ]\w+ed\b|right\snow|true\s(?!unless|but|if|and|that|in|for|of|so)\w+\s\w+\s\w+"
    r"|who\s(?:we|is|are|gets|has|decides)\b|both\ssides\b"
    r"|there\s(?:is|was)\s(?!too\b|so\b|also\b|already\b)\w+\s\w+\s\w+"
    r"|it\s(?:is|was)\s(?!too\b|so\b|all\b|also\b|already\b)(?:\w+\s){1,3}(?:to|that|when|if|how)\b"
)
LEANS_BACK_A_LITTLE = _compile(
    r"[\W_]*(?:(?:\w+\s){1,4}(?:though|too|either)(?=[,.;-])"
    r"|they|their|it|its|it['’]s|we['’]?d|one\sof\s(?:them|these)|so|some|others?|another"
    r"|the\s(?:other|latter|former|same)|there|here|here['’]?s|like|as\swell|even|again|in\sthat"
    r"|at\sthat|for\sthat|as\sfar\sas\si\sknow|ex(?=\s?[.:])|for\s(?:example|instance)|i\s(?:do|did|am|have|don['’]?t|didn['’]?t|can['’]?t|would|will)"
    r"(?:\stoo|\sit|\sthat)?[.!,]|(?:i\s)?(?:wonder|wondering|curious|guess))\b"
)
# "It is important that ...": nothing is meant by "it".
EXPLETIVE = _compile(
    r"[\W_]*it(?:['’]?s(?!\s(?:going|about|used|supposed)\sto)|\sis|\swas|\s(?:can|would|could|may|might)\sbe|\sseems|\stakes|\shelps)\s.{0,40}"
    r"\b(?:to|that|when|if|how|for)\b|[\W_]*there(?:['’]?s|\sis|\sare|\swas|\swere)\s\w+"
)
# A sentence that ends so is not finished.
LEANS_ON = _compile(
    r"(?:\b(?:a|an|the|and|or|but|of|to|for|in|on|at|with|by|from|as|is|are|was|be|that|which|who"
    r"|my|your|our|their|his|her|its|this|these|i|we|if|because|than|into|about|via|see|here|le|la"
    r"|les|de|du|des|et|der|die|das|und|el|los|y)|[:,(&–—/-]|(?<!\.)\.\.|\.\.\.+|…)[\"”’)\]]*$"
)
# ":)" ends no sentence and leaves none open.
EMOTICON = _compile(r"\s[:;=]['’]?-?[)(dp/\\|\]]+\W*$")

_COUNTER = r"(?:\(?\d\s?/\s?(?:\d|x|n|\?)\)?|\[\d/\d\])"
# A post of which another holds the rest: "(1/2)", "cont'd", a start or an end in dots.
PART = _compile(
    rf"(?:^|[\s(\[])(?:{_COUNTER}|\(?cont(?:['’]?d|inued)?\.{{0,3}}\)?|1\sof\s\d)"
    r"(?:\s*(?:https?://\S+|[#@]\w+))*\s*$|\s/\d(?:\s*[#@]\w+)*\s*$"
    r"|^\W*(?:(?:@\w+|#\w+|[aqt]\s?\d+\w?[:.)]*|RT)\s*)*"
    rf"(?:{_COUNTER}[\s:.)]|\d\sof\s\d\b|\(?cont(?:['’]?d|inued)\b|\.\.+|…)"
)
# Somebody else's words stand in the post: a quoting repost, a quotation with its handle.
OTHERS_WORDS = _compile(
    r"^\W{0,3}(?:RT|MT):?\s?[\"“]?(?:@|\w+:)|^\s*[\"“”]\s?@\w+\s?:|\s[\"“]@\w+\s?:|\s@\w+:\s+\w+\s\w+\s\w+"
)

_TRADES = (
    "teacher|librarian|nephrologist|specialist|coach|professor|student|consultant|coordinator"
    "|director|nurse|doctor|researcher|lecturer|manager|archivist|developer|engineer|editor"
)
# Introductions and comings and goings.
_NOBODY_MEANT = r"(?!.*\b(?:every|each|the|a|an|any|all|our|most|many|some|if|when|should)\b)"
GREETS = re.compile(
    r"(?:^|[.!]\s)(?:[Hh]i|[Hh]ey|[Hh]ello|[Hh]owdy|[Gg]reetings|[Gg]ood\s(?:evening|morning"
    r"|afternoon))\b.{0,40}\b(?:from|here|in|everyone|all|everybody|folks)\b"
    r"|\b(?:[Cc]hecking|[Cc]himing|[Tt]uning|[Dd]ropping|[Pp]opping|[Jj]oining)\s(?:in\b|late|from"
    r"|the\schat)|\b[Ll]urk(?:ing|er)?\b|\b(?:[Ff]ir|1)st[\s-]?[Tt]imers?\b|\b[Jj]oiner\b"
    r"|\bhere\sin\s[A-Z]|\b[Ff]rom\s(?:snowy|sunny|rainy|chilly)"
    rf"|^{_NOBODY_MEANT}(?:\W*\w+\W+){{0,7}}(?:{_TRADES})\s(?:from|here|in|at)\s[@#]?[A-Z][^.]{{0,50}}\W*$"
    rf"|^[A-Z]\w+(?:\s[A-Z]\w+)?(?:,|\sfrom|\shere)\s{_NOBODY_MEANT}.{{0,40}}"
    rf"\b(?:{_TRADES}|\d+(?:st|nd|rd|th)\s[Gg]r\w*)\b[^.]{{0,40}}\W*$"
    rf"|^[A-Z]\w+\s[A-Z]\w+,?\s(?:\w+\s){{0,2}}(?:{_TRADES})\b(?:\W*[A-Z]\w+){{0,4}}\W*$"
    r"|^[A-Z]\w+(?:\s[A-Z]\w+)?,\s[^.!?]{3,40},\s[A-Z]{2}\W*$"
    r"|\b[Cc]hat\s?!|\bname\sis\s[A-Z]|\bI['’]?m\s[A-Z]\w+(?:,|\sfrom|\sand\sI)"
)
# How the chat runs, and comings and goings.
_RUNNING = """
join(?:ing)? (?:us|me|in)|next (?:\\w+ )?(?:chat|question|up)|next week['’]?s chat|moving on
(?:first|next|second|third|last|final) question|(?:don['’]?t|do not) forget (?:to|that|about|there)
remember to (?:use|add|include|tag|answer)|(?:see|catch) you (?:next|all|soon|there)|stay tuned
(?:the|this|our) (?:chat|transcript|storify|recap) (?:is|will be|starts|begins)|in \\d+ min\\w*
q\\d+ (?:is|coming|in)|co-?host(?:ing|ed)?|thanks? (?:for|to|you|so)|great chat|this chat
tonight['’]?s (?:chat|topic|moderator|host)|(?:have|had|got) to (?:go|run|bail)|gotta (?:go|run)
brb|be right back|let['’]?s (?:start|get started|move (?:on|over)|jump|turn to|begin)
what do (?:you|others) think
new to (?:the|this|our|these) chats?|breaking news|let['’]?s (?:take|discuss|talk|hear|keep)
arriv(?:ing|ed) late|answer (?:your choice|either|both)|double[- ]question
of (?:the|each|every) month (?:from|at)|welcome to another|longer to reply|original tweet
(?:so|very) excited (?:to (?:get|be|see|join)|for tonight)
(?:please|pls|plz) (?:add|share|post|tag|send|follow|submit|vote)|deadline is
feel free to (?:send|share|add|ask|jump|join|tag)|follow[- ]?up (?:to|question)|wireless issues
finally (?:get to be |made it )?here|here to learn|tap(?:ping)? out
too late to join|just got (?:home|back|in)|sneaking in
(?:i|almost) forgot today|welcome to my|new friends
(?:happy|glad) (?:that )?i (?:joined|came)
big ups|kudos|props to|shout[- ]?out|hats off|forgot (?:what|to say|to add|my)|1st ?chat
(?:dropp?(?:ed|ing)?|stopp?(?:ed|ing)?|popp?(?:ed|ing)?) (?:in|by) to (?:see|say)
hop(?:e|ing) (?:everyone|everybody|y['’]all|you all)|show(?:ing|ed) up late
(?:chat|tweet) and run|hate to (?:run|leave|go|dash)
(?:another|a) meeting (?:awaits|calls)
feeling better|(?:missed|miss) you|transcripts?|in awe of|holler|(?:no|the) (?:real )?agenda
dm me
love (?:to hear|hearing)|appreciate (?:everyone|you all|all of you)|grateful (?:to learn|for you)
hope you(?:['’]?re| are) all|miss(?:ed)? (?:my|this) \\w+
hear from (?:you|everyone|others)|if you want copies
(?:shameless|blatant|quick) plug|wish me luck|don['’]?t miss|tweets? later
my (?:1st|first|very first) \\w* ?chat|missed out on|late (?:to|for) (?:the|this|#\\w+)|pop in
signing off|sign off|good ?night|(?:have|going|need) to (?:leave|head out|drop off)
leave (?:a bit |a little )?early|as a moderator|moderat(?:ing|or of) (?:the|this|a great|tonight)
keep (?:discussing|chatting|the conversation going)|anything i['’]?ve (?:forgotten|missed)
checking out|head(?:ing|ed)? out
made (?:that|this|the) hour|(?:that|the|this) hour (?:went|flew)|takes a nap|tweeting from
(?:wish|glad|happy|excited|good) (?:you (?:were|are) here|to (?:be|see you|join|finally join))
"""
RUNS_CHAT = _compile(rf"\b(?:{_any_of(_RUNNING)})\b")
# Often said in praise of something outside the chat; sometimes a point all the same.
_PROMOTING = """
sign ?up|register(?: now| here| for)|rsvp|check (?:it )?out|follow @?\\w+ (?:if|for)
my (?:latest|new)|next month|mark your calendars?|\\d{1,2}:\\d\\d ?(?:[ap]m)?|\\d ?(?:am|pm)
new (?:blog ?post|episode)|use code|discount|giveaway|coupon|free (?:trial|shipping)|impressions
analytics|come (?:see|hear|join|visit)|(?:my|our) (?:session|presentation|talk|booth)
presenting (?:at|on|tomorrow|today|this)|(?:will be|be|i['’]?m) presenting|i present|can['’]?t wait
looking forward to|session|(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)? (?:at|@|\\d|night)
cfp|call for (?:papers|proposals|speakers|sessions)|days? (?:till|until|to go)|tickets?|meetup
you should be (?:listening|reading|watching)|submit an?|new (?:book|item)|(?:also|now|still) open
(?:keep|keeping) an eye out|watch (?:for|the)|make sure (?:you|to) (?:follow|check|are)
(?:we['’]re|we are) excited to (?:have|announce|welcome|share)|(?:i['’]ll be|i['’]m) speaking
reach out to (?:me|us)|let (?:me|us) know|or myself know|all call
take (?:some|a) (?:time|moment|minute) to (?:read|look|check)
raised [$£€]\\d+|get (?:the|my|your|our) (?:e-?)?book
feedback (?:for|on) #\\w+
room \\w?\\d+|hosting|moderating|(?:starts?|doors) at \\d|coi|conflict of interest
"""
PROMOTES = _compile(rf"\b(?:{_any_of(_PROMOTING)})\b|%\soff\b|@\s?\d{{1,2}}(?::\d\d)?\b")
# The words are about something shown beside them.
POINTS_ELSEWHERE = _compile(
    r"\b(?:here(?:['’]s|\sis|\sare)|looks?\slike|see\s(?:here|this|attached|below|above)|check\sout"
    r"|(?:this|these)\s(?:is|are|was|article|post|paper|link|video|resource|picture|graphic|blog)"
    r"|below|above|please\ssee|fyi|read\s(?:this|more)|more\s(?:here|info)|interesting\sread)\b"
)
# "I struggle with that too", "I think this is it": about something said by somebody else.
POINTS_AT = _compile(
    r"\b(?:with|of|for|about|from|to|in|on|by|like|after|before|than|into|do(?:es|ing)?|did|all"
    r"|said|say|see|saw|read|f(?:ind|ound)|liked?|love|makes?|get|us(?:e|ed|ing)|tr(?:y|ied|ying)|g(?:ive|ave|iving)|check(?:ed)?|mean|missed)\s(?:this|that|these"
    r"|those)(?=\s*(?:[.,;:!?)]|$)|\s(?:and|or|but|too|as|is|was|are|because|when|if|so|now|here"
    r"|with|in|at|on|for|a|an|everywhere|all|to\sbe|very|really|super\w*|quite|pretty)\b)|\b(?:think|feel|believe|know|hope|wish|guess|sure|asking|understand)"
    r"\s(?:this\b|that['’]s\b|that\s(?:is|was|would|will|can|could|should|might)\b|that\squestion)"
    r"|\b(?:this|that|those|these)\s(?:questions?|points?|issues?|tweets?|comments?|post|link|quote"
    r"|privilege|differences|convo|discussion|purposes?|reasons?|words|cases?|facts?|ideas?|statement)\b"
    r"|\b\w{3,}ing\sthat\s(?:is|was|would|will|can|could|should|may|might)\b|\b(?:the\slatter|the\sformer|what\syou\ssaid)\b"
)
# "Has links to ...", "Not disappeared, I just ...": of what, only who was asked knows.
NO_SUBJECT = _compile(
    r"[\W_]*(?:has|had|does|did|makes?|works?|looks?|seems?|sounds?|gives?|needs?|depends|turns\sout"
    r"|not\s\w+(?=,)|will|would|could|should|can|is|was|are|were|got|stuck)\b"
)
# "I tried to work it": a pronoun before anything that it could stand for.
PRONOUN_EARLY = _compile(
    r"[\W_]*(?:i|we|you)(?:['’]\w+)?(?:\s\w+){1,3}\s(?:it|them|him|her)\b"
    r"(?!\s(?:is|was|to|takes|when|that|if)\b|\s\w+\s(?:to|that|when|for|if)\b)"
    r"|[^.!?]*\b(?:(?:the|my|your)\s(?:last|first|other|same|next|right)\s(?:one|was|is)"
    r"|(?:this|that|my|your)\sone|yours|mine)\b(?!['’])"
)
# Said beside the matter: of oneself at the keyboard, or of what one has not read.
ASIDES = _compile(
    r"\bmy\s(?:tea|coffee|phone|battery|wifi|internet|keyboard)\b|\bi\swill\sadmit\b|\bconfession\b"
    r"|\b(?:have|had|has)(?:n['’]?t|\snot)\s(?:had|got(?:ten)?|read|seen|tried|tested|looked)\b"
    r"|\bsorry\b|\bapologi[sz]e\b|\bnot\ssure\s(?:about|of|of\san|i\shave)\b|\b(?:no\sidea|no\sclue|no\sanswer)\b|\breal\squick\b|\blet\sme\slook\b|^\W*(?:hot\stake|anyway|on\sa\s(?:slightly\s)?"
    r"different\snote|not\slikely)\b|\bpartly\scloudy\b|\bthis\sweather\b"
    # Said in praise of what others just showed, or of having read it.
    r"|^\W*(?:i['’]?m\s)?(?:lov|enjoy)ing\s(?:all\s)?(?:the|these|those|seeing|reading)\s(?:pic|photo|tweet|idea"
    r"|comment|answer|response|post|thought|map)|^\W*(?:love|enjoy)\s(?:seeing|reading)\b"
    r"|\b(?:seen|read)\s(?:several|some|many|lots\sof|all\s(?:the|these))\stweets\b|\bour\sconvos?\b|^\W*browsing\b"
)
# ChatDetails, moods and calls to everybody: where nobody asked a question they answer none.
MEANWHILE = _compile(
    r"\b(?:i['’]?d|i\swould|i\swant\sto)\s(?:also\s)?(?:encourage|urge|love\sto\ssee)\b|\bi\s(?:do\s)?hope\s(?:you|many|everyone)"
    r"|\bif\syou\s?(?:['’]ve|have)(?:n['’]t|\snot|\ssomehow)\b|\b(?:i\s)?wish\si\s(?:could|were|was)\b"
    r"|\bi['’]?m\s(?:betting|assuming|counting\son|curious|glad\si|having\sdreams)\b|\bi\sshould\s(?:have|be)\b"
    r"|\bnot\s(?:exactly|really|strictly|necessarily)\s\W?\w+\s?-?(?:related|but)\b"
    r"|\boff[- ]topic\b|\ba\sreminder\sthat\b"
)
# A link stood here, and whoever kept the post took it out.
ELIDED = _compile(
    r"\b(?:at|in|to|from|see|wrote|via|here|is|are|of|for|with|on|by|and|the|a)\s[.,;](?=\s|$)"
)
ADDRESSES = _compile(r"\b(?:you(?:['’]?(?:re|ve|ll|d))?|your|yours|u|ur)\b")
