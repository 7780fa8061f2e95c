#!/usr/bin/env python3
"""Holds scenario files against the schema that the program prints, and misspells every key once.

usage: validate_scenarios.py PROGRAM SCENARIO...
A shipped scenario must be valid, and none of its keys may be misspelt without the schema noticing; ids that the
writer chooses (of arms, packages, parts) may be anything, and what an arm replaces is left to the program. Needs the
Debian package python3-jsonschema (scripts/setup test).
"""

import copy
import datetime
import json
import subprocess
import sys
import tomllib

import jsonschema


def plain(value):
    """As editors of TOML hand a file to a schema: dates are text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    return value


def keys_in(value, path=()):
    """Paths of all keys that a schema names."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from keys_in(item, path + (place,))
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        if path not in (("arm",), ("package",), ("decompose", "parts")) and "replace" not in path:
            yield path + (key,)
        yield from keys_in(item, path + (key,))


def misspelt(scenario, path):
    changed = copy.deepcopy(scenario)
    table = changed
    for step in path[:-1]:
        table = table[step]
    table[path[-1] + "x"] = table.pop(path[-1])
    return changed


def faults_of(validator, file, scenario):
    for error in validator.iter_errors(scenario):
        yield f"{file}: {'.'.join(map(str, error.absolute_path))}: {error.message[:300]}"
    for path in keys_in(scenario):
        if validator.is_valid(misspelt(scenario, path)):
            yield f"{file}: {'.'.join(map(str, path))} may be misspelt"


def main(program, files):
    schema = json.loads(subprocess.run([program, "schema"], check=True, capture_output=True).stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft4Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    faults = []
    for file in files:
        with open(file, "rb") as opened:
            faults += faults_of(validator, file, plain(tomllib.load(opened)))
    print("\n".join(faults) or f"{len(files)} scenarios are valid; every misspelt key is found")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
