"""Words that say nothing about a topic, as data: function words of the main European languages.

For comparing words all languages stand in one set, since a chat mixes them; a word that is a
function word in one language and a noun or a verb in English (French "car", "son", German "art",
"rat") is left out.
"""

from __future__ import annotations

_ENGLISH = """
a about above actually after again against ain't all almost already also although always am among
an and another any anybody anyone anything are aren't around as at away back be because been before
being below between both but by came can can't cannot come comes could couldn't did didn't do does
doesn't doing don don't done down during each either else ever every everybody everyone everything
few for from further get gets getting go goes going gonna got had hadn't has hasn't have haven't
having he he'd he'll he's her here here's hers herself him himself his how how's however i i'd i'll
i'm i've if im in into is isn't it it'd it'll it's its itself ive just kind lot lots made make makes
many may maybe me might mightn't more most much must mustn't my myself need neither no nobody none
nor not nothing now of off oh ok okay on once one ones only onto or other others ought our ours
ourselves out over own per perhaps pretty quite rather really s same see seem seems shall she she'd
she'll she's should shouldn't since so some somebody someone something sometimes such sure t than
that that's thats the their theirs them themselves then there there's these they they'd they'll
they're they've thing things this those though through thus to too toward towards under until up
upon us use used using very via want was wasn't way we we'd we'll we're we've well were weren't what
what's whatever when when's where where's whether which while who who's whom whose why why's will
with within without won't would wouldn't y yeah yep yes yet you you'd you'll you're you've your
yours yourself yourselves able across along amp dont cant doesnt didnt im u ur w b c let let's lets
say says said think thinking thought know knowing known like likely good great also even still
"""
_FRENCH = """
ai alors après as au aucun aussi autre autres aux avait avant avec avoir c'est ce ceci cela celle
celles celui ces cet cette ceux chaque chez ci comme comment d'un d'une dans de des depuis dès donc
dont du elle elles en encore entre es est et étaient était être eu eux fait faire font il ils j'ai
je jusque l'on la là le les leur leurs lui ma mais même mêmes mes moi mon n'est ne ni nos notre nous
on ont ou où oui par parce pas peu peut plus pour pourquoi qu'il qu'elle qu'on quand que quel quelle
quelles quels qui quoi sa sans se selon ses si soi sont sous suis sur ta te tes toi ton toujours
tous tout toute toutes très trop tu un une va vers voici voilà vos votre vous y
"""
_GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei
beim bin bis bist da dabei dadurch dafür damit dann daran darauf darum das dass daß dazu dein deine
dem den denn der deren des deshalb dessen dich dir doch dort du durch ein eine einem einen einer
eines einige er es etwas euch euer für gegen gibt hab habe haben hat hatte hatten hier hinter ich
ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in ist ja jede jedem jeden jeder jedes jetzt
kann kein keine keinem keinen keiner können könnte machen man manche mehr mein meine meinem meinen
meiner mich mir mit muss müssen nach nein nicht nichts noch nun nur ob oder ohne schon sehr sein
seine seinem seinen seiner seit selbst sich sie sind so soll sollte sondern sonst über um und uns
unser unsere unter viel viele vom von vor war waren warum was weil welche welcher welches wenn wer
werden wie wieder wir wird wo wurde wurden würde zu zum zur zwar zwischen
"""
_SPANISH = """
a al algo algunas alguno algunos ante antes así aún aunque cada casi como cómo con contra cual
cuales cuando cuándo de del desde después donde dónde durante e el él ella ellas ellos en entre era
eran es esa esas ese eso esos está están esta estaba estar estas este esto estos fue fueron ha había
hace hacer han hasta hay he la las le les lo los más me mi mí mis mucho muchos muy nada ni no nos
nosotros nuestra nuestro nuestros o os otra otras otro otros para pero poco por porque puede pueden
pues que qué quien quién se sea según ser si sí sido sin sobre somos son su sus también tan tanto te
tener tengo ti tiene tienen todo todos toda todas tu tus un una unas uno unos y ya yo
"""
_PORTUGUESE = """
à ao aos aquela aquele aquilo às até com como da das dela dele deles do dos e ela elas ele eles em
entre era essa esse esta está estão este eu foi foram há isso isto já lhe mais mas me mesmo meu meus
minha minhas muito muitos na nas nem no nos nós nossa nosso não num numa o os ou outra outro para
pela pelas pelo pelos pode podem por porque qual quando que quem se sem ser será seu seus sua suas
são só também te tem têm ter tudo um uma umas uns você vocês vos
"""
_ITALIAN = """
abbiamo agli ai al alla alle allo anche ancora avere c'è che chi ci ciò coi col come con contro cosa
così cui da dagli dai dal dalla dalle degli dei del della delle dello dentro di dopo dove e è ed
essere fa fare gli ha hai hanno ho i il in io la le lei li lo loro lui ma me mi mia mio molto ne
negli nei nel nella nelle nessuno no noi non nostra nostro o ogni per perché più poco poi prima può
qua quale quando quanto quella quelle quelli quello questa queste questi questo qui sarà se sei
sempre senza si sia siamo sono sopra su sua sue sugli sui sul sulla sulle suo suoi tra tu tutta
tutte tutti tutto un una uno vi voi
"""
_DUTCH = """
aan al alle als andere bij daar dan dat de deze die dit doen door dus een en er ge geen had heb
hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je jij jou jouw kan kunnen maar me
meer met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over te tegen toch
toen tot u uit uw van veel voor waar want waren wat we weer wel werd wie wij wil worden wordt zal ze
zelf zich zij zijn zo zonder zou
"""
_NORDIC = """
af alla allt at att av blev bli bliver blir da där de dem den denna der deras det detta dig din ditt
du efter eller en er et ett för får fik for fra från ha hade han hans har havde hende hon hun hvad
hvem hvis hvor i icke ikke inte jag jeg kan kun med meget men mig min mit mitt mot någon något när
nej ni noget nogle når og också om op os på sådan så sig sin sina sitt ska skal ska skulle som til
till ud under upp ut vad var vara være ved vi vil vill ville vår över
"""
_TURKISH = """
ama ancak aslında bana bazı belki ben beni benim beri bile bir biraz birçok biz bize bizim bu buna
bunu bunun burada çok çünkü da daha de değil diye dolayı en fakat gibi göre hem hep hepsi her hiç
için ile ise kadar ki kim mı mi mu mü nasıl ne neden nerede niye o olan olarak oldu olduğu olmak
olur ona onlar onu onun orada oysa öyle sadece sana sen senin siz sizin şey şimdi şöyle şu tüm var
ve veya ya yani yine yok zaten
"""
_ARABIC = """
في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين ما لا لم لن كان كانت يكون هو هي هم نحن أنا
انا أنت أن ان إن أو او ثم قد كل بعد قبل عند بين حتى إذا اذا كما لكن ليس هنا هناك أي اي كيف لماذا متى
و يا فيه فيها له لها لهم منه منها به بها
"""
_AMBIGUOUS = frozenset(
    [
        "art",
        "car",
        "die",
        "dies",
        "fare",
        "fort",
        "gore",
        "man",
        "mine",
        "notes",
        "rat",
        "son",
        "sons",
        "tout",
    ]
)

# For each language by its code the words that any sentence of it is likely to hold. "nordic" is
# Danish, Norwegian and Swedish, which share too many to be told apart by these.
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "fr": frozenset(_FRENCH.split()),
    "de": frozenset(_GERMAN.split()),
    "es": frozenset(_SPANISH.split()),
    "pt": frozenset(_PORTUGUESE.split()),
    "it": frozenset(_ITALIAN.split()),
    "nl": frozenset(_DUTCH.split()),
    "nordic": frozenset(_NORDIC.split()),
    "tr": frozenset(_TURKISH.split()),
    "ar": frozenset(_ARABIC.split()),
}

STOP_WORDS: frozenset[str] = frozenset().union(*FUNCTION_WORDS.values()) - _AMBIGUOUS
