"""Schemas that users write: useful ones hold, and none makes the server fetch or never end."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from integrations.models import Workflow
from integrations.schemas import faults_of
from integrations.services.runs import RunInputInvalid, check_input
from tests.integrations.receiver import Reply, receiving
from tests.integrations.world import workflow

pytestmark = pytest.mark.django_db

WORKFLOWS = "/api/v1/workflows/"
# Takes a second longer for each letter more, in Python's `re`.
SLOW = "(a+)+$"


def of(**parts: Any) -> dict[str, Any]:
    return {"type": "object", **parts}


def nested(depth: int) -> dict[str, Any]:
    schema = of()
    for _ in range(depth):
        schema = {"type": "object", "properties": {"in": schema}}
    return schema


def post(client: APIClient, schema: Any) -> Any:
    fields = {"name": "send_note", "description": "Sends a note.", "url": "http://127.0.0.1:9/"}
    return client.post(WORKFLOWS, {**fields, "input_schema": schema}, format="json")


@pytest.mark.parametrize(
    ("schema", "named"),
    [
        (of(properties={"a": {"$ref": "http://169.254.169.254/latest/meta-data"}}), "$ref"),
        (of(properties={"a": {"$ref": "file:///etc/passwd"}}), "$ref"),
        (of(allOf=[{"$ref": "#"}]), "$ref"),
        (of(anyOf=[{"not": {"items": {"$dynamicRef": "#a"}}}]), "$dynamicRef"),
        (of(patternProperties={SLOW: {}}), "patternProperties"),
        (of(**{"$defs": {"a": {"dependentSchemas": {"b": {"patternProperties": {}}}}}}), "patternProperties"),
        (of(**{"if": {"prefixItems": [{"unevaluatedItems": False}]}}), "unevaluatedItems"),
        (nested(16), "16 levels"),
        (nested(25), "16 levels"),
        (of(properties={"a": {"type": "text"}}), "Not a JSON Schema"),
        (of(properties=[{"$ref": "#"}]), "Not a JSON Schema"),
        (of(description="x" * 17_000), "16384 bytes"),
        (of(default={"a": 2**70}), "16384 bytes"),
        ({"type": "array"}, "one of an object"),
    ],
)
def test_what_could_be_used_against_the_server_is_refused(as_alice: APIClient, schema: Any, named: str):
    answer = post(as_alice, schema)
    assert answer.status_code == 400, answer.content
    [fault] = answer.json()["errors"]
    assert fault["attr"] == "input_schema"
    assert named in fault["detail"]


def test_a_pattern_is_told_to_the_model_and_costs_the_server_nothing(alice: User, as_alice: APIClient):
    schema = of(properties={"day": {"type": "string", "pattern": SLOW}}, additionalProperties=False)
    assert post(as_alice, schema).json()["input_schema"] == schema
    check_input(Workflow.objects.get(), {"day": "a" * 200 + "!"})


def test_names_of_fields_are_no_keywords(as_alice: APIClient):
    schema = of(properties={name: {"type": "string", "enum": ["$ref"]} for name in ("pattern", "$ref")})
    schema["examples"] = [{"pattern": SLOW}]
    assert post(as_alice, schema).status_code == 201


def test_no_schema_that_is_stored_already_is_followed_outside(alice: User):
    with receiving(Reply(200, b'{"type": "string"}')) as target:
        made = workflow(alice, "http://127.0.0.1:9/")
        schema = of(properties={"a": {"$ref": target.url()}, "b": {"pattern": SLOW}}, required=["c"])
        Workflow.objects.filter(pk=made.pk).update(input_schema=schema)
        made.refresh_from_db()
        with pytest.raises(RunInputInvalid, match="'c' is a required property"):
            check_input(made, {"a": 1, "b": "a" * 60 + "!"})
        assert target.received == []


def test_faults_are_told_with_their_place():
    schema = of(
        properties={
            "to": {"type": "string"},
            "tags": {"type": "array", "uniqueItems": True, "items": {"type": ["string", "object"]}},
        },
        additionalProperties=False,
    )
    assert faults_of({"to": "Anna", "tags": ["a", {"b": 1, "c": 2}]}, schema) == []
    assert faults_of({"to": 1, "tags": [{"b": 1, "c": 2}, {"c": 2, "b": 1}], "cc": ""}, schema) == [
        "arguments: Additional properties are not allowed ('cc' was unexpected)",
        "tags: has items that are the same",
        "to: 1 is not of type 'string'",
    ]
    assert faults_of({"to": "x" * 20_000}, schema) == ["arguments: more than 16384 bytes"]
