#!/usr/bin/env python3
"""Prepares recorded exchanges for `replay.rs`, and counts its results. `run.sh` calls it.

Usage: recordings.py prepare DOCUMENT SDK OUT SINCE RECORDING...
       recordings.py operations PREPARED
       recordings.py report PREPARED RESULTS [MODE]

`prepare` writes the success responses with a body that belong to an operation of the document, each once, as JSON lines. Responses with
a date before the year SINCE are left out. `operations` prints the ids of the operations of such a file.

`report` compares each JSON body with the value that was read, written again. A value that is missing or different in it is lost in
silence, unless a deviation or a skipped item covers it. In the mode `lenient`, undocumented values are not reported, so it does not compare.

Recordings are files or folders. These formats are recognized by their content: HAR, JSON lines as `sdkwright doctor` reads them,
cassettes of vcrpy, go-vcr, VCR and betamax, fixtures of nock, and the recordings of PyGithub.
"""

import ast
import base64
import binascii
import collections
import datetime
import gzip
import json
import pathlib
import re
import sys
import urllib.parse
import zlib

import yaml



class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """A loader that reads Python objects, which old versions of vcrpy wrote, as plain data."""

    def plain(self, _, node):
        if isinstance(node, yaml.MappingNode):
            return self.construct_mapping(node, deep=True)
        return self.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else self.construct_scalar(node)


Loader.add_multi_constructor("tag:yaml.org,2002:python/", Loader.plain)
METHODS = {"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"}
UNDOCUMENTED = {"UnknownValue", "UndocumentedProperty", "UndocumentedStatus"}
TRANSFER = {"content-encoding", "content-length", "transfer-encoding", "connection"}


def exchange(method, url, accept, status, headers, body):
    return {"method": method.upper(), "url": url, "accept": accept, "status": int(status), "headers": headers, "body": body}


def flat(headers):
    """Returns headers with lower-case names and one value each, from any of the forms that recorders write."""
    pairs = headers.items() if isinstance(headers, dict) else headers or []
    found = {}
    for pair in pairs:
        name, value = (pair["name"], pair["value"]) if isinstance(pair, dict) else pair
        value = value[0] if isinstance(value, list) and value else value
        value = value.decode("latin-1") if isinstance(value, bytes) else value
        if isinstance(value, (str, int)):
            found[str(name).lower()] = str(value)
    return found


def text(body, headers):
    """Returns the text of a body without its encodings, or None if it is binary."""
    if isinstance(body, dict) and ("string" in body or "base64_string" in body):
        encoded = body.get("base64_string")
        body = base64.b64decode(encoded) if encoded else body.get("string")
    if body is None or isinstance(body, (dict, list, int, bool)):
        return None if body is None else json.dumps(body)
    body = body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body
    try:
        if body[:2] == b"\x1f\x8b":
            body = gzip.decompress(body)
        elif headers.get("content-encoding") == "deflate":
            body = zlib.decompress(body)
        return body.decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        return None


def har(tree):
    for entry in tree["log"]["entries"]:
        request, response = entry["request"], entry["response"]
        content, headers = response.get("content", {}), flat(response.get("headers"))
        headers.setdefault("content-type", content.get("mimeType", ""))
        body = content.get("text")
        body = base64.b64decode(body) if body and content.get("encoding") == "base64" else body
        yield exchange(request["method"], request["url"], flat(request.get("headers")).get("accept"), response["status"], headers, text(body, {}))


def json_line(tree):
    request, response = tree["request"], tree["response"]
    headers, body = flat(response.get("headers")), response.get("body")
    if body is not None and not isinstance(body, str):
        headers.setdefault("content-type", "application/json")
    yield exchange(request["method"], request["url"], flat(request.get("headers")).get("accept"), response["status"], headers, text(body, {}))


