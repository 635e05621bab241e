"""How questions are asked in other languages: words of asking, and forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["who", "when", "how many", "why", "open"]

# Words that say how something is asked, not what about: question words, polite ones, and the
# verbs and nouns of asking, beside the stop words of each language. Of Italian, Portuguese and
# Dutch only what tells them from the others.
ASKING_WORDS = {
    "fr": frozenset(
        "quel quelle quels quelles lequel laquelle combien comment quand pourquoi où quoi est-ce "
        "dois doit doivent devons devez puis peut peux peuvent pouvons pouvez faut fait faire font "
        "existe existent avoir être droit dit disent dire donner donnez indiquer indiquez lister "
        "listez énumérer énumérez expliquer expliquez svp merci bonjour plaît selon concernant "
        "sujet si sous cette cet celui celle ceux celles chez dont lors entre tout tous toute "
        "toutes plus afin très aussi leurs jusque document documents question information "
        "informations savoir voudrais veux aimerais connaître trouver prévu prévue prévus prévues "
        "prévoit prévoient après avant depuis pendant sans vers temps longtemps".split()
    ),
    "es": frozenset(
        "cuál cuáles cual cuales qué cuánto cuánta cuántos cuántas cuanto cuanta cuantos cuantas "
        "cómo cuándo dónde quién quiénes puedo puede pueden podemos debo debe deben hacer hace "
        "hago existe existen derecho dice dicen decir explicar explique enumerar enumere listar "
        "favor gracias hola según acerca respecto documento documentos pregunta información saber "
        "quiero quisiera conocer encontrar previsto prevista previstos tener hay cada tipo "
        "después tiempo cualquier".split()
    ),
    "de": frozenset(
        "wer wem wen wessen wann warum weshalb wieso wieviel wieviele woher wohin darf dürfen "
        "muss müssen kann können gibt geben steht sagt sagen erklären nennen auflisten bitte danke "
        "hallo laut bezüglich dokument dokumente frage information informationen wissen möchte "
        "finden viele lange jede jeder pro je beim zum zur bis".split()
    ),
    "it": frozenset("chi che cosa quale quali quanto quanti quando dove come perché qual".split()),
    "pt": frozenset("qual quais quem quanto quantos quantas quando onde como são é".split()),
    "nl": frozenset("wie wat welke hoeveel hoe wanneer waar waarom".split()),
}


@dataclass(frozen=True, slots=True)
class AskingForms:
    """What tells, in one language, what kind of thing a question asks for.

    Attributes:
        several: it asks for several things.
        negation: for what is not so.
    """

    how_many: re.Pattern[str]
    when: re.Pattern[str]
    who: re.Pattern[str]
    why: re.Pattern[str]
    several: re.Pattern[str]
    negation: re.Pattern[str]

    def form_of(self, text: str) -> Form:
        """Tell what kind of thing a question asks for."""
        if self.how_many.search(text):
            return "how many"
        if self.when.search(text):
            return "when"
        if self.who.search(text):
            return "who"
        return "why" if self.why.search(text) else "open"


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


ASKING_FORMS = {
    "fr": AskingForms(
        how_many=_pattern("combien(?! de temps)|quel (?:est le )?(?:montant|nombre|pourcentage)"),
        when=_pattern(
            "quand|combien de temps|quelles? (?:est la )?(?:date|durée)|jusqu['’]à quand|"
            "quel (?:est le )?délai|quelle année|quel trimestre"
        ),
        who=_pattern(
            "qui|à qui|par qui|quel(?:le)? (?:équipe|unité|bureau|service|organe|division)"
        ),
        why=_pattern("pourquoi|pour quelles? raisons?"),
        several=_pattern(
            r"quel(?:le)?s(?: \w+)? (?:sont|étaient)|quels \w+|quelles \w+|lister?|listez|"
            "énumére[rz]|tous les|toutes les"
        ),
        negation=_pattern("pas|sans|jamais|aucune?|ni|sauf|interdite?s?"),
    ),
    "es": AskingForms(
        how_many=_pattern("cu[áa]nt[oa]s?(?! tiempo)|qu[ée] (?:cantidad|porcentaje|importe)"),
        when=_pattern(
            "cu[áa]ndo|cu[áa]nto tiempo|qu[ée] (?:fecha|plazo|año|trimestre)|"
            "cu[áa]l es (?:la fecha|el plazo|la duraci[óo]n)"
        ),
        who=_pattern("qui[ée]n(?:es)?|qu[ée] (?:equipo|unidad|oficina|servicio|[óo]rgano)"),
        why=_pattern(r"por qu[ée]|por cu[áa]les? razon(?:es)?"),
        several=_pattern(
            r"cu[áa]les(?: \w+)? (?:son|eran)|cu[áa]les|qu[ée] \w+s|enumer[ae]r?|list[ae]r?|"
            "todos los|todas las"
        ),
        negation=_pattern("no|sin|nunca|jam[áa]s|ning[úu]n[oa]?|ni|salvo|excepto|prohibid[oa]s?"),
    ),
    "de": AskingForms(
        how_many=_pattern("wie ?viele?|wie hoch|welche[rn]? (?:betrag|anzahl|anteil)"),
        when=_pattern("wann|bis wann|wie (?:lange|oft|bald)|welche[rs]? (?:frist|datum|jahr)"),
        who=_pattern("wer|wem|wen|wessen|welche[rs]? (?:team|einheit|büro|abteilung|stelle)"),
        why=_pattern("warum|weshalb|wieso|aus welche[mn] gr(?:ü|ue)nde?n?"),
        several=_pattern(r"(?:was|welche) (?:\w+ )?sind|welche \w+(?:en|er|e)|auflisten|alle"),
        negation=_pattern("nicht|kein(?:e[nmrs]?)?|nie|niemals|ohne|außer|weder"),
    ),
}
