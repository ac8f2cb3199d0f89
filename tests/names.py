"""Measures the names and types of generated crates.

Usage: names.py FOLDER [FOLDER...]

Each folder contains generated crates, one in each subfolder. Prints a row for each folder, so that two versions of the generator can be
compared. `--worst` also lists the crates with the most identical types, and the longest names.
"""

import collections
import json
import pathlib
import re
import statistics
import sys

ITEM = re.compile(r"^(?:pub (?:struct|enum|type)|impl) (\w+)|^codec::(\w+)! \{\s*name: (\w+)", re.MULTILINE)
WORD = re.compile(r"\b[A-Z]\w*\b")
NUMBERED = re.compile(r"^(?:Option|Value|Variant)\d+$")
IGNORED_MACROS = {"setters", "null_setters", "conversions", "redacted_debug"}


def definitions(crate):
    """Returns the text of each model without comments, and the names of its variants."""
    texts, variants = collections.defaultdict(str), {}
    for file in sorted((crate / "src/models").glob("*.rs")):
        lines = [line for line in file.read_text().splitlines() if not line.lstrip().startswith(("//", "#["))]
        text = "\n".join(lines)
        for item in re.split(r"\n(?=pub (?:struct|enum|type)|codec::|impl )", text):
            found = ITEM.match(item)
            if not found or found[2] in IGNORED_MACROS:
                continue
            name = found[1] or found[3]
            texts[name] += item
            if item.startswith("pub enum"):
                variants[name] = re.findall(r"^    (\w+)", item, re.MULTILINE)
    return texts, variants


def resolved(name, aliases):
    """Returns the type that a name refers to."""
    while name in aliases:
        name = aliases[name]
    return name


def classes(texts):
    """Returns the class of each type: types are equal until something distinguishes them."""
    parts = {}
    aliases = {name: found[1] for name, text in texts.items() if (found := re.match(r"pub type \w+ = (\w+);", text))}
    aliases = {name: of for name, of in aliases.items() if of in texts}
    for name, text in texts.items():
        if text.startswith("pub type"):
            continue
        # An alias is the type that it names.
        text = WORD.sub(lambda word: resolved(word[0], aliases), text)
        # Whether a list fits on one line depends on the length of the name.
        text = re.sub(r",?\s*([\])])", r"\1", re.sub(r"([\[(])\s+", r"\1", text))
        text = re.sub(rf"\b{name}\b", "Self", re.sub(r"\s+", " ", text))
        names = [word for word in WORD.findall(text) if word in texts]
        parts[name] = (WORD.sub(lambda word: "#" if word[0] in texts else word[0], text), names)
    numbers = {}
    found = {name: numbers.setdefault(text, len(numbers)) for name, (text, _) in parts.items()}
    count = 0
    while len(set(found.values())) != count:
        count = len(set(found.values()))
        numbers = {}
        found = {
            name: numbers.setdefault((found[name], tuple(found.get(used, used) for used in names)), len(numbers))
            for name, (_, names) in parts.items()
        }
    return found


def measure(folder, worst):
    """Returns the numbers of the crates in a folder."""
    types, methods, enums, numbered, equal_types, inline_equal_types = [], [], 0, 0, 0, 0
    unused, paged, operations, rows = 0, 0, 0, []
    for manifest in sorted(folder.glob("*/sdk-manifest.json")):
        crate, data = manifest.parent, json.loads(manifest.read_text())
        texts, variants = definitions(crate)
        for path, item in data["api"].items():
            if item["kind"] == "struct of required fields" and path.startswith("models::"):
                del texts[path.split("::")[-1]]
        components = {
            schema["rust"].split("::")[-1]
            for schema in data["schemas"]
            if re.fullmatch(r"#/(?:components/schemas|definitions)/[^/]+", schema["pointer"])
        }
        unused += sum(not schema["sent"] and not schema["received"] for schema in data["schemas"])
        types += [(name, crate.name) for name in texts]
        enums += len(variants)
        numbered += sum(any(NUMBERED.match(variant) for variant in listed) for listed in variants.values())
        groups = collections.defaultdict(list)
        for name, number in classes(texts).items():
            groups[number].append(name)
        equal = [names for names in groups.values() if len(names) > 1]
        own = sum(len(names) - 1 for names in equal)
        inline = sum(min(sum(name not in components for name in names), len(names) - 1) for names in equal)
        equal_types, inline_equal_types = equal_types + own, inline_equal_types + inline
        rows.append((inline, own, len(texts), crate.name, [names for names in equal if any(name not in components for name in names)]))
        operations += len(data["operations"])
        paged += sum(operation["pagination"] is not None for operation in data["operations"])
        methods += [operation["rust"].split(".")[-1] for operation in data["operations"]]
    names = [name for name, _ in types]
    if worst:
        for inline, own, count, name, equal in sorted(rows, key=lambda row: -row[0])[:12]:
            print(f"{name}: {inline} inline, {own} of {count}; " + "; ".join(" = ".join(names[:4]) for names in equal[:worst]))
        print(sorted(types, key=lambda entry: -len(entry[0]))[:10])
    digits = lambda names: sum(name[-1].isdigit() for name in names)
    share = lambda count, of: f"{count} ({100 * count / max(of, 1):.2f} %)"
    return {
        "crates": len(rows),
        "operations": operations,
        "types": len(names),
        "median and longest name of a type, in characters": f"{statistics.median(map(len, names)):.0f}, {max(map(len, names))}",
        "median and longest name of a method, in characters": f"{statistics.median(map(len, methods)):.0f}, {max(map(len, methods))}",
        "types with a name of more than 60 characters": sum(len(name) > 60 for name in names),
        "types ending with a digit": share(digits(names), len(names)),
        "methods ending with a digit": share(digits(methods), len(methods)),
        "enums and unions with a variant such as `Option2` or `Value2`": share(numbered, enums),
        "types equal to another": share(equal_types, len(names)),
        "of these, types of inline schemas": share(inline_equal_types, len(names)),
        "unused models": unused,
        "operations with pagination": paged,
    }


def main():
    worst = next((int(option.split("=")[1]) for option in sys.argv[1:] if option.startswith("--worst=")), 0)
    folders = [pathlib.Path(folder) for folder in sys.argv[1:] if not folder.startswith("--")]
    columns = [measure(folder, worst) for folder in folders]
    print("| | " + " | ".join(folder.name for folder in folders) + " |")
    print("| --- |" + " ---: |" * len(folders))
    for row in columns[0]:
        print(f"| {row} | " + " | ".join(str(column[row]) for column in columns) + " |")


main()
