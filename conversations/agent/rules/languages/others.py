"""Small words of languages that have no folder, so that a sentence in one is not taken for one that has."""

from __future__ import annotations

_WORDS = {
    "it": "il lo gli della dello delle degli nel nella alle ricordami di che per con sono ho devo domani"
    " alla una uno è questo questa mi ai dalle comprare metti sveglia aggiungi elimina cancella stasera"
    " la le i pagare chiamare andare fare prendere telefonare mandare portare bolletta",
    "pt": "o os as um uma do da dos das no na nos nas em para com não amanhã hoje lembre lembra-me às ao à"
    " meu minha são tenho preciso comprar adicione apague lembrete alarme"
    " a e pagar ligar fazer buscar levar enviar marcar pelo pela reunião consulta conta",
    "nl": "de het een van voor met naar niet ik mij me morgen vandaag aan om op en is zijn mijn herinner "
    " dat moet wekker zet voeg toe verwijder boodschappen vanavond uur",
    "sv": "och att jag mig en ett på för med i morgon idag imorgon påminn om är min mitt lägg till ta bort"
    " klockan ikväll inte kan du mina",
    "da": "og at jeg mig en et på for med i morgen dag påmind om er min mit tilføj fjern klokken aften"
    " ikke kan"
    " du mine sæt",
    "nb": "og å jeg meg en et på for med i morgen dag påminn minn om er min mitt legg til fjern kveld"
    " ikke kan du mine sett",
    "fi": "ja on ei se että minua huomenna tänään muistuta lisää poista aseta herätys kello ostaa listalle"
    " minun illalla klo listasta",
    "pl": "i w na do z że nie jest mi się jutro dzisiaj dziś przypomnij o godzinie dodaj usuń ustaw budzik"
    " kupić mam moje muszę listy",
    "cs": "a v na do s že není mi se zítra dnes připomeň o hodin přidej odstraň nastav budík koupit mám moje"
    " musím seznam",
    "tr": "ve bir bu için ile bana bugün saat ekle sil kur benim beni al akşam yap süt ekmek",
    "id": "saya besok untuk di ke dan yang beli ingatkan tolong buatkan hari jam nanti",
    "ca": "el els les una amb per demà avui recorda'm afegeix alarma llista compra hora que és meva",
    "ro": "și în la de pe cu că mâine azi amintește adaugă șterge alarmă cumpăr ora mea listă este să mă",
    "hu": "és a az egy holnap ma emlékeztess adj hozzá töröld ébresztő óra nem hogy kell ezt este vegyek",
}
OTHERS = {code: frozenset(text.split()) for code, text in _WORDS.items()}
