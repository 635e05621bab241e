"""What Charter itself says in a reply, in the language of the question. Quotes stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from assistant.library.catalogue import Force
from assistant.question.asked_language import Language


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences of one language; what stands in braces is filled in.

    Attributes:
        code: of the language.
        quoted: what follows ``documents_in`` where passages are shown.
        ask_in: said beside a refusal when the documents are in another language.
        day: how a date is written; ``first`` is the first day of a month.
        languages: ISO 639-1 code → the language, as it follows ``documents_in``.
    """

    code: Language
    closest: str
    lacking: str
    nothing: str
    ask: str
    nobody_named: str
    not_in_force: str
    also: str
    differ: str
    version: str
    from_day: str
    owner: str
    documents_in: str
    documents_elsewhere: str
    quoted: str
    ask_in: str
    forces: Mapping[Force, str]
    languages: Mapping[str, str]
    months: tuple[str, ...]
    day: str = "{day} {month} {year}"
    first: str = "1"

    def in_words(self, day: date) -> str:
        """Write a date as people read it: 1 July 2027."""
        number = self.first if day.day == 1 else str(day.day)
        return self.day.format(day=number, month=self.months[day.month - 1], year=day.year)

    def language_of(self, documents: Iterable[str]) -> str:
        """Say which language documents are in, by their codes; nothing if one is in this one.

        English, which is taken where nothing tells another, keeps silent as well.
        """
        codes = {code.lower().partition("-")[0] for code in documents}
        if self.code == "en" or not codes or self.code in codes:
            return ""
        name = self.languages.get(codes.pop()) if len(codes) == 1 else None
        return self.documents_in.format(language=name) if name else self.documents_elsewhere