def cassette(interactions):
    """Reads the interactions of vcrpy, go-vcr, VCR and betamax, which differ in the names of members."""
    for entry in interactions:
        request, response = entry["request"], entry["response"]
        status = response.get("status", response.get("status_code"))
        status = status.get("code") if isinstance(status, dict) else response.get("code", status)
        headers = flat(response.get("headers"))
        url = request.get("uri", request.get("url"))
        body = response.get("body", response.get("content"))
        body = json.dumps(response["parsed_body"]) if body is None and "parsed_body" in response else body
        if url and status is not None:
            yield exchange(request["method"], url, flat(request.get("headers")).get("accept"), str(status).split()[0], headers, text(body, headers))


def nock(entries):
    for entry in entries:
        body, headers = entry.get("response"), flat(entry.get("headers"))
        if isinstance(body, list) and body and all(isinstance(part, str) for part in body) and headers.get("content-encoding"):
            body = binascii.unhexlify("".join(body))
        url = re.sub(r":(443|80)$", "", entry["scope"]) + entry["path"]
        yield exchange(entry["method"], url, flat(entry.get("reqheaders")).get("accept"), entry["status"], headers, text(body, headers))


def pygithub(lines):
    """Reads records of ten lines and an empty one."""
    for at in range(0, len(lines) - 9, 11):
        protocol, method, host, _, path, sent, _, status, received, body = lines[at : at + 10]
        headers = flat(ast.literal_eval(received))
        accept = flat(ast.literal_eval(sent)).get("accept")
        url = path if path.startswith("http") else f"{protocol}://{host}{path}"
        yield exchange(method, url, accept, status, headers, text(body, headers))


def parse(content):
    """Returns the exchanges of a file, whatever its format is, or nothing."""
    lines = content.split("\n")
    if lines[0] in ("http", "https") and len(lines) > 9 and lines[1] in METHODS:
        return pygithub(lines)
    try:
        tree = json.loads(content)
    except ValueError:
        if content.lstrip().startswith("{"):
            return [found for line in lines if line.strip() for found in parse(line)]
        tree = yaml.load(content, Loader)
    if isinstance(tree, list) and tree and isinstance(tree[0], dict) and {"scope", "path"} <= tree[0].keys():
        return nock(tree)
    if not isinstance(tree, dict):
        return []
    if "log" in tree:
        return har(tree)
    if {"request", "response"} <= tree.keys():
        return json_line(tree)
    return cassette(tree.get("interactions") or tree.get("http_interactions") or [])


def read(path):
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    for file in files:
        if file.suffix.lower() not in (".json", ".jsonl", ".har", ".yaml", ".yml", ".txt"):
            continue
        try:
            yield from parse(file.read_text("utf-8"))
        except (ValueError, KeyError, TypeError, AttributeError, SyntaxError, yaml.YAMLError) as error:
            print(f"{file}: not a recording: {type(error).__name__} {error}"[:200], file=sys.stderr)


def servers(document):
    """Returns a pattern of each server of a document, for the start of a URL."""
    urls = [server.get("url", "") for server in document.get("servers") or []]
    if "swagger" in document:
        urls = [f"https://{document.get('host', '')}{document.get('basePath', '')}"]
    for url in urls or ["/"]:
        parts = urllib.parse.urlsplit(url if "//" in url else f"//{{host}}{url}")
        yield "".join(pattern(part, "[^/]+") for part in (parts.netloc, parts.path.rstrip("/")))


def pattern(template, any_text):
    return "".join(any_text if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]*\})", template))


def routes(document, manifest):
    """Returns the operations with patterns of their URLs, the most specific first.

    A path or a Git reference may contain slashes. A fragment of a path names query parameters that requests have.
    """
    starts = "(?:" + "|".join(servers(document)) + ")"
    found = []
    for operation in manifest["operations"]:
        path, _, fragment = operation["path"].partition("#")
        path, asked = path.split("?")[0], set(urllib.parse.parse_qsl(fragment, keep_blank_values=True))
        segments = tuple("{" in segment for segment in path.split("/"))
        found.append(((False, segments, -len(asked)), operation, re.compile(starts + pattern(path, "[^/]+?") + "/?"), asked))
        if path.endswith(("{path}", "{ref}")):
            head = path[: path.rindex("{")]
            found.append(((True, segments, -len(asked)), operation, re.compile(starts + pattern(head, "[^/]+?") + ".+"), asked))
    return sorted(found, key=lambda route: route[0])


