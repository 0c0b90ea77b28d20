#!/usr/bin/env python3
"""Whether each link between Markdown files leads somewhere: to a file within the folder, and to a heading in it.

    packaging/check-links.py FOLDER...

Prints those that don't, and ends with 1. Links to other machines aren't followed.
"""
import functools
import pathlib
import re
import subprocess
import sys
import urllib.parse

LINK = re.compile(r'!?\[[^\]]*\]\(([^)\s]+)\)')
FENCE = re.compile(r'^```.*?^```', re.MULTILINE | re.DOTALL)


@functools.cache
def anchors(page):
    """The headings' names, as GitHub makes them; of the same ones the second has -1 behind it."""
    found, times = set(), {}
    for heading in re.findall(r'^#+ +(.*?) *$', FENCE.sub('', page.read_text(encoding='utf-8')), re.MULTILINE):
        text = re.sub(r'\[([^\]]*)\]\([^)]*\)', r'\1', heading)
        name = re.sub(r'[^\w\- ]', '', text.lower()).replace(' ', '-')
        seen = times.get(name, 0)
        times[name] = seen + 1
        found.add(name if seen == 0 else f'{name}-{seen}')
    return found


def fault(root, page, link):
    path, _, anchor = urllib.parse.unquote(link).partition('#')
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(root):
        return 'leads out of the folder'
    if not target.exists():
        return 'leads nowhere'
    if anchor and target.suffix == '.md' and anchor not in anchors(target):
        return 'names a heading that is not there'
    return None


def pages_of(root):
    """In a checkout those that are its own: a build has copies."""
    tracked = subprocess.run(['git', '-C', root, 'ls-files', '-z', '--', '*.md'], capture_output=True, check=False)
    if (root / '.git').exists() and tracked.returncode == 0:
        return [root / name for name in tracked.stdout.decode().split('\0') if name and (root / name).exists()]
    return sorted(root.rglob('*.md'))


def main(folders):
    looked_at = wrong = 0
    for root in (pathlib.Path(folder).resolve() for folder in folders):
        for page in pages_of(root):
            text = FENCE.sub(lambda code: '\n' * code.group().count('\n'), page.read_text(encoding='utf-8'))
            for match in LINK.finditer(text):
                link = match.group(1)
                if re.match(r'[a-z][a-z0-9+.-]*:', link):
                    continue
                looked_at += 1
                if why := fault(root, page, link):
                    wrong += 1
                    line = text.count('\n', 0, match.start()) + 1
                    print(f'{page.relative_to(root)}:{line}: {link} {why}')
    if not looked_at:
        print('There is no link to look at.')
    return 1 if wrong or not looked_at else 0


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