_ENGLISH = Phrases(
    code="en",
    closest="The documents do not answer this directly. These passages come closest:",
    lacking=(
        "The documents do not answer this directly. "
        "These passages come closest and do not mention {what}:"
    ),
    nothing="Charter found nothing about this in the documents.",
    ask="Please ask {contact}.",
    nobody_named="your human resources team",
    not_in_force=(
        "No document in force on {day} answers this. "
        "A version that was not in force on that day does:"
    ),
    also="“{title}”, version {version}, speaks of this as well and is {force}.",
    differ="The documents differ on this: {one}, and {other}.",
    version="version {version}",
    from_day="in force from {day}",
    owner="owner: {owner}",
    documents_in="The documents are in {language}",
    documents_elsewhere="The documents are in another language",
    quoted="; the passages are quoted as they stand.",
    ask_in="Asked in the language of the documents, the question may find more.",
    forces=MappingProxyType(
        {
            "in force": "in force",
            "superseded": "superseded",
            "expired": "expired",
            "not yet in force": "not yet in force",
        }
    ),
    languages=MappingProxyType(
        {"en": "English", "fr": "French", "es": "Spanish", "de": "German", "it": "Italian"}
    ),
    months=tuple(
        "January February March April May June July August September October November "
        "December".split()
    ),
)
_FRENCH = Phrases(
    code="fr",
    closest=(
        "Les documents ne répondent pas directement à cette question. "
        "Voici les passages qui s’en approchent le plus :"
    ),
    lacking=(
        "Les documents ne répondent pas directement à cette question. "
        "Voici les passages qui s’en approchent le plus, sans mentionner {what} :"
    ),
    nothing="Charter n’a rien trouvé à ce sujet dans les documents.",
    ask="Veuillez vous adresser à : {contact}.",
    nobody_named="votre équipe des ressources humaines",
    not_in_force=(
        "Aucun document en vigueur à la date du {day} ne répond à cette question. "
        "Une version qui n’était pas en vigueur à cette date y répond :"
    ),
    also="« {title} », version {version}, en parle aussi et {force}.",
    differ="Les documents divergent sur ce point : {one}, et {other}.",
    version="version {version}",
    from_day="en vigueur à partir du {day}",
    owner="responsable : {owner}",
    documents_in="Les documents sont en {language}",
    documents_elsewhere="Les documents sont dans une autre langue",
    quoted=" ; les passages sont cités tels quels.",
    ask_in="Posée dans la langue des documents, la question trouvera peut-être davantage.",
    forces=MappingProxyType(
        {
            "in force": "est en vigueur",
            "superseded": "a été remplacé",
            "expired": "a expiré",
            "not yet in force": "n’est pas encore en vigueur",
        }
    ),
    languages=MappingProxyType(
        {"en": "anglais", "fr": "français", "es": "espagnol", "de": "allemand", "it": "italien"}
    ),
    months=tuple(
        "janvier février mars avril mai juin juillet août septembre octobre novembre "
        "décembre".split()
    ),
    first="1er",
)
_SPANISH = Phrases(
    code="es",
    closest=(
        "Los documentos no responden directamente a esta pregunta. "
        "Estos son los pasajes que más se aproximan:"
    ),
    lacking=(
        "Los documentos no responden directamente a esta pregunta. "
        "Estos son los pasajes que más se aproximan, sin mencionar {what}:"
    ),
    nothing="Charter no ha encontrado nada sobre este tema en los documentos.",
    ask="Diríjase a: {contact}.",
    nobody_named="su equipo de recursos humanos",
    not_in_force=(
        "Ningún documento en vigor el {day} responde a esta pregunta. "
        "Sí lo hace una versión que no estaba en vigor en esa fecha:"
    ),
    also="«{title}», versión {version}, también trata este tema y {force}.",
    differ="Los documentos difieren en este punto: {one}, y {other}.",
    version="versión {version}",
    from_day="en vigor desde el {day}",
    owner="responsable: {owner}",
    documents_in="Los documentos están en {language}",
    documents_elsewhere="Los documentos están en otro idioma",
    quoted="; los pasajes se citan tal cual.",
    ask_in="Formulada en el idioma de los documentos, la pregunta puede encontrar más.",
    forces=MappingProxyType(
        {
            "in force": "está en vigor",
            "superseded": "ha sido reemplazado",
            "expired": "ha expirado",
            "not yet in force": "aún no está en vigor",
        }
    ),
    languages=MappingProxyType(
        {"en": "inglés", "fr": "francés", "es": "español", "de": "alemán", "it": "italiano"}
    ),
    months=tuple(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
        "diciembre".split()
    ),
    day="{day} de {month} de {year}",
)
_GERMAN = Phrases(
    code="de",
    closest=(
        "Die Dokumente beantworten diese Frage nicht direkt. Diese Stellen kommen ihr am nächsten:"
    ),
    lacking=(
        "Die Dokumente beantworten diese Frage nicht direkt. "
        "Diese Stellen kommen ihr am nächsten, nennen aber {what} nicht:"
    ),
    nothing="Charter hat dazu in den Dokumenten nichts gefunden.",
    ask="Bitte wenden Sie sich an: {contact}.",
    nobody_named="Ihr Personalteam",
    not_in_force=(
        "Kein Dokument, das am {day} in Kraft ist, beantwortet diese Frage. "
        "Eine Fassung, die an diesem Tag nicht in Kraft war, beantwortet sie:"
    ),
    also="„{title}“, Version {version}, behandelt dies ebenfalls und {force}.",
    differ="Die Dokumente weichen hier voneinander ab: {one}, und {other}.",
    version="Version {version}",
    from_day="in Kraft ab {day}",
    owner="zuständig: {owner}",
    documents_in="Die Dokumente sind auf {language}",
    documents_elsewhere="Die Dokumente sind in einer anderen Sprache",
    quoted="; die Stellen werden wörtlich zitiert.",
    ask_in="In der Sprache der Dokumente gestellt, findet die Frage vielleicht mehr.",
    forces=MappingProxyType(
        {
            "in force": "ist in Kraft",
            "superseded": "wurde ersetzt",
            "expired": "ist abgelaufen",
            "not yet in force": "ist noch nicht in Kraft",
        }
    ),
    languages=MappingProxyType(
        {
            "en": "Englisch",
            "fr": "Französisch",
            "es": "Spanisch",
            "de": "Deutsch",
            "it": "Italienisch",
        }
    ),
    months=tuple(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    ),
    day="{day}. {month} {year}",
)
PHRASES: Mapping[Language, Phrases] = MappingProxyType(
    {"en": _ENGLISH, "fr": _FRENCH, "es": _SPANISH, "de": _GERMAN}
)


def phrases_for(language: Language, *, reads_it: bool) -> Phrases:
    """Return what to say to whoever asks in a language.

    Args:
        language: of the question.
        reads_it: the embedding model reads it; then asking in another finds no more.
    """
    phrases = PHRASES[language]
    return replace(phrases, ask_in="") if reads_it else phrases