def asks(query, asked):
    """Returns whether a query has the parameters `asked`, with their values if they are known."""
    sent = urllib.parse.parse_qsl(query, keep_blank_values=True)
    return all(any(name == key and value in ("", one) for key, one in sent) for name, value in asked)


def operation_of(one, known):
    """Returns the operation of an exchange, or None."""
    parts = urllib.parse.urlsplit(one["url"])
    url = parts.netloc.rsplit(":", 1)[0] + parts.path
    for _, operation, route, asked in known:
        if operation["method"] == one["method"] and route.fullmatch(url) and asks(parts.query, asked):
            return operation
    return None


def year(headers):
    """Returns the year of a response, or None if it has no date."""
    found = re.search(r"\b(?:19|20)\d\d\b", headers.get("date", ""))
    return int(found[0]) if found else None


def other_representation(one):
    """Returns whether a response is not JSON because the request asked for something else, such as a diff or events."""
    received, asked = one["headers"].get("content-type", "json"), one["accept"] or "*/*"
    return received.startswith("text/event-stream") or "json" not in received and "json" not in asked and "*/*" not in asked


def prepare(document, sdk, out, since, *recordings):
    content = pathlib.Path(document).read_text("utf-8")
    document = json.loads(content) if content.lstrip().startswith("{") else yaml.load(content, Loader)
    known = routes(document, json.loads((pathlib.Path(sdk) / "sdk-manifest.json").read_text()))
    seen, lines, counts = set(), [], collections.Counter()
    for one in (found for recording in recordings for found in read(pathlib.Path(recording))):
        counts["exchanges"] += 1
        operation = operation_of(one, known)
        if operation is None:
            counts["of no operation"] += 1
        elif not 200 <= one["status"] < 300:
            counts["not a success"] += 1
        elif not one["body"] or one["method"] == "HEAD":
            counts["without a body, or binary"] += 1
        elif (year(one["headers"]) or int(since)) < int(since):
            counts[f"before {since}"] += 1
        elif other_representation(one):
            counts["in another representation that was requested"] += 1
        elif (key := (operation["id"], one["status"], one["body"])) in seen:
            counts["repeated"] += 1
        else:
            seen.add(key)
            headers = {name: value for name, value in one["headers"].items() if name not in TRANSFER}
            lines.append({**one, "operation": operation["id"], "headers": headers})
    counts["success bodies"] = len(lines)
    print(", ".join(f"{count} {what}" for what, count in counts.items()), file=sys.stderr)
    pathlib.Path(out).write_text("".join(json.dumps(line) + "\n" for line in lines))


def general(text):
    """Returns a path or a reason without positions, keys of maps and request ids."""
    return re.sub(r'\[(\d+|".*?")\]', "[]", re.sub(r" \(attempt [^)]*\)", "", text))


def read_lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]


def operations(prepared):
    print("\n".join(sorted({one["operation"] for one in read_lines(prepared)})))


