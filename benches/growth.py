#!/usr/bin/env python3
"""Measures how time and memory grow with the size of a document, for constructs whose cost could grow faster than the document.

Usage: benches/growth.py PROGRAM [KIND...]

Prints a Markdown table with the processor time and the peak memory of `generate` for n = 1,000, 10,000 and 100,000. A run that takes
more than LIMIT seconds of processor time is stopped.
"""

import json
import os
import resource
import sys
import tempfile

LIMIT = 120
SIZES = (1_000, 10_000, 100_000)
HEAD = '{"openapi":"3.1.0","info":{"title":"T","version":"1"},'
OK = {"responses": {"204": {"description": "ok"}}}


def document(paths=None, schemas=None):
    paths = paths or {"/a": {"get": {"operationId": "a", **OK}}}
    return json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths, "components": {"schemas": schemas or {}}})


def response(name):
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "ok", "content": content}}}}}


def duplicate_keys(n):
    keys = ",".join(f'"x-{i % (n // 2)}":1' for i in range(n))
    return HEAD + f'"paths":{{}},"x-a":{{{keys}}}}}'


def unresolved_references(n):
    properties = {f"p{i}": {"$ref": f"#/components/schemas/Nome{i}"} for i in range(n)}
    names = {f"Name{i}": {"type": "string"} for i in range(n)}
    return document(response("A"), {"A": {"type": "object", "properties": properties}, **names})


def chained_references(n):
    chain = {f"S{i}": {"$ref": f"#/components/schemas/S{i + 1}"} for i in range(n)}
    return document(response("S0"), {**chain, f"S{n}": {"type": "string"}})


def merge_keys(n):
    base = ", ".join(f"k{i}: 1" for i in range(100))
    merged = "".join(f"  m{i}: {{<<: *base, own: 1}}\n" for i in range(n // 100))
    return f"openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx-base: &base {{{base}}}\nx-all:\n{merged}"


def warnings_on_one_line(n):
    properties = {f"p{i}": {"type": "sting"} for i in range(n)}
    return document(response("A"), {"A": {"type": "object", "properties": properties}})


def one_of_levels(n):
    levels = {f"S{i}": {"oneOf": [{"$ref": f"#/components/schemas/S{i + 1}"}] * 2} for i in range(n)}
    return document(response("S0"), {**levels, f"S{n}": {"type": "object", "properties": {"a": {"type": "string"}}}})


def required_levels(n):
    def level(i):
        below = {"$ref": f"#/components/schemas/S{i + 1}"}
        return {"type": "object", "required": ["a", "b"], "properties": {"a": below, "b": below}}

    return document(response("S0"), {**{f"S{i}": level(i) for i in range(n)}, f"S{n}": {"type": "string"}})


def enum_values(n):
    return document(response("A"), {"A": {"type": "string", "enum": [f"value {i}" for i in range(n)]}})


def operations(n):
    return document({f"/group{i // 100}/item{i}": {"get": {"operationId": f"getItem{i}", "tags": [f"group{i // 100}"], **OK}} for i in range(n)})


def security_schemes(n):
    schemes = {f"scheme {i % 2} {i}": {"type": "apiKey", "in": "header", "name": f"X-Key-{i // 2}"} for i in range(n)}
    text = document({"/a": {"get": {"operationId": "a", "security": [{name: []} for name in list(schemes)[:10]], **OK}}})
    return json.dumps({**json.loads(text), "components": {"securitySchemes": schemes}})


KINDS = [duplicate_keys, unresolved_references, chained_references, merge_keys, warnings_on_one_line, one_of_levels, required_levels, enum_values, operations, security_schemes]


def measure(program, text, folder):
    path = os.path.join(folder, "document.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execv(program, [program, "generate", path, "--out", os.path.join(folder, "sdk"), "--name", "growth"])
    _, status, usage = os.wait4(pid, 0)
    if os.WIFSIGNALED(status):
        return f"more than {LIMIT} s"
    note = "" if os.WEXITSTATUS(status) in (0, 1) else f" (status {os.WEXITSTATUS(status)})"
    return f"{usage.ru_utime + usage.ru_stime:.1f} s, {usage.ru_maxrss // 1024:,} MiB{note}"


def main():
    program, *wanted = sys.argv[1:]
    print("| Kind | " + " | ".join(f"n = {n:,}" for n in SIZES) + " |")
    print("| --- |" + " ---: |" * len(SIZES))
    for kind in KINDS:
        if wanted and kind.__name__ not in wanted:
            continue
        row = []
        for n in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                row.append(measure(program, kind(n), folder))
            if row[-1].startswith("more"):
                break
        print(f"| {kind.__name__.replace('_', ' ')} | " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
