from __future__ import annotations

from conversations.agent.claims.operations import (
    ANY,
    CHANGE,
    COMPLETE,
    CREATE,
    DELETE,
    FORGET,
    OUTWARD,
    REMEMBER,
    REMIND,
    REOPEN,
    RESTORE,
    UNDO,
)
from conversations.agent.claims.wording import Wording, words_of

O = r"(?:o|a|os|as)"  # noqa: E741 - the ending of a participle

WORDING = Wording(
    code="es",
    words=words_of(
        """
        he la el tu las los para está ha y se ya en una de con al te le lo mi tus sido
        """
    ),
    claims=(
        (
            CREATE | CHANGE | REMIND,
            rf"añadid{O}|añadí|agregad{O}|agregué|cread{O}|creé|incluid{O}|incluí|programad{O}|programé|puest{O}|puse"
            rf"|planificad{O}|agendad{O}|agendé",
        ),
        (
            CREATE | CHANGE | REMIND | REMEMBER,
            rf"apuntad{O}|apunté|anotad{O}|anoté|guardad{O}|guardé|registrad{O}|registré",
        ),
        (
            CHANGE | REMIND | DELETE,
            rf"movid{O}|moví|aplazad{O}|aplacé|pospuest{O}|pospuse|reprogramad{O}|reprogramé|trasladad{O}|pasad{O}|pasé",
        ),
        (
            CHANGE | COMPLETE | REOPEN,
            rf"cambiad{O}|cambié|actualizad{O}|actualicé|modificad{O}|modifiqué|renombrad{O}|renombré|ajustad{O}"
            rf"|corregid{O}|asignad{O}",
        ),
        (
            COMPLETE,
            rf"completad{O}|completé|terminad{O}|terminé|finalizad{O}|finalicé|tachad{O}|taché"
            rf"|(?:marcad{O}|marqué)\b[^.;]{{0,120}}\bcomo\s+(?:hech|complet|terminad)\w*",
        ),
        (DELETE, rf"eliminad{O}|eliminé|borrad{O}|borré|quitad{O}|quité|suprimid{O}|cancelad{O}|cancelé"),
        (REOPEN, rf"reabiert{O}|reabrí"),
        (RESTORE | REOPEN, rf"restaurad{O}|restauré|recuperad{O}|recuperé"),
        (UNDO, rf"deshech{O}|deshice|revertid{O}|revertí"),
        (
            REMIND,
            r"(?:recordaré|avisaré|notificaré)|recibirás\s+un\s+(?:aviso|recordatorio)"
            r"|recordatorio\b[^.;]{0,120}\b(?:activado|listo|configurado)",
        ),
        (REMEMBER, r"memorizad\w+|(?:recordaré|tendré\s+en\s+cuenta)\s+que"),
        (FORGET, rf"olvidad{O}|olvidé"),
        (
            OUTWARD,
            rf"enviad{O}|envié|mandad{O}|mandé|reservad{O}|reservé|invitad{O}|invité|pagad{O}|pagué|pedid{O}|publicad{O}",
        ),
        (
            ANY,
            r"(?:queda|quedan|está|están|tiene|tienen)\s+ahora|ahora\s+(?:está|están|se\s+llama|tiene|queda|es)"
            r"|(?:está|están)\s+(?:ya\s+)?en\s+(?:tu|la|su)\s+lista",
        ),
    ),
    openings=r"(?:todo\s+)?(?:hecho|listo|lista|ya\s+está(?!\s+en)|terminado)\b(?!\s+para)",
    denials=r"\b(?:no|nada|ninguna?|ningún|nunca|jamás|tampoco|sin|falló)\b",
    offers=r"\b(?:puedo|puede|pueden|podría|podrían|quieres|quiere|si|dime|dígame|necesito|aprobación|antes|confirm\w*"
    r"|cuando|debo|debería|cuál|permiso|apruebes?|quisieras|deseas)\b",
    reports=r"\b(?:ayer|anteayer|pasad[oa]|anteriormente|hace\s+\d+|hasta\s+ahora|quedan\s+\d+|siempre"
    r"|automáticamente|\d+\s+días)\b",
    first_person=r"\b(?:he|hemos|yo|\w+[éí])\b",
    by_user=r"\b(?:has|tú|usted\s+ha)(?:\s+\w+)?\s*$",
    later=r"\b(?:ser|por|será|serán)\s*$",
    calendar=r"\b(?:en|a)\s+(?:tu|su|el|mi)\s+(?:calendario|agenda)\b|\bal\s+calendario\b",
    counted=r"tareas?|elementos?|recordatorios?|listas?|cosas?|entradas?",
    numbers={
        "dos": 2,
        "tres": 3,
        "cuatro": 4,
        "cinco": 5,
        "seis": 6,
        "siete": 7,
        "ocho": 8,
        "nueve": 9,
        "diez": 10,
        "doce": 12,
        "veinte": 20,
    },
    empty=words_of(
        """
        el la los las un una unos unas de del al a en y o e yo tú tu tus mi mis su sus él ella lo le les
        me te se nos que qué como con para por es está están son fue ha he han has hemos sido ser ya
        ahora también aún todo todos toda todas ambas ambos dos tres cuatro cinco seis siete ocho nueve
        diez hecho hecha hechos hechas listo lista listas tarea tareas recordatorio recordatorios
        elemento elementos prioridad urgente alta baja media fecha título nombre hora horas hoy mañana
        ayer mediodía tarde noche semana mes año lunes martes miércoles jueves viernes sábado domingo
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre último
        última cambio cambios papelera bandeja perfecto claro vale bien calendario evento nuevo nueva
        nota notas añadido añadida completada completadas recordaré avisaré marcada marcado
        """
    ),
)
