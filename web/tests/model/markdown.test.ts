import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLink, parseMarkdown } from '../../src/model/markdown.ts';

const plain = (text: string) => parseMarkdown(text, 'lena').map((block) => [block.kind, ...block.spans.map((span) => `${span.style}:${span.text}`)]);

test('the subset of the desktop', () => {
  assert.deepEqual(plain('a **b** *c* _d_ ~~e~~ `f`'), [['paragraph', 'plain:a ', 'bold:b', 'plain: ', 'italic:c', 'plain: ', 'italic:d', 'plain: ', 'struck:e', 'plain: ', 'code:f']]);
  assert.deepEqual(plain('> q\n- one\n* two\ntext'), [['quote', 'plain:q'], ['bullet', 'plain:one'], ['bullet', 'plain:two'], ['paragraph', 'plain:text']]);
  assert.deepEqual(plain('```cpp\nint a;\n```after'), [['code', 'plain:int a;'], ['paragraph', 'plain:after']]);
  assert.deepEqual(plain('@lena @mateo @room. mail@lena'), [['paragraph', 'mention:@lena', 'plain: ', 'name:@mateo', 'plain: ', 'mention:@room', 'plain:. mail@lena']]);
});

test('what is not emphasis stays as it was written', () => {
  for (const text of ['snake_case_names', '2*3*4', '**', '`', '[a](b)', '** a **', '```never ends', '# no heading', '<b>no html</b>', '1. one'])
    assert.equal(parseMarkdown(text, '').map((block) => block.spans.map((span) => span.text).join('')).join('\n'), text);
});

test('links: http, https and mailto alone', () => {
  for (const good of ['https://example.org/a?b#c', 'http://localhost:8080', 'mailto:lena@example.org']) assert.ok(isLink(good), good);
  for (const bad of ['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', 'vbscript:x', 'https://', 'file:///etc/passwd', ' https://example.org', 'mailto:nobody', 'blob:https://a/b', '//example.org'])
    assert.ok(!isLink(bad), bad);
  assert.deepEqual(plain('[x](javascript:alert(1))'), [['paragraph', 'plain:[x](javascript:alert(1))']]);
});

test('a link whose text is not its address says so', () => {
  const [block] = parseMarkdown('[https://bank.example](https://evil.example/) https://a.example.', '');
  assert.equal(block!.spans[0]!.named, true);
  assert.equal(block!.spans[2]!.text, 'https://a.example');
  assert.equal(block!.spans[2]!.named, undefined);
});

test('a bare link that leads elsewhere than it reads says so', () => {
  const named = (text: string) => parseMarkdown(text, '')[0]!.spans.find((span) => span.style === 'link')?.named;
  for (const plain of ['https://example.org/', 'https://EXAMPLE.org:8443/a@b', 'http://[::1]/', 'mailto:lena@example.org', 'http://localhost:8080?x'])
    assert.equal(named(plain), undefined, plain);
  for (const odd of ['https://exаmple.org/', 'https://xn--exmple-cua.org/', 'https://example.org@evil.example/', 'https://example.org:443@evil.example/', 'http://0x7f.1/', 'https://ｅxample.org/'])
    assert.equal(named(odd), true, odd);
});

test('hostile lengths end soon', () => {
  for (const part of ['*', '[', '`', '_', '~~', '@', '> ', 'h', '](', 'https://']) {
    const text = part.repeat(16_384 / part.length);
    assert.equal(parseMarkdown(text, '').length > 0, true, part);
  }
});
