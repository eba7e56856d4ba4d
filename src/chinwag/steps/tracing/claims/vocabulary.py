"""Words that decide what a sentence claims, and words that claim nothing, as data.

Everything is case folded, with straight apostrophes. English is complete enough to judge by; of
the other languages only negation, numbers and the speaker are known here, and every content word
has to stand in the posts all the same.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that a sentence may use freely: they join other words and claim nothing by themselves.
FREE_ENGLISH = _words("""
    a an the this that these those it its it's itself they them their theirs themselves they're
    there there's here of to in at by for from with as into about on onto upon and or is isn't are
    aren't was wasn't were weren't be been being am has hasn't have haven't had hadn't having do
    doesn't don't does did didn't done doing get gets getting got gotten who whom whose which what
    when where how while whilst also too then than so such very quite rather really just well even
    what's who's where's that's
    été ayant soit fut sein seien gewesen sido siendo stato stata
    through towards toward via per within among between
    across along else own same whoever whatever whenever wherever
    """)
# Verbs and nouns so light that what stands beside them makes the claim.
LIGHT = _words(
    """
    take takes took taken taking make makes made making mean means meant become becomes became go
    goes went going come comes came coming thing things way ways time times
    """
)
# Who may be named in the place of "I", or of "they" and "you". Nobody of "we": it may be anybody.
FOR_ME = (_words("i me my mine i'm i've i'd i'll myself"), _words("participant contributor"))
FOR_THEM = (_words("they them their theirs they're they'd who whoever you your"), _words("person"))
# Other function words of English that do claim something; the rest may be used freely.
DECIDING = _words(
    """
    above after again almost already before below during later earlier off out over under until
    still yet up down without another other others both either enough further good great like
    let likely need now perhaps pretty see may might must should could would can will shall able
    know think use keep put give more most much less few fewer many lots lot only some any all every
    each everyone everybody everything something anyone anybody anything always ever often sometimes
    mostly once if unless you your yours yourself
    """
)
# What begins another clause.
CUTTING = _words(
    """
    and but because while whereas although though if unless when so or which who et mais und aber
    oder weil y pero porque e mas ma perché ve ama
    """
)
RELATIVE = _words("which who whom whose")
# Words by which a sentence may turn round what its posts say, and say the same.
PASSIVE = _words(
    """
    is are was were be been being get gets got has have by sein ist sind wird werden wurde wurden
    von se si est sont été par es son fue fueron por da è sono tarafından
    """
)
AGENT = _words("by tarafından")  # of who does it
PREPOSITIONS = _words(
    """
    in at on during after before until from with for near since en à au dans pour im am um bei
    nach vor seit mit los las el em no na ao nel alla per
    """
)
IN_EACH = _words("a an per each every")  # between how often and in how much time
TIMES = _words(
    """
    time times minute minutes hour hours day days night nights morning mornings afternoon afternoons
    evening evenings weekend weekends week weeks fortnight fortnights month months term terms
    semester semesters year years
    """
)
ARTICLES = _words("the a an this that their its le la les der die das den dem o os as il i")
# What begins another part, of which other things are said.
PARTING = _words("and but while whereas although though und aber y pero mais e ma ve")
PRONOUN_ONE = _words("no any every some each this that which the another")  # "no one", "the one"
# How speech is reported; neither agrees nor doubts.
SPEECH = _words("""
    say says said saying tell tells told mention mentions mentioned noted
    reported describe describes described describing explain explains explained according adds
    added
    """)

# Words that say something in English, and nothing in another language ("van", "door", "men").
CLAIMING_IN_ENGLISH = _words(
    """
    bin comment con den dig din door dove era font hat hay hem ville men met min mot nun par plus
    pour prima sea sin ska sue tan ton tot van vers war
    """
)
FIRST_PERSON = _words("""
    i i'm i've i'd i'll ive me my mine myself we we're we've we'd we'll us our ours ourselves
    je j'ai moi nous notre nos ich mich mir mein meine wir uns unser unsere yo nosotros nuestro
    nuestra nuestros nuestras eu nós nosso nossa nossos nossas io noi nostro nostra ben benim biz
    bizim أنا نحن 私 僕 我々 私たち
    """)
# Words about a person that are claims about who that is.
GENDERED = _words("he he's him his himself she she's her hers herself")

NEGATORS = _words("""
    not no never none nobody nothing nowhere neither nor without cannot can't cant don't dont
    doesn't doesnt didn't didnt isn't isnt aren't arent wasn't wasnt weren't werent won't wont
    wouldn't wouldnt shouldn't shouldnt couldn't couldnt hasn't hasnt haven't havent hadn't hadnt
    mustn't needn't ain't hardly barely scarcely rarely seldom unable impossible unlikely
    unless except instead lack lacks lacked lacking refuse refuses refused refusing fail fails
    failed failing avoid avoids avoided avoiding prevent prevents
    prevented preventing ban bans banned banning oppose opposes opposed opposing hate hates hated
    hating dislike dislikes disliked doubt doubts doubted regret regrets regretted against
    abolish abolished reject rejects rejected rejecting skip skips skipped skipping
    pas jamais aucun aucune rien personne sans ni nicht kein keine keinen keinem keiner nie niemals
    niemand nichts ohne weder nunca nadie nada ningún ninguna ninguno sin tampoco jamás não nem
    ninguém nenhum nenhuma sem non mai nessuno niente nulla senza né değil yok asla hiç hiçbir
    لا ليس ليست لم لن بدون لیس niet geen nooit zonder niets inte ingen aldrig utan ikke aldri uten
    """)
# These deny what they stand before ("stop locking"), and are nouns elsewhere ("the bus stop").
NEGATORS_BEFORE_ING = _words("stop stops stopped stopping")
NOT_NEGATING_BEFORE = _words("only just merely least mention")  # "not only", "not least"
UNSPACED_NEGATORS = ("ない", "ません", "なく", "なかっ", "ず、", "不", "没", "沒", "無い", "非")

# Markers of how strongly something is said. A sentence may neither add one that its posts lack
# nor, where the class is in KEPT, leave out one that stands in the words it rests on.
MARKERS: dict[str, frozenset[str]] = {
    "every": _words(
        """
        all every each everyone everybody everything everywhere entire entirely whole
        completely totally fully absolutely utterly universally unanimous unanimously 100%
        """
    ),
    "always": _words("always constantly forever continually ever permanently"),
    "most": _words("most mostly majority mainly largely overwhelmingly"),
    "often": _words("often frequently usually generally regularly typically commonly"),
    "some": _words("some sometimes several few occasionally partly certain somewhat couple"),
    "many": _words("many lots lot plenty numerous countless loads widely"),
    "almost": _words("almost nearly practically virtually"),
    "only": _words("only solely exclusively"),
    "condition": _words("if unless except provided whether depending depends"),
    "must": _words("must mandatory obliged compulsory"),
    "should": _words("should shouldn't ought"),
    "might": _words(
        """
        may might could couldn't perhaps maybe possibly probably likely apparently seem
        seems seemed seemingly suspect guess presumably supposedly
        """
    ),
    "can": _words("can can't cannot able unable"),
    "will": _words("will won't i'll we'll they'll it'll you'll gonna shall"),
    "wish": _words(
        """
        want wants wanted wish wishes wished hope hopes hoped hoping would wouldn't i'd we'd
        they'd you'd dream dreams love loves loved plan plans planned planning imagine
        ideally idea proposal propose proposes suggest suggests suggested try trying tries
        """
    ),
    "past": _words("formerly previously once longer anymore"),
    "better": _words("better best worse worst"),
    "more": _words("more extra additional"),
    "less": _words("less fewer least"),
    "very": _words(
        """
        extremely hugely massively incredibly enormously dramatically drastically vastly
        highly terribly deeply seriously
        """
    ),
}
# What of these says how much of something, and so is said no more often than in the posts.
AMOUNTS = _words("every always most often some many almost only")
KEPT = _words("every most often some only almost condition might will wish past")
# Which kept class may stand in another's place without claiming more.
WEAKER = {"will": {"wish", "might"}, "wish": {"might"}, "most": {"many", "some"}, "every": set()}

CAUSES = _words("because since cause causes caused therefore thus hence due owing thanks")
CAUSES_IN_POSTS = CAUSES | _words("cos coz so since as for means why result make makes")

# A sentence with one of a pair, from words that have the other, says the contrary.
OPPOSITES = (
    ("on", "off"),
    ("before", "after"),
    ("more", "less"),
    ("more", "fewer"),
    ("up", "down"),
    ("in", "out"),
    ("with", "without"),
    ("over", "under"),
    ("above", "below"),
    ("to", "from"),
    ("early", "late"),
    ("inside", "outside"),
    ("first", "last"),
    ("start", "end"),
    ("on", "out"),
    ("open", "close"),
    ("lock", "unlock"),
    ("rise", "fall"),
    ("come", "go"),
    ("comes", "goes"),
    ("came", "went"),
    ("plus", "moins"),
    ("mehr", "weniger"),
    ("más", "menos"),
    ("più", "meno"),
)

ABOUT = _words("about around nearly almost roughly approximately circa ca c")
OVER = _words("over more least above beyond exceeding")
UNDER = _words("under less fewer most below")

# Who says the same is counted from the posts, and never written by a machine.
AGREEING = _words("agree agrees agreed agreeing consensus unanimous unanimously concur concurs")
THINKING = _words("think thinks thought believe believes feel feels find finds argue argues")
COUNTING = frozenset(("every", "most", "many", "some"))  # classes of MARKERS

QUESTION_SPEECH = _words("ask asks asked wonder wonders wondered question questions")

# Words that mean the same wherever they stand; the first stands for all. Deliberately few.
SAME = (
    "close shut",
    "child kid",
    "start begin",
    "buy purchase",
    "staff employee",
    "photo picture photograph",
    "phone telephone",
    "help assist",
    "big large",
    "need require",
    "toilet loo lavatory",
    "television tv telly",
    "university uni",
    "repair fix mend",
    "allow let permit",
    "end finish",
    "hire recruit",
    "choose pick",
    "difficult hard",
    "lend loan",
    "fridge refrigerator",
    "bike bicycle",
    "mother mum mom",
    "father dad",
    "film movie",
    "enough sufficient",
    "until till til",
    "document doc",
    "information info",
    "advertisement advert ad",
    "newspaper paper",
    "lift elevator",
    "rubbish trash garbage",
    "sofa couch",
    "holiday vacation",
    "pc computer",
    "though although",
    "whereas while",
)

IRREGULAR = {
    "went": "go", "gone": "go", "goes": "go", "ran": "run", "kept": "keep", "left": "leave",
    "lent": "lend", "lost": "lose", "made": "make", "making": "make", "paid": "pay", "sat": "sit",
    "sent": "send", "slept": "sleep", "sold": "sell", "spoke": "speak", "spoken": "speak",
    "spent": "spend", "stood": "stand", "taught": "teach", "took": "take", "taken": "take",
    "thought": "think", "won": "win", "wrote": "write", "written": "write", "built": "build",
    "bought": "buy", "brought": "bring", "came": "come", "caught": "catch", "chose": "choose",
    "chosen": "choose", "drew": "draw", "drawn": "draw", "drank": "drink", "drunk": "drink",
    "drove": "drive", "driven": "drive", "ate": "eat", "eaten": "eat", "fell": "fall",
    "fallen": "fall", "felt": "feel", "fought": "fight", "found": "find", "forgot": "forget",
    "forgotten": "forget", "froze": "freeze", "frozen": "freeze", "gave": "give", "given": "give",
    "grew": "grow", "grown": "grow", "hung": "hang", "heard": "hear", "held": "hold",
    "hid": "hide", "hidden": "hide", "knew": "know", "known": "know", "led": "lead", "lit": "light",
    "met": "meet", "rang": "ring", "rose": "rise", "risen": "rise", "saw": "see", "seen": "see",
    "sang": "sing", "swept": "sweep", "wore": "wear", "worn": "wear", "woke": "wake",
    "woken": "wake", "broke": "break", "broken": "break", "began": "begin", "begun": "begin",
    "became": "become", "stolen": "steal", "stole": "steal", "shown": "show", "meant": "mean",
    "dealt": "deal", "laid": "lay", "people": "person", "children": "child", "men": "man",
    "women": "woman", "feet": "foot", "teeth": "tooth", "shelves": "shelf", "lives": "life",
    "knives": "knife", "halves": "half", "wives": "wife", "used": "use", "using": "use",
    "uses": "use", "coming": "come", "comes": "come", "going": "go", "knows": "know",
    "knowing": "know", "thinks": "think", "thinking": "think", "makes": "make", "likes": "like",
    "liked": "like", "lying": "lie", "dying": "die", "tying": "tie",
}  # fmt: skip
