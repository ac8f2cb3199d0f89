#!/usr/bin/env python3
"""Kills the generator at random moments and checks that the next run repairs the folder.

Usage: tests/kill_runs.py PROGRAM DOCUMENT OTHER_DOCUMENT [ROUNDS [SEED]]

In each round, a run is killed at a random moment. The next run generates the same document or, in every second round, the other
one. It must succeed and leave exactly the files that a run in a new folder writes.
"""

import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time


def command(program, document, folder):
    return [program, "generate", document, "--out", str(folder), "--name", "killed", "--quiet"]


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def main():
    program, *documents = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 100
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        expected, durations = {}, []
        for index, document in enumerate(documents):
            folder = scratch / f"expected-{index}"
            start = time.monotonic()
            subprocess.run(command(program, document, folder), check=True)
            durations.append(time.monotonic() - start)
            expected[document] = content(folder)
        failed, killed, during_write = 0, 0, 0
        folder = scratch / "sdk"
        for index in range(rounds):
            before = chance.choice(documents)
            run = subprocess.Popen(command(program, before, folder), stderr=subprocess.DEVNULL)
            # Most of a run computes; the second half of it writes.
            time.sleep(chance.uniform(0.3, 1.05) * durations[documents.index(before)])
            if run.poll() is None:
                run.send_signal(signal.SIGKILL)
                killed += 1
            run.wait()
            during_write += any(path.name.startswith(".sdkwright-") for path in folder.glob(".*"))
            after = before if index % 2 == 0 else documents[1 - documents.index(before)]
            result = subprocess.run(command(program, after, folder), capture_output=True, text=True)
            found = content(folder)
            if result.returncode != 0 or found != expected[after]:
                failed += 1
                differing = [path for path in set(found) | set(expected[after]) if found.get(path, 0) != expected[after].get(path, 0)]
                print(f"round {index}: status {result.returncode}, {len(differing)} files differ: {differing[:5]}")
                print(result.stderr[:2000])
    print(f"{rounds} rounds, {killed} killed, {during_write} of them while writing, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
