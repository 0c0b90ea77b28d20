import type { JSX } from 'preact';
import { Component } from 'preact';
import type { Span } from '../model/markdown.ts';
import { isLink, parseMarkdown } from '../model/markdown.ts';
import type { Emit } from './context.ts';
import { EmitContext } from './context.ts';

function Link({ span, emit }: { span: Span; emit: Emit }): JSX.Element {
  const target = span.target ?? '';
  // The parser let only these through; what is a link on the page is decided here once more.
  if (!isLink(target)) return <>{span.text}</>;
  // With the middle button, too; the right one has its menu, which shows the address.
  const ask = span.named ? (event: MouseEvent): void => {
    if (event.button === 2) return;
    event.preventDefault();
    emit({ type: 'open_link', url: target, named: true });
  } : undefined;
  return (
    <a href={target} target="_blank" rel="noopener noreferrer nofollow" referrerpolicy="no-referrer" title={span.named ? target : undefined} onClick={ask} onAuxClick={ask}>
      <bdi>{span.text}</bdi>
    </a>
  );
}

function Inline({ spans, emit }: { spans: Span[]; emit: Emit }): JSX.Element {
  return (
    <>
      {spans.map((span) => {
        switch (span.style) {
          case 'bold': return <strong>{span.text}</strong>;
          case 'italic': return <em>{span.text}</em>;
          case 'struck': return <s>{span.text}</s>;
          case 'code': return <code>{span.text}</code>;
          case 'mention': return <span class="mention">{span.text}</span>;
          case 'name': return <span class="name">{span.text}</span>;
          case 'link': return <Link span={span} emit={emit} />;
          default: return span.text;
        }
      })}
    </>
  );
}

// A message's text. Nothing of it is ever read as HTML: elements are made one by one, with texts in them.
export class RichText extends Component<{ text: string; selfName: string }> {
  static override contextType = EmitContext;
  override shouldComponentUpdate(next: { text: string; selfName: string }): boolean {
    return next.text !== this.props.text || next.selfName !== this.props.selfName;
  }
  override render(): JSX.Element {
    const emit = this.context as unknown as Emit;
    const blocks = parseMarkdown(this.props.text, this.props.selfName);
    const shown: JSX.Element[] = [];
    for (let at = 0; at < blocks.length; ++at) {
      const { kind, spans } = blocks[at]!;
      if (kind === 'code') shown.push(<pre tabIndex={0} role="group" aria-label="Code"><code>{spans[0]!.text}</code></pre>);
      else if (kind === 'paragraph') shown.push(<p dir="auto"><Inline spans={spans} emit={emit} /></p>);
      else {
        const lines: Span[][] = [];
        for (; blocks[at]?.kind === kind; ++at) lines.push(blocks[at]!.spans);
        --at;
        if (kind === 'quote') shown.push(<blockquote>{lines.map((line) => <p dir="auto"><Inline spans={line} emit={emit} /></p>)}</blockquote>);
        else shown.push(<ul>{lines.map((line) => <li dir="auto"><Inline spans={line} emit={emit} /></li>)}</ul>);
      }
    }
    return <div class="rich">{shown}</div>;
  }
}
