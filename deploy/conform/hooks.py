"""Makes three invented requests of four ask about what is there, and mean something.

What the document cannot say of a request is put right here: that an invoice's payment belongs to
that invoice, that a question is about one past only, that a position was given out before.
"""

import json
import pathlib
import re
import zlib

import schemathesis

# Written by prepare.py: subjects of the log, each with the ids that its events name.
KNOWN = json.loads(pathlib.Path("known.json").read_text())
SCENES, HEAD = KNOWN["scenes"], KNOWN["head"]
MONEY = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?")
CODE = re.compile(r"[a-z][a-z_]{0,40}")
DAY = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])")
MONEYS = re.compile(r"amount|price|debit|credit$|charge$|paid$|fee$")
CODES = re.compile(r"reason_code|method|place_of_service|plan$")

# By path, what was said to be there to explain.
FIGURES = {}


def chance(case, salt):
    """The same for the same request, so that a run can be repeated."""
    text = f"{case.method} {case.path} {case.path_parameters} {case.query} {case.body!r} {salt}"
    return zlib.crc32(text.encode(errors="replace"))


def scene_for(case, names):
    fit = [scene for scene in SCENES if names <= scene.keys()]
    kind = re.search(r"/(statements|[a-z-]+)/\{id\}", case.path)
    if "id" in names and kind:
        fit = [scene for scene in fit if scene["kind"] in (kind[1], kind[1][:-1])] or fit
    return fit[chance(case, "scene") % len(fit)] if fit else {}


def mended(name, value, scene):
    """A value that its reader may take, where the document only says that it is text."""
    if name in scene and name.endswith("_id"):
        return scene[name]
    if name.endswith("_id") and not value:
        return "conform"
    if re.search(r"(^|_)(on|date)$", name) and not DAY.fullmatch(value):
        return "2026-10-05"
    if MONEYS.search(name) and not MONEY.fullmatch(value):
        return "1.00"
    if CODES.search(name) and not CODE.fullmatch(value):
        return "conform"
    return {"currency": "CAD"}.get(name, value or "conform")


def mend(body, scene):
    if isinstance(body, list):
        for value in body:
            mend(value, scene)
    if isinstance(body, dict):
        for name, value in body.items():
            if isinstance(value, str):
                body[name] = mended(name, value, scene)
            else:
                mend(value, scene)


@schemathesis.hook
def before_call(context, case, kwargs):
    headers, query = case.headers or {}, case.query or {}
    least = str(headers.get("Daybook-Min-Position", ""))
    if re.fullmatch(r"[0-9]+", least):
        # One that nobody was given is waited for in vain, and answered 503, as documented.
        headers["Daybook-Min-Position"] = str(int(least) % HEAD)
    if "as_of_position" in query and "as_of" in query:
        query.pop("as_of" if chance(case, "past") % 4 else "as_of_position")
    if chance(case, "mend") % 4 == 0:
        return
    if "as_of" in query:
        query["as_of"] = KNOWN["instant"]
    for name in ("as_of_position", "at_position", "until_position"):
        if re.fullmatch(r"[0-9]+", str(query.get(name, ""))):
            query[name] = int(query[name]) % HEAD
    path = case.path_parameters or {}
    scene = scene_for(case, {name for name in path if name in KNOWN["names"]})
    for name in path:
        if name in scene:
            path[name] = scene[name]
    mend(case.body, scene or SCENES[chance(case, "body") % len(SCENES)])
    if isinstance(case.body, dict) and chance(case, "optional") % 2:
        for name in [name for name, value in case.body.items() if value is None]:
            del case.body[name]
    if "figure" in query and FIGURES.get(case.path):
        query["figure"] = FIGURES[case.path][chance(case, "figure") % len(FIGURES[case.path])]
    if chance(case, "version") % 4:
        headers.pop("If-Match", None)


@schemathesis.hook
def after_call(context, case, response):
    """Whoever asks for a figure that is not there is told which are."""
    if response.status_code == 404 and case.path.endswith("/explain"):
        problem = json.loads(response.content)
        if problem["code"] == "figure_unknown" and problem["figures"]["figures"]:
            FIGURES[case.path] = problem["figures"]["figures"]
