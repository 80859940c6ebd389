"""Questions that no paper answers, beside those of the gold sets: readers ask them, and the gold sets hold hardly any.

The gold sets' own unanswerable questions are put so that they look like the others: their subject is in the papers and
one detail is not. Most that a reader asks in vain is simpler, and here it is: what no council deals with
(:data:`FAR_OFF`), and what some council deals with and these papers hardly or not at all (:data:`NOT_HERE`).
:data:`HELD_OUT` is more of the latter, written after it was chosen what tells them apart, and never fitted on.
"""

from __future__ import annotations


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


FAR_OFF = _lines("""
Komt er een metro?
Wie won het songfestival in 2019?
Hoe maak ik pannenkoeken?
Wat is de hoofdstad van Frankrijk?
quantumcomputer
Hoeveel pinguïns wonen er in de dierentuin?
Waarom is de lucht blauw?
Wanneer landde de eerste mens op de maan?
recept appeltaart
hoe reset ik mijn wifi router
Wat kost een paspoort?
Is er een hogesnelheidstrein naar Groningen gepland?
wie is de bondscoach van oranje
Hoeveel kost een vliegticket naar Bali?
filmrecensies bioscoop
Wanneer begint het hockeyseizoen?
Wat zijn de bijwerkingen van paracetamol?
Hoe hoog is de Eiffeltoren?
Waarom blaffen honden naar de postbode?
uitslag Formule 1 Zandvoort
Welke taal spreken ze in Brazilië?
sollicitatiebrief schrijven tips
""")
NOT_HERE = _lines("""
Hoeveel laadpalen worden er dit jaar geplaatst?
Wat doet de gemeente tegen daklozen op het station?
Hoeveel subsidie krijgt de muziekschool in 2024?
Zijn er plannen voor een casino in het centrum?
Wat kost het om een begraafplaats uit te breiden?
Wanneer wordt het crematorium gebouwd?
Welke partij stelde vragen over de eikenprocessierups?
Hoeveel geld gaat er naar de kinderboerderij?
Is de motie over vleermuizen aangenomen?
Wat is het standpunt van het college over drugslabs?
Hoeveel deelscooters mogen er in de gemeente staan?
Wat besloot de raad over de camping aan het meer?
Wie is verantwoordelijk voor de bestrijding van ratten?
Wat kost de nieuwe sporthal?
Wanneer opent de ijsbaan?
Wat zei de wethouder over zonnepanelen op monumenten?
Hoeveel bijstandsgerechtigden kregen een energietoeslag in 2022?
Wat zijn de regels voor het houden van kippen?
Komt er een verbod op lachgas?
Welke maatregelen neemt de gemeente tegen wateroverlast in kelders?
Hoeveel klachten kwamen er binnen over hondenpoep?
Wat is de stand van zaken van de rondweg?
Hoe staat het met de aanpak van loverboys?
Hoeveel ambtenaren werken thuis?
Welke bedragen zijn uitgetrokken voor de carnavalsoptocht?
Krijgt de volkstuinvereniging een nieuw terrein?
Heeft de raad gestemd over een referendumverordening?
Wat is de planning van de sanering van de stortplaats?
Hoeveel hectare bos wordt er aangeplant?
Waarom is de veerpont uit de vaart genomen?
Wat kost een parkeervergunning voor een camper?
Hoe hoog is de precariobelasting voor terrassen?
Wat vindt de fractie van de ChristenUnie van koopzondagen?
Wie diende een amendement in over de rioolheffing?
Zijn er toezeggingen gedaan over het blindengeleidepad?
Wanneer bespreekt de raad de nota dierenwelzijn?
Hoeveel zwerfafval ruimden vrijwilligers op in maart 2023?
Wat is er afgesproken over de stikstofruimte voor boeren?
Welke scholen krijgen een schooltuin?
Hoeveel boa's krijgen een bodycam?
Waarom is het carillon stilgezet?
Hoeveel asbestdaken zijn er gesaneerd?
Wat is de huur van de atletiekbaan?
Wat staat er in het convenant met de moskee?
Hoe vaak is de waterzuivering in storing geweest?
Welke straten krijgen glasvezel?
Wordt de snackbar in het dorp gesloten?
Wie won de aanbesteding van het leerlingenvervoer?
Is er een wachtlijst voor ligplaatsen van woonboten?
Hoeveel bedrijven vestigden zich op het datacenterterrein?
Wat kost het onderhoud van de fontein op het plein?
Wat is de opbrengst van de reclamebelasting?
Hoeveel jongeren zijn verslaafd aan gokken?
Wanneer komt er een tweede huisartsenpost?
Wat zijn de openingstijden van de milieustraat op zondag?
Hoeveel paspoorten zijn er uitgegeven?
Wat doet de burgemeester aan demonstraties van boeren?
Hoeveel nieuwkomers haalden hun inburgeringsexamen?
Is de dijkversterking op schema?
Hoeveel vierkante meter grond is vervuild met pfas?
Wat heeft de jongerenwerker gedaan aan vandalisme?
Komt er een helihaven bij het ziekenhuis?
Wat is besloten over het biomassaplein?
Hoeveel tennisbanen worden gerenoveerd?
Waarom stopt de buurtbus?
Wie bepaalt de vergoeding van mantelzorgers?
Wat kost het gemeentelijk vuurwerk op Koningsdag?
Welke kerken komen leeg te staan?
Hoeveel vacatures heeft de griffie?
Wat is de boete voor illegaal kamperen?
""")
HELD_OUT = _lines("""
Wat heeft de restauratie van de molen gekost?
Hoeveel kinderen staan op de wachtlijst voor zwemles?
Is er al een locatie voor de hondenschool gevonden?
Wat is de uitkomst van het onderzoek naar de visafslag?
Hoeveel subsidie gaat er naar het filmhuis?
Wie is voorstander van een avondklok?
Wanneer komt de nieuwe wijkagent?
Komt er een windtunnel op het bedrijventerrein?
Wat zijn de kosten van de gladheidsbestrijding?
Hoeveel bezwaren zijn er ingediend tegen de zendmast?
moskeeverbod fractie standpunt
Hoeveel vleermuiskasten hangen er in de wijk?
Wat besloot de raad over de jachthaven?
Waarom is het hertenkamp opgeheven?
Welke wethouder gaat over de kermisattracties?
Is de schouwburg vorig jaar verbouwd?
Wat kost een grafsteen op de gemeentelijke begraafplaats?
Hoeveel geld kreeg de scouting in 2023?
Zijn er afspraken gemaakt met het pretpark?
Wat is het beleid voor drones boven evenementen?
Hoeveel migranten werken er in de kassen?
Heeft het college de garnalenvissers gecompenseerd?
Welke partij wil een hyperloop?
Hoeveel sekswerkers hebben een vergunning?
Wanneer is de opening van de escaperoom?
Hoe staat het met de aardbevingsschade?
Wat kostte het staatsbezoek?
Hoeveel ooievaars broeden er in de polder?
Wie betaalt de sloop van de watertoren?
bestemmingsplan vakantiepark vastgesteld
Wat is er gezegd over de hangjongeren bij de supermarkt?
Hoeveel mondkapjes heeft de gemeente weggegooid?
Wordt de kolencentrale gesloten?
Wat vond de raad van de naamswijziging van de voetbalclub?
Hoeveel stroomstoringen waren er in de winter?
Welke subsidieregeling is er voor sedumdaken?
Wanneer wordt het spoorviaduct gesloopt?
Hoeveel inbraken waren er in 2022?
Is er een noodopvang voor huisdieren?
Wat zegt de raad over de gaswinning?
""")
