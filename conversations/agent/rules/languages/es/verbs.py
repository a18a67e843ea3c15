"""Spanish verbs that begin a task or a command, and words that point at a task."""

from __future__ import annotations

from conversations.agent.rules.language import words

VERBS = words(
    """
    abrir acabar acompañar alimentar alquilar apagar aprender archivar arreglar asistir ayudar
    bailar bajar bañar barrer
    beber buscar caminar cambiar cargar cenar cerrar cocinar coger comer comprar comprobar confirmar
    conseguir contestar
    contratar copiar correr cortar coser cuidar dar dejar depositar devolver dibujar doblar empezar
    encontrar enseñar
    enviar escribir escuchar estudiar felicitar firmar fregar ganar guardar hablar hacer imprimir
    instalar invitar ir
    jugar lavar leer limpiar llamar llenar llevar mandar mirar montar nadar ordenar organizar pagar
    pasar pasear pedir
    pintar planchar planear plantar practicar preparar presentar probar quedar recargar recoger
    recibir reciclar regar
    regresar renovar reparar repasar reservar responder revisar sacar salir secar solicitar subir
    tender terminar tirar
    inflar devuelve entregar celebrar desmontar decorar cepillar aspirar fregar lijar pesar
    peinar pegar prestar probar sembrar tramitar vacunar ventilar escanear echar
    tomar trabajar traer traducir usar vender ver viajar visitar volver compra llama envía paga
    lleva recoge haz ve
    """
)
COMMAND_VERBS = words(
    """
    recuérdame recuerdame recordarme añade añadir agrega agregar borra borrar elimina eliminar
    cancela cancelar pon poner
    crea crear programa programar configura mueve mover cambia cambiar modifica modificar marca
    marcar muestra mostrar
    muéstrame quita quitar apunta anota establece despiértame
    """
)
MEANS = words("ir ve salir correr")
CONNECTORS = words("y o de del para a al en con por es son")
PRONOUNS = words("lo la los las eso esto ese esa este esta aquello") | {
    "la última",
    "el último",
    "esa tarea",
    "esta tarea",
    "la tarea",
    "la última tarea",
    "ese recordatorio",
}
