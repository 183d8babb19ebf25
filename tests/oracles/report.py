"""What every Python judge shares: the list of files to judge, and how a verdict is printed."""
import json
import sys
import time


class Judge:
    """Counts verdicts. Prints one line per failure at once, and one summary line at the end."""

    def __init__(self, name):
        self.name, self.passed, self.failed, self.notes, self.t0 = name, 0, 0, {}, time.perf_counter()

    def ok(self):
        self.passed += 1

    def fail(self, file, cause, scenario=None):
        self.failed += 1
        where = file + (f' [{scenario}]' if scenario else '')
        # A cause may hold an engine's multi-line message; one failure stays one line.
        print(f'FAIL {self.name}: {where}: {" ".join(str(cause).split())[:600]}')

    def check(self, file, causes, scenario=None):
        """One verdict from a list of causes: none is a pass."""
        if causes:
            self.fail(file, '; '.join(causes), scenario)
        else:
            self.ok()

    def note(self, text):
        """Something worth telling that is not a failure; equal notes are counted, not repeated."""
        self.notes[text] = self.notes.get(text, 0) + 1

    def done(self):
        for text, n in sorted(self.notes.items(), key=lambda x: -x[1])[:12]:
            print(f'note {self.name}: {text}' + (f' ({n} times)' if n > 1 else ''))
        print(f'{self.name}: {self.passed} passed, {self.failed} failed ({time.perf_counter() - self.t0:.1f} s)')
        return self.failed


def load():
    """The manifest that manifest.py wrote; its path is the only argument of every judge."""
    if len(sys.argv) != 2:
        sys.exit(f'usage: {sys.argv[0]} MANIFEST.json')
    with open(sys.argv[1], encoding='utf-8') as f:
        return json.load(f)


def read_json(path):
    with open(path, encoding='utf-8') as f:
        return json.load(f)


def finish(*judges):
    sys.exit(1 if sum([j.done() for j in judges]) else 0)
