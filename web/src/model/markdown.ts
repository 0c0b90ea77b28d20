// The Markdown subset that messages have, as the desktop draws it (client/views/markdown): **bold**, *italic*,
// ~~struck~~, `code`, ``` blocks, > quotations, - lists, [words](https://…), bare links, and @mentions. Everything that
// isn't one of these is text: nothing is ever lost or hidden.

export interface Span {
  style: 'plain' | 'bold' | 'italic' | 'struck' | 'code' | 'link' | 'mention' | 'name';
  text: string;
  target?: string; // of a link
  named?: boolean; // the text of the link isn't its target, or doesn't say at a glance where it leads
}
export interface Block {
  kind: 'paragraph' | 'quote' | 'bullet' | 'code';
  spans: Span[];
}

const kSpace = /[\s\u00a0]/;
// As over bytes on the desktop: every letter beyond ASCII is part of a word.
const kNameCharacter = /[^\x00-\x7f]|[A-Za-z0-9_.-]/;
const kMarkers: [string, Span['style']][] = [['**', 'bold'], ['~~', 'struck'], ['*', 'italic'], ['_', 'italic']];

function startsWithLink(text: string): boolean {
  return /^(https?:\/\/|mailto:)/.test(text);
}

// A link that may be followed: http, https or mailto with something behind it.
export function isLink(target: string): boolean {
  if (!startsWithLink(target)) return false;
  try {
    const { protocol, hostname, pathname } = new URL(target);
    return protocol === 'mailto:' ? pathname.includes('@') : (protocol === 'https:' || protocol === 'http:') && hostname !== '';
  } catch {
    return false;
  }
}

// A name before an @, or a host in letters that look like others: a person reads another address than the browser goes to.
export function isMisleading(target: string): boolean {
  const { protocol, hostname, username, password } = new URL(target);
  if (protocol === 'mailto:') return false;
  const written = /^https?:\/\/([^/?#]*)/.exec(target)?.[1] ?? '';
  return username !== '' || password !== '' || written.replace(/:\d*$/, '').toLowerCase() !== hostname || hostname.split('.').some((part) => part.startsWith('xn--'));
}

// Without the full stop or bracket that belongs to the sentence.
function bareLinkLength(text: string): number {
  let end = 0;
  while (end < text.length && !kSpace.test(text[end]!) && text[end] !== '<' && text[end] !== '>') ++end;
  while (end > 0 && '.,;:!?\'")'.includes(text[end - 1]!)) {
    if (text[end - 1] === ')' && text.slice(0, end).includes('(')) break;
    --end;
  }
  return end;
}

class Inline {
  private at = 0;
  private plain = '';
  private readonly spans: Span[] = [];
  constructor(private readonly text: string, private readonly selfName: string) {}

  read(): Span[] {
    while (this.at < this.text.length)
      if (!(this.readCode() || this.readNamedLink() || this.readBareLink() || this.readMention() || this.readMarked()))
        this.plain += this.text[this.at++];
    this.flush();
    return this.spans;
  }
  private flush(): void {
    if (this.plain) this.spans.push({ style: 'plain', text: this.plain });
    this.plain = '';
  }
  private put(span: Span, end: number): true {
    this.flush();
    this.spans.push(span);
    this.at = end;
    return true;
  }
  private atWordStart(): boolean {
    return this.at === 0 || !kNameCharacter.test(this.text[this.at - 1]!);
  }
  private readCode(): boolean {
    if (this.text[this.at] !== '`') return false;
    const end = this.text.indexOf('`', this.at + 1);
    if (end < 0 || end === this.at + 1) return false;
    return this.put({ style: 'code', text: this.text.slice(this.at + 1, end) }, end + 1);
  }
  private readNamedLink(): boolean {
    if (this.text[this.at] !== '[') return false;
    const close = this.text.indexOf('](', this.at);
    if (close < 0 || close === this.at + 1) return false;
    const end = this.text.indexOf(')', close);
    const target = end < 0 ? '' : this.text.slice(close + 2, end);
    if (kSpace.test(target) || !isLink(target)) return false;
    const text = this.text.slice(this.at + 1, close);
    return this.put({ style: 'link', text, target, named: text !== target || isMisleading(target) }, end + 1);
  }
  private readBareLink(): boolean {
    const first = this.text[this.at];
    if ((first !== 'h' && first !== 'm') || !this.atWordStart()) return false;
    const rest = this.text.slice(this.at);
    if (!startsWithLink(rest)) return false;
    const text = rest.slice(0, bareLinkLength(rest));
    if (!isLink(text)) return false;
    return this.put({ style: 'link', text, target: text, ...(isMisleading(text) && { named: true }) }, this.at + text.length);
  }
  private readMention(): boolean {
    if (this.text[this.at] !== '@' || !this.atWordStart()) return false;
    let end = this.at + 1;
    while (end < this.text.length && kNameCharacter.test(this.text[end]!)) ++end;
    while (end > this.at + 1 && (this.text[end - 1] === '.' || this.text[end - 1] === '-')) --end;
    const name = this.text.slice(this.at + 1, end);
    if (!name) return false;
    const loud = name === this.selfName || name === 'room';
    return this.put({ style: loud ? 'mention' : 'name', text: this.text.slice(this.at, end) }, end);
  }
  private readMarked(): boolean {
    for (const [sign, style] of kMarkers) {
      if (!this.text.startsWith(sign, this.at)) continue;
      // snake_case_names and 2*3*4 aren't emphasis.
      if (sign.length === 1 && !this.atWordStart()) return false;
      const from = this.at + sign.length;
      const end = this.text.indexOf(sign, from);
      if (end < 0 || end === from || kSpace.test(this.text[from]!) || kSpace.test(this.text[end - 1]!)) continue;
      const after = this.text[end + sign.length];
      if (sign.length === 1 && after !== undefined && kNameCharacter.test(after) && after !== '.') continue;
      return this.put({ style, text: this.text.slice(from, end) }, end + sign.length);
    }
    return false;
  }
}

// The inside of a ``` block that starts here and ends somewhere, and what stands behind it.
function takeCode(text: string): [string, string] | null {
  if (!text.startsWith('```')) return null;
  const end = text.indexOf('```', 3);
  if (end < 0) return null;
  let inside = text.slice(3, end);
  const newline = inside.indexOf('\n');
  // The first line may name a language.
  if (newline >= 0 && !inside.slice(0, newline).includes(' ')) inside = inside.slice(newline + 1);
  return [inside.replace(/\n$/, ''), text.slice(end + 3).replace(/^\n/, '')];
}

export function parseMarkdown(message: string, selfName: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length) blocks.push({ kind: 'paragraph', spans: new Inline(paragraph.join('\n'), selfName).read() });
    paragraph = [];
  };
  let text = message;
  while (text) {
    const code = takeCode(text);
    if (code) {
      flush();
      blocks.push({ kind: 'code', spans: [{ style: 'plain', text: code[0] }] });
      text = code[1];
      continue;
    }
    const end = text.indexOf('\n');
    const line = end < 0 ? text : text.slice(0, end);
    text = end < 0 ? '' : text.slice(end + 1);
    const kind = line.startsWith('> ') ? 'quote' : /^[-*] /.test(line) ? 'bullet' : 'paragraph';
    if (kind === 'paragraph') {
      paragraph.push(line);
      continue;
    }
    flush();
    blocks.push({ kind, spans: new Inline(line.slice(2), selfName).read() });
  }
  flush();
  return blocks;
}
