"""Lists of Dutch words, our own selection: what says nothing, what is no word, odd plurals, names of government."""

from __future__ import annotations

from collections.abc import Mapping

STOP_WORDS = frozenset(
    """aan af al alle alleen als alsnog alsook altijd ander andere anders bij bijna binnen boven daar daarbij daarin
    daarmee daarna daarom daarop daaruit daarvan daarvoor dan dat de deze die dit doen doet door dus een eens en enige
    er eraan erbij ere erin ermee erop erover ervan ervoor etc evenals geen geweest haar had hadden heb hebben hebt
    heeft heel hem hen het hier hierbij hierin hiermee hierna hierover hiervan hiervoor hij hoe hun iets ik in indien
    is ja je jij jou jouw jullie kan kon konden kunnen kunt maar me mede men met mij mijn moest moet moeten mag mogen
    na naar naast nee niet niets nog nu of om omdat onder ons onze ook op opdat over reeds sinds staat te tegen ten
    ter terwijl tijdens toch toen tot tussen u uit uw vaak van vanaf vandaar veel via vol volgens voor voordat waar
    waarbij waarin waarmee waarnaar waarom waarop waarover waaruit waarvan waarvoor wanneer want waren was wat we wel
    welk welke werd werden wie wij wil wilde willen wilt word worden wordt worden zal ze zelf zelfs zich zij zijn zo
    zoals zodat zonder zou zouden zullen zult gaat gaan ging alsmede danwel dien dient dienen zijnde aldus inzake
    betreffende omtrent hoeveel welk welke wier wiens hoelang hoezeer graag even eigenlijk precies""".split()
)

NO_WORDS = frozenset(
    """heid heden lijk lijke lijks lijkheid baar bare baarheid loos loze achtig achtige schap schappen teit teiten
    isme ismen atie aties atief ering eringen ingen elijk elijke elen eren ende enden iger igen igheid kunde kundig
    zaam zame tie ties isch ische iteit iteiten ster sters voud voudig waarts weg wegen matig matige vrij vrije
    eerd eerde eert ling lingen ment menten aren eling elingen""".split()
) - {"weg", "wegen", "vrij", "vrije", "kunde"}
"""Endings that the frequency list knows, and that are no part of a compound."""

PLURALS: Mapping[str, str] = dict(
    pair.split(":")
    for pair in """leden:lid steden:stad schepen:schip smeden:smid kinderen:kind eieren:ei bladeren:blad goederen:goed
    volkeren:volk liederen:lied kalveren:kalf runderen:rund lammeren:lam hoenderen:hoen raderen:rad beenderen:been
    gelederen:gelid koeien:koe vlooien:vlo musea:museum criteria:criterium centra:centrum gymnasia:gymnasium
    stadia:stadium aquaria:aquarium laboratoria:laboratorium crematoria:crematorium""".split()
)
"""Plurals that no ending tells, with their singulars; a compound that ends in one follows it."""

ABBREVIATIONS: Mapping[str, tuple[str, ...]] = {
    short: tuple(name.strip() for name in names.split("/"))
    for short, _, names in (
        line.strip().partition(": ")
        for line in """
        aow: algemene ouderdomswet
        apv: algemene plaatselijke verordening
        avg: algemene verordening gegevensbescherming
        awb: algemene wet bestuursrecht
        azc: asielzoekerscentrum
        b&w: burgemeester en wethouders / b en w / benw
        bag: basisregistratie adressen en gebouwen
        bbv: besluit begroting en verantwoording
        boa: buitengewoon opsporingsambtenaar
        brp: basisregistratie personen
        bsn: burgerservicenummer
        cao: collectieve arbeidsovereenkomst
        cbs: centraal bureau voor de statistiek
        cjg: centrum voor jeugd en gezin
        coa: centraal orgaan opvang asielzoekers
        ggd: gemeentelijke gezondheidsdienst / gemeentelijke geneeskundige dienst
        ggz: geestelijke gezondheidszorg
        gr: gemeenschappelijke regeling
        grp: gemeentelijk rioleringsplan
        gvvp: gemeentelijk verkeers- en vervoersplan
        ihp: integraal huisvestingsplan
        ikc: integraal kindcentrum
        kvk: kamer van koophandel
        lta: langetermijnagenda / lange termijn agenda / lange termijnagenda
        mer: milieueffectrapportage / milieueffectrapport
        mfa: multifunctionele accommodatie
        mjop: meerjarenonderhoudsplan / meerjarig onderhoudsplan
        nrd: notitie reikwijdte en detailniveau
        or: ondernemingsraad
        ov: openbaar vervoer
        ozb: onroerendezaakbelasting / onroerende zaakbelasting / onroerende zaak belasting / onroerendezaaksbelasting
        pgb: persoonsgebonden budget
        res: regionale energiestrategie / regionale energie strategie
        rib: raadsinformatiebrief
        rivm: rijksinstituut voor volksgezondheid en milieu
        rkc: rekenkamercommissie
        svb: sociale verzekeringsbank
        tvw: transitievisie warmte
        uwv: uitvoeringsinstituut werknemersverzekeringen
        vng: vereniging van nederlandse gemeenten
        vo: voortgezet onderwijs
        vog: verklaring omtrent het gedrag
        vth: vergunningverlening toezicht en handhaving / vergunningen toezicht en handhaving
        vve: voor- en vroegschoolse educatie
        wgr: wet gemeenschappelijke regelingen
        wlz: wet langdurige zorg
        wmo: wet maatschappelijke ondersteuning
        wob: wet openbaarheid van bestuur
        woo: wet open overheid
        woz: waardering onroerende zaken
        wro: wet ruimtelijke ordening / wet op de ruimtelijke ordening
        wsw: wet sociale werkvoorziening
        zzp: zelfstandige zonder personeel / zzper
        """.strip().splitlines()
    )
}
"""Abbreviations in Dutch government, and what each stands for."""

ONLY_IN_CAPITALS = frozenset("bag gr mer or ov res rib vo".split())
"""Those that are a word or part of one in small letters too: *res* in a line of code is no energy strategy."""
