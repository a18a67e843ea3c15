"""Spanish words that tell the language from others."""

from __future__ import annotations

from conversations.agent.rules.language import words
from conversations.agent.rules.languages.es.verbs import COMMAND_VERBS, VERBS

WORDS = (
    VERBS
    | COMMAND_VERBS
    | words(
        """
    el la los las un una unos unas de del al a y o e en con para por sin sobre que qué cual cuál
    cuáles cuando cuándo
    dónde cómo cuánto cuántos cuántas es son está están soy tengo tiene hay he ha no me mi mis te tu
    tus se su sus nos lo
    le yo este esta estos estas ese esa hoy mañana ayer pasado tarde noche semana mes año día días
    hora horas minutos
    lunes martes miércoles jueves viernes sábado domingo recuérdame recuerdame recordarme recordar
    recordatorio añade
    añadir agrega agregar borra borrar elimina eliminar cancela cancelar pon poner crea crear
    muestra mostrar muéstrame
    lista tarea tareas comprar llamar cada todos todas próximo próxima alarma temporizador favor
    gracias cambia cambiar
    marca marcar hecho media cuarto antes después quiero necesito puedes debo como hecha hecho
    hechas hechos marque añada agregue borre ponga cree elimine cambie mueva recuérdeme min pm am da
    igual eres has muy pero porque también nada algo siempre nunca
    """
    )
)