def scalar(value):
    """Returns a scalar in a form in which equal numbers and equal times are equal."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if re.match(r"\d{4}-\d\d-\d\d[Tt ]", value):
        try:
            return datetime.datetime.fromisoformat(value.upper()).timestamp()
        except ValueError:
            return value
    return value


def key_step(key):
    plain = key and all(c.isalnum() or c in "_-$@" for c in key)
    return f".{key}" if plain else f"[{json.dumps(key, ensure_ascii=False)}]"


def lost(body, written, covered, skipped, path="$"):
    """Returns the paths of values of a body that are not in the value that was written again."""
    if path in covered or body is None or body in ("", [], {}) and written in (None, "", [], {}):
        return
    if isinstance(body, dict):
        for key, value in body.items():
            yield from lost(value, written.get(key) if isinstance(written, dict) else None, covered, skipped, path + key_step(key))
    elif isinstance(body, list):
        items = [(f"{path}[{index}]", value) for index, value in enumerate(body)]
        if isinstance(written, list) and len(written) < len(body):
            items = [(item, value) for item, value in items if item not in covered and not any(one.startswith(item) for one in skipped)]
        for at, (item, value) in enumerate(items):
            yield from lost(value, written[at] if isinstance(written, list) and at < len(written) else None, covered, skipped, item)
    elif isinstance(written, (dict, list)) or scalar(body) != scalar(written) and not is_same_base64(body, written):
        yield path


def is_same_base64(body, written):
    """Returns whether two texts are the same in the standard and the URL-safe alphabet of Base64."""
    alphabet = str.maketrans("-_", "+/")
    return all(isinstance(one, str) for one in (body, written)) and body.translate(alphabet).rstrip("=") == written.rstrip("=")


def lost_values(body, result):
    """Returns the paths that are silently lost, or nothing for a body that is not JSON or not written by the codec."""
    if result["result"] == "refused" or result["written"] is None:
        return []
    try:
        tree = json.loads(body["body"])
    except ValueError:
        return []
    return list(lost(tree, result["written"], {one["affected"] for one in result["deviations"]}, set(result["skipped"])))


def print_counts(found, most=None):
    for (rule, expected, received, path), places in sorted(found.items(), key=lambda entry: -len(entry[1]))[:most]:
        print(f"{len(places):5} {rule} {path}: expected {expected}, found {received} — {places[0]}")


def report(prepared, results, mode="default"):
    results, bodies = read_lines(results), read_lines(prepared)
    counts, refused, deviations = collections.Counter(), collections.defaultdict(list), collections.defaultdict(list)
    undocumented, silent = collections.defaultdict(list), collections.defaultdict(list)
    for number, (body, result) in enumerate(zip(bodies, results, strict=True), 1):
        place = f"{body['operation']} (line {number})"
        counts[result["result"]] += 1
        if result["result"] == "refused":
            refused[general(result["reason"])].append(place)
        for one in {(one["rule"], one["expected"], one["found"], general(one["path"])) for one in result["deviations"]}:
            (undocumented if one[0] in UNDOCUMENTED else deviations)[one].append(place)
        paths = {general(path) for path in lost_values(body, result)} if mode == "default" else ()
        counts["with values silently lost"] += bool(paths)
        for path in paths:
            silent[path].append(place)
    read = counts["exact"] + counts["deviating"]
    partly = counts["with a value left out"] + counts["with skipped items"]
    share = 100 * read / max(len(results), 1)
    both = 100 * (read + partly) / max(len(results), 1)
    print(
        f"{len(results)} success bodies of {len({body['operation'] for body in bodies})} operations, {read} read completely ({share:.2f} %),"
        f" {read + partly} read completely or in part ({both:.2f} %): {dict(counts)}"
    )
    print("\nRefused:")
    for reason, places in sorted(refused.items(), key=lambda entry: -len(entry[1])):
        print(f"{len(places):5} {reason} — {places[0]}")
    print("\nDeviations that were accepted:")
    print_counts(deviations)
    print(f"\n{len(undocumented)} undocumented values, reported on request. The most frequent ones:")
    print_counts(undocumented, 10)
    print("\nLost in silence:")
    for path, places in sorted(silent.items(), key=lambda entry: -len(entry[1])):
        print(f"{len(places):5} {path} — {places[0]}")


if __name__ == "__main__":
    commands = {"prepare": prepare, "operations": operations, "report": report}
    if len(sys.argv) < 3 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
