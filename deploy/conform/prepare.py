"""Waits for the demonstration, and writes what a run of schemathesis needs into its folder.

The document, the address, the keys, and `known.json`: the subjects of the first org's log, so that
not every question is about nothing.
"""

import json
import os
import pathlib
import sys
import time
import urllib.request

folder = pathlib.Path(sys.argv[1])
service = int(sys.argv[2])
os.umask(0o077)

LINES = "application/x-ndjson"
# Subjects of the log, and what they are called in paths and bodies besides `id`.
NAMES = {
    "claim": ["claim_id"],
    "exception": ["exception_id"],
    "facesheet_request": ["request_id"],
    "invoice": ["invoice_id", "from_invoice_id"],
    "prior_auth": ["auth_id", "prior_auth_id"],
    "remittance": ["remittance_id"],
    "statement": ["statement_id"],
}


def get(url, key=None, accept="application/json"):
    headers = {"Accept": accept}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        return answer.read().decode()


def wait_for_the_service():
    card = folder / "data" / "demo.json"
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        try:
            known = json.loads(card.read_text())
            get(known["base_url"] + "/readyz")
            return known
        except (OSError, ValueError):
            time.sleep(0.2)
        if pathlib.Path(f"/proc/{service}/stat").read_text().split(") ")[-1].startswith("Z"):
            sys.exit("conform: the service has ended")
    sys.exit("conform: no answer within three minutes")


def ids_within(value, name, scene):
    """The last `…_id` of each name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            ids_within(inner, key, scene)
    elif isinstance(value, list):
        for inner in value:
            ids_within(inner, name, scene)
    elif name.endswith("_id") and isinstance(value, str):
        scene[name] = value


def what_there_is(url, org):
    key = org["keys"]["owner"]
    scenes, head, instant = {}, 1, ""
    everywhere = {
        "file": "swagger-ui.css",
        "model": "invoices",
        "office_id": org["org_id"],
        "org_id": org["org_id"],
        "period": "2026-01",
    }
    for line in get(url + "/v1/events", key, LINES).splitlines():
        event = json.loads(line)
        kind, _, subject = event["subject"].partition("/")
        scene = scenes.setdefault(subject, {"kind": kind.replace("_", "-"), **everywhere})
        ids_within(event["data"], "", scene)
        scene |= {"id": subject, "position": event["position"], "event_id": event["id"]}
        scene |= {name: subject for name in NAMES.get(kind, [])}
        head, instant = event["position"], event["recordedat"]
    for line in get(url + "/v1/billing/patients", key, LINES).splitlines():
        patient = str(json.loads(line)["patient_id"])
        scenes[patient] = {"kind": "patient", "id": patient, "patient_id": patient, **everywhere}
    entries = json.loads(get(url + "/v1/admin/journal/entries?limit=50", key))["entries"]
    for entry in entries:
        scene = {"kind": "entry", **everywhere}
        ids_within(entry, "", scene)
        scenes[entry["event_id"]] = scene | {"entry_id": entry["event_id"]}
    names = sorted({name for scene in scenes.values() for name in scene})
    return {"scenes": list(scenes.values()), "names": names, "head": head, "instant": instant}


card = wait_for_the_service()
url = card["base_url"]
(folder / "url").write_text(url)
(folder / "openapi.json").write_text(get(url + "/v1/openapi.json"))
for number, org in enumerate(card["orgs"]):
    (folder / f"owner.{number}").write_text(org["keys"]["owner"])
(folder / "known.json").write_text(json.dumps(what_there_is(url, card["orgs"][0])))
