#!/usr/bin/env python3
"""Holds the client's texts against client/languages: check-texts.py ROOT. Every text that a person reads goes through tr() or
tr_count(), or stands in a constant table, which is translated where it is used; every language has each of them, and no others.
It looks at the files of SOURCES alone, so not at client/session and client/app, and takes for a text what has a blank or begins
with a capital: other words that people read have to stand in SMALL_TEXTS."""
import glob
import os
import re
import sys
import tomllib

SOURCES = ('client/model/*.[ch]pp', 'client/views/*.[ch]pp', 'common/desk/model/*.[ch]pp', 'common/desk/views/*.[ch]pp',
           'common/ui/dialog.*pp', 'common/ui/field.*pp', 'common/ui/notice.*pp')
# Emoji's names are Unicode's; policies are read in documents and templates; ids are for tests; months and weekdays are ICU's in other languages.
LEFT_OUT = ('client/views/emoji_names.cpp', 'common/desk/model/policy_settings.cpp', 'client/views/ids.hpp', 'common/desk/views/ids.hpp')
HAND_MADE = 'common/desk/model/words.cpp'

LETTERS = re.compile(r'[A-Za-z]{2}')

# Calls whose literals nobody reads.
NO_TEXT_CALLS = {'starts_with', 'ends_with', 'find', 'begin_pane', 'warn', 'info', 'debug', 'error', 'critical', 'assert',
                 'static_assert', 'rfind', 'PushID', 'Begin', 'compare', 'contains', 'find_first_of', 'find_last_of', 'Id',
                 'set_meta', 'meta', 'find_first_not_of'}
TR_CALLS = {'tr', 'tr_count'}
# Words that aren't translated, or that only tests read.
NO_TEXTS = {'Wardroom', 'English', 'Wardroom ', 'OR', 'PDF', ' KB', ' MB', ' GB', ' · TLS 1.3', ', pending', ', failed', ', grouped', ', edited',
            ', deleted', ', mention', ', pinned', '/me ', ' \u00b7 ', 'KB', 'MB', 'GB', 'UTC-', 'UTC+', 'UTC', ' \u2014 '}
# Words of one small letter that people do read.
SMALL_TEXTS = {'you', 'new', 'muted', 'moderator', 'connected', 'pinned', 'archived', 'locked', 'a room', 'all rooms', 'this device', 'just now', 'days', 'today', 'yesterday'}


class Literal:
    def __init__(self, start, end, raw, value, call, statement, depth_calls, nxt, prev):
        self.start, self.end, self.raw, self.value = start, end, raw, value
        self.call, self.statement, self.calls = call, statement, depth_calls
        self.next, self.prev = nxt, prev


def decode(body):
    out = bytearray()
    i = 0
    data = body.encode()
    while i < len(data):
        c = data[i:i + 1]
        if c != b'\\':
            out += c
            i += 1
            continue
        n = chr(data[i + 1])
        if n == 'x':
            m = re.match(rb'[0-9A-Fa-f]{1,2}', data[i + 2:i + 4])
            out.append(int(m.group(0), 16))
            i += 2 + len(m.group(0))
        else:
            out += {'n': b'\n', 't': b'\t', '"': b'"', '\\': b'\\', '0': b'\0', 'r': b'\r', "'": b"'"}[n]
            i += 2
    return out.decode('utf-8', 'replace')


