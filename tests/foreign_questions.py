"""Questions about work in French, Spanish and German, long and short, with and without accents."""

from __future__ import annotations

FRENCH = """\
Combien de jours de congé annuel par an ?
Quelle est la politique de mobilité ?
Qui dirige la stratégie de santé mentale ?
Quand la stratégie de recrutement sera-t-elle publiée ?
Quelles sont les priorités stratégiques du conseil du personnel ?
Puis-je reporter mes congés à l'année suivante ?
Comment signaler un cas de harcèlement ?
congé de maternité durée
Est-ce que les consultants ont droit à une indemnité ?
Quel est le délai pour contester une décision administrative ?
À qui dois-je demander une formation ?
politique de télétravail
D'après la politique, qui approuve le télétravail ?
Quels documents faut-il pour une demande de congé de maladie ?
Le personnel temporaire peut-il télétravailler ?
Pourquoi le comité a-t-il été créé ?
Dans combien de temps les postes vacants sont-ils pourvus ?
Quelle formation est offerte aux représentants syndicaux ?
conditions pour une promotion
les droits des stagiaires
Que dit le document sur la diversité et l'inclusion ?
Quelles mesures sont prévues pour l'égalité des genres ?
Y a-t-il une allocation pour les études des enfants ?
Qui est responsable de la protection sociale ?
quels sont les objectifs pour 2025 ?
Combien de membres compte le conseil du personnel ?
Peut-on cumuler un congé parental et un congé annuel ?
Donnez-moi la liste des actions du syndicat
Jusqu'à quand peut-on utiliser les jours restants ?
Quel est le rôle du comité d'assurance médicale ?
Faut-il un certificat médical après trois jours d'absence ?
indemnité de départ pour le personnel de courte durée
Qu'est-ce que le système d'évaluation ?
Existe-t-il un programme de mentorat pour les nouveaux ?
Je voudrais savoir comment fonctionne la retraite anticipée
Comment sont calculées les heures supplémentaires ?
Qui peut bénéficier du travail à temps partiel ?
Quelle est la durée de la période d'essai ?
Où trouver les règles sur les voyages officiels ?
Est il possible de travailler depuis un autre pays ?
"""
SPANISH = """\
¿Cuántos días de vacaciones tengo al año?
¿Cuál es la política de movilidad?
¿Quién dirige la estrategia de salud mental?
Cuándo se publicará la estrategia de contratación
Cuáles son las prioridades estratégicas del consejo del personal
¿Puedo trasladar mis vacaciones al año siguiente?
como denunciar un caso de acoso
licencia de maternidad duración
¿Tienen los consultores derecho a una indemnización?
¿Cuál es el plazo para impugnar una decisión administrativa?
¿A quién debo pedir una formación?
política de teletrabajo
Según la política, ¿quién aprueba el teletrabajo?
Qué documentos se necesitan para una solicitud de licencia por enfermedad
¿Puede teletrabajar el personal temporal?
Por qué se creó el comité
¿En cuánto tiempo se cubren las vacantes?
Qué formación se ofrece a los representantes sindicales
condiciones para una promoción
los derechos de los pasantes
¿Qué dice el documento sobre la diversidad y la inclusión?
medidas previstas para la igualdad de género
¿Hay un subsidio para los estudios de los hijos?
Quien es responsable de la protección social
cuales son los objetivos para 2025
¿Cuántos miembros tiene el consejo del personal?
Se puede acumular una licencia parental con las vacaciones
Deme la lista de las acciones del sindicato
¿Hasta cuándo se pueden usar los días restantes?
¿Cuál es el papel del comité de seguro médico?
Hace falta un certificado médico después de tres días de ausencia
prima por terminación para el personal de corta duración
¿Qué es el sistema de evaluación?
Existe un programa de mentoría para los nuevos empleados
Quisiera saber cómo funciona la jubilación anticipada
¿Cómo se calculan las horas extraordinarias?
quien puede trabajar a tiempo parcial
¿Cuánto dura el período de prueba?
¿Dónde están las reglas sobre los viajes oficiales?
Es posible trabajar desde otro país
"""
GERMAN = """\
Wie viele Urlaubstage habe ich pro Jahr?
Was ist die Regelung zur Mobilität?
Wer leitet die Strategie für psychische Gesundheit?
Wann wird die Strategie veröffentlicht?
Welche Prioritäten hat der Personalrat?
Kann ich meinen Urlaub ins nächste Jahr übertragen?
Wie melde ich einen Fall von Belästigung?
Dauer des Mutterschutzes
Haben Berater Anspruch auf eine Entschädigung?
Was ist die Frist für einen Einspruch?
Bei wem muss ich eine Fortbildung beantragen?
Regeln für das Homeoffice
Welche Unterlagen brauche ich für einen Antrag?
Warum wurde der Ausschuss gegründet?
Wie lange dauert die Probezeit?
Gibt es ein Programm für neue Mitarbeiter?
Wer ist für den sozialen Schutz verantwortlich?
Wie werden Überstunden berechnet?
Darf ich aus einem anderen Land arbeiten?
Was steht im Dokument über die Gleichstellung?
"""
# English that speaks of things with foreign names, or borrows words
ENGLISH = """\
What is the per diem for Rio de Janeiro?
Can I work from the Côte d'Ivoire office?
de facto government
What does “congé de maternité” mean?
résumé and café vouchers
Who is the Chargé d'affaires in São Tomé?
force majeure clause
What is the policy on mise à la retraite for staff?
Is La Paz a hardship duty station?
ad hoc committee on pensions
Does the El Niño plan apply to Las Palmas?
What did Ms. García y Ortiz decide en route to Geneva?
sabbatical leave
maternity leave duration
bona fide occupational requirement
Los Angeles and San José offices
Which rules does the Société Générale card come with?
laissez-passer
do I die in service benefit
pro rata en bloc transfer
die in service benefit for man of war
"""
# written after the rules were fixed, and never used to change them
UNTUNED = """\
fr Les heures de travail peuvent-elles être aménagées ?
fr remboursement des frais de voyage
fr Qui contacter en cas d'accident du travail ?
fr Mon conjoint est-il couvert par l'assurance maladie ?
fr Combien coûte la cotisation syndicale ?
fr Quelles langues faut-il parler pour être promu ?
fr préavis de démission
fr Le télétravail depuis l'étranger est-il autorisé ?
fr Comment obtenir une copie de mon contrat ?
fr Que se passe-t-il si je tombe malade pendant mes vacances ?
fr critères d'évaluation des performances
fr Existe-t-il une crèche ?
fr Ai-je droit à des jours pour déménager ?
fr Où puis-je signaler une fraude de façon anonyme ?
fr Quel âge pour la retraite obligatoire ?
es ¿Pueden adaptarse las horas de trabajo?
es reembolso de los gastos de viaje
es A quién contactar en caso de accidente laboral
es ¿Está mi cónyuge cubierto por el seguro?
es Cuánto cuesta la cuota sindical
es qué idiomas hay que hablar para ascender
es preaviso de renuncia
es Está autorizado el teletrabajo desde el extranjero
es Cómo obtengo una copia de mi contrato
es ¿Qué pasa si me enfermo durante las vacaciones?
es criterios de evaluación del desempeño
es Existe una guardería para los hijos del personal
es Tengo derecho a días por mudanza
es ¿Dónde puedo denunciar un fraude de forma anónima?
es edad de jubilación obligatoria
de Können die Arbeitszeiten angepasst werden?
de Erstattung der Reisekosten für Bewerber
de An wen wende ich mich bei einem Arbeitsunfall?
de Ist mein Ehepartner mitversichert?
de Was passiert, wenn ich im Urlaub krank werde?
"""
