#!/usr/bin/env python3
"""Compares what PyYAML and sdkwright accept.

Usage: tests/compare_yaml.py PROGRAM FOLDER... (needs `pip install pyyaml`)

Prints each YAML file that declares an OpenAPI version, that PyYAML parses and that sdkwright rejects as invalid YAML (E0102), and
the other way round. Fails if there is a file of the first kind.
"""

import pathlib
import re
import subprocess
import sys

import yaml

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DECLARES = re.compile(r"^[{\s\"']*(openapi|swagger)[\"']?\s*:", re.MULTILINE)


def pyyaml_reads(text):
    try:
        next(iter(yaml.load_all(text, Loader)), None)
        return True
    except (yaml.YAMLError, RecursionError, ValueError):
        return False


def main():
    program, *folders = sys.argv[1:]
    compared, only_pyyaml, only_sdkwright = 0, 0, 0
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*.y*ml")):
            text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
            if not DECLARES.search(text):
                continue
            compared += 1
            result = subprocess.run([program, "validate", str(path)], capture_output=True, text=True)
            ours, theirs = "E0102" not in result.stderr, pyyaml_reads(text)
            if theirs and not ours:
                only_pyyaml += 1
                print(f"only PyYAML reads {path}: {result.stderr.splitlines()[:2]}")
            elif ours and not theirs:
                only_sdkwright += 1
                print(f"only sdkwright reads {path}")
    print(f"{compared} files, {only_pyyaml} that only PyYAML reads, {only_sdkwright} that only sdkwright reads")
    return 1 if only_pyyaml else 0


if __name__ == "__main__":
    sys.exit(main())