def literals(source):
    found = []
    i, n = 0, len(source)
    stack = []           # of (opening sign, word before it)
    statement = 0        # where the current one began
    word = ''
    run = None           # [start, end, value]
    run_ctx = None

    def flush():
        nonlocal run
        if run:
            j = run[1]
            while j < n and source[j] in ' \n\t':
                j += 1
            k = run[0] - 1
            while k >= 0 and source[k] in ' \n\t':
                k -= 1
            calls = [w for s, w in run_ctx[0] if s == '(']
            inner = calls[-1] if calls and run_ctx[0][-1][0] == '(' else ''
            found.append(Literal(run[0], run[1], source[run[0]:run[1]], run[2], inner, source[run_ctx[1]:run[0]], calls,
                                 source[j:j + 2], source[max(0, k - 1):k + 1]))
        run = None

    while i < n:
        c = source[i]
        if source.startswith('//', i):
            i = source.find('\n', i)
            if i < 0:
                i = n
            continue
        if source.startswith('/*', i):
            i = source.find('*/', i) + 2
            continue
        if c == '#' and source[source.rfind('\n', 0, i) + 1:i].strip() == '':
            flush()
            i = source.find('\n', i)
            continue
        if c == '"':
            j = i + 1
            while source[j] != '"':
                j += 2 if source[j] == '\\' else 1
            value = decode(source[i + 1:j])
            if run and source[run[1]:i].strip() == '':
                run[1], run[2] = j + 1, run[2] + value
            else:
                flush()
                run, run_ctx = [i, j + 1, value], (list(stack), statement)
            i = j + 1
            word = ''
            continue
        if c == "'" and not (i and source[i - 1].isdigit() and source[i + 1].isdigit()):
            flush()
            j = i + 1
            while source[j] != "'":
                j += 2 if source[j] == '\\' else 1
            i = j + 1
            continue
        if c in ' \n\t':
            i += 1
            continue
        flush()
        if c.isalnum() or c == '_':
            j = i
            while j < n and (source[j].isalnum() or source[j] == '_'):
                j += 1
            word = source[i:j]
            i = j
            continue
        if c in '([{':
            stack.append((c, word))
            if c == '{':
                # A block begins statements; an initialiser belongs to its own.
                before = source[:i].rstrip()
                if before.endswith(')') or before.endswith('else') or before.endswith(';') or before.endswith('const') or before.endswith('override') or before.endswith('noexcept'):
                    statement = i + 1
        elif c in ')]}':
            if stack:
                stack.pop()
            if c == '}':
                after = source[i + 1:i + 3]
                if not (after.startswith(')') or after.startswith(',') or after.startswith(';') or after.startswith('}')):
                    statement = i + 1
        elif c == ';':
            statement = i + 1
        word = ''
        i += 1
    flush()
    return found


def is_table(lit):
    """In a constant table, which is translated where it is used."""
    return bool(re.search(r'\bconstexpr\b|\bstatic const\b', lit.statement)) or lit.statement.lstrip().startswith('static const')


def is_text(lit):
    v = lit.value
    if v in NO_TEXTS or not LETTERS.search(v):
        return False
    if lit.call in NO_TEXT_CALLS or lit.prev in ('==', '!=') or lit.next in ('==', '!='):
        return False
    if any(c in ('warn', 'info', 'debug', 'critical', 'static_assert') for c in lit.calls):
        return False
    if v.startswith('##') or v.startswith('/') or '::' in v:
        return False
    return ' ' in v or v[0].isupper() or v.endswith('\u2026') or v in SMALL_TEXTS


def texts_of(root, problems):
    texts, counts = {}, {}
    for pattern in SOURCES:
        for path in sorted(glob.glob(os.path.join(root, pattern))):
            name = os.path.relpath(path, root)
            if name in LEFT_OUT:
                continue
            with open(path, encoding='utf-8') as file:
                source = file.read()
            found = literals(source)
            for at, lit in enumerate(found):
                place = '%s:%d' % (name, source.count('\n', 0, lit.start) + 1)
                if lit.call == 'tr' and lit.prev.endswith('('):
                    texts.setdefault(lit.value, place)
                elif lit.call == 'tr_count' and lit.prev.endswith(','):
                    follows = at + 1 < len(found) and found[at + 1].call == 'tr_count'
                    if lit.next.startswith(',') and follows:
                        counts.setdefault(found[at + 1].value, place)
                elif name == HAND_MADE or not is_text(lit):
                    continue
                elif is_table(lit):
                    texts.setdefault(lit.value, place)
                else:
                    problems.append('%s: this text isn\'t translated: %s. Write tr(…).' % (place, lit.raw[:60]))
    return texts, counts


def compare(file, kind, wanted, given, problems):
    for text, place in wanted.items():
        if text not in given:
            problems.append('%s: [%s] lacks what stands at %s: "%s"' % (file, kind, place, text))
    for text in given:
        if text not in wanted:
            problems.append('%s: [%s] has a text that isn\'t in the code any more: "%s"' % (file, kind, text))


def check_places(file, text, translation, problems):
    for place in set(re.findall(r'\{\d\}', translation)) - set(re.findall(r'\{\d\}', text)):
        problems.append('%s: %s isn\'t filled in "%s"' % (file, place, text))


def main():
    root = sys.argv[1]
    problems = []
    texts, counts = texts_of(root, problems)
    for path in sorted(glob.glob(os.path.join(root, 'client/languages/*.toml'))):
        file = os.path.relpath(path, root)
        with open(path, 'rb') as opened:
            given = tomllib.load(opened)
        compare(file, 'texts', texts, given.get('texts', {}), problems)
        compare(file, 'counts', counts, given.get('counts', {}), problems)
        for text, translation in given.get('texts', {}).items():
            check_places(file, text, translation, problems)
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


main()
