"""The fixed words of decks as a reader meets them, written by hand: what the tests look slides up by."""

HEADINGS = {
    "en": ("What to say", "What to ask", "Time", "Sources"),
    "es": ("Qué decir", "Qué preguntar", "Tiempo", "Fuentes"),
}
QUESTION = {"en": "Question {}", "es": "Pregunta {}"}
ANSWER = {"en": "Question {}: answer", "es": "Pregunta {}: respuesta"}
CRITERIA = {"en": "Question {}: criteria", "es": "Pregunta {}: criterios"}
REASONS = {"en": "Question {}: why", "es": "Pregunta {}: por qué"}
VERDICT = {"en": "Answer: {}", "es": "Respuesta: {}"}
CONTINUES = {"en": "Continues “{}”", "es": "Continúa «{}»"}
TIMELINE = {"en": "Timeline. {}", "es": "Cronología. {}"}
GOALS = {"en": "Goals. {}", "es": "Objetivos. {}"}
PEOPLE = {"en": "People. {}", "es": "Personas. {}"}
TERMS = {"en": "Key terms. {}", "es": "Términos clave. {}"}
DOCUMENT = {"en": "Document. {}", "es": "Documento. {}"}
DEBATE = {"en": "Debate. {}", "es": "Debate. {}"}
AGENDA = {"en": "Contents", "es": "Índice"}
RECAP = {"en": "Recap", "es": "Recapitulación"}
SOURCES = {"en": "Sources", "es": "Fuentes"}
START, END = {"en": "Start", "es": "Inicio"}, {"en": "Close", "es": "Cierre"}
