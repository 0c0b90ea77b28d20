import type { JSX } from 'preact';
import { Component, createContext, createRef } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { fileAddress, picturesOf, sizeWords } from '../model/files.ts';
import type { Dialog, State } from '../model/state.ts';
import { findMessage } from '../model/threads.ts';
import type { File } from '../wire/catalogue.ts';
import type { Emit } from './context.ts';
import { IconButton, Isolated } from './parts.tsx';

// Where pictures come from: the session's, which fetches and checks them.
export interface PictureSource {
  take(file: File): Promise<{ url: string } | { error: string }>;
  release(id: string): void;
  ownUrl(id: string): string;
}
export const PictureContext = createContext<PictureSource | null>(null);

const kNear = '600px'; // before it comes into sight

function savesData(): boolean {
  return (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true;
}

export function SaveLink({ file, children }: { file: File; children?: string }): JSX.Element {
  return <a class="save" href={fileAddress(file.id)} download={file.name} aria-label={`Save ${file.name}`}>{children ?? 'Save'}</a>;
}

// A picture in a message. Its box is as large whatever is in it, so that nothing jumps when it comes.
export class PictureBox extends Component<{ file: File; tab: number; open: () => void }, { url: string; error: string; waits: boolean }> {
  static override contextType = PictureContext;
  override state = { url: '', error: '', waits: savesData() };
  private readonly box = createRef<HTMLDivElement>();
  private observer: IntersectionObserver | null = null;
  private near = false;
  private holds = false;

  private get source(): PictureSource | null {
    return this.context as unknown as PictureSource | null;
  }
  override shouldComponentUpdate(next: { file: File; tab: number }, nextState: unknown): boolean {
    return next.file.id !== this.props.file.id || next.tab !== this.props.tab || nextState !== this.state;
  }
  override componentDidMount(): void {
    // The margin is of what scrolls, not of the window.
    this.observer = new IntersectionObserver((seen) => this.look(seen[seen.length - 1]!.isIntersecting), { root: this.box.current!.closest('.timeline'), rootMargin: kNear });
    this.observer.observe(this.box.current!);
  }
  override componentWillUnmount(): void {
    this.observer?.disconnect();
    this.near = false;
    this.letGo();
  }

  private look(near: boolean): void {
    this.near = near;
    if (near && !this.state.waits) this.load();
    if (!near && this.holds) {
      this.letGo();
      this.setState({ url: '' });
    }
  }
  private letGo(): void {
    if (this.holds) this.source?.release(this.props.file.id);
    this.holds = false;
  }
  private load(): void {
    const { file } = this.props;
    if (this.holds || !this.source) return;
    this.holds = true;
    this.source.take(file).then((got) => {
      if ('error' in got) {
        this.holds = false;
        return this.setState({ error: got.error });
      }
      if (this.near && this.holds) this.setState({ url: got.url, error: '' });
      else this.source?.release(file.id);
    });
  }

  override render(): JSX.Element {
    const { file, tab, open } = this.props;
    const { url, error, waits } = this.state;
    return (
      <div class="picture" ref={this.box}>
        {url ? (
          <button type="button" class="picture-button" tabIndex={tab} aria-label={`Picture ${file.name}: show it large`} onClick={open}>
            <img src={url} alt={file.name} draggable={false} onError={() => this.setState({ url: '', error: "It can't be shown." })} />
          </button>
        ) : error ? (
          <p class="picture-words"><Isolated>{file.name}</Isolated>, {sizeWords(file.size)}. {error} {fileAddress(file.id) && <SaveLink file={file} />}</p>
        ) : waits ? (
          <button type="button" tabIndex={tab} onClick={() => { this.setState({ waits: false }); this.near = true; this.load(); }}>Show <Isolated>{file.name}</Isolated>, {sizeWords(file.size)}</button>
        ) : <p class="picture-words"><Isolated>{file.name}</Isolated></p>}
      </div>
    );
  }
}

function LargePicture({ file }: { file: File }): JSX.Element {
  const source = useContext(PictureContext);
  const [got, setGot] = useState<{ url: string } | { error: string } | null>(null);
  useEffect(() => {
    let gone = false;
    let holds = false;
    setGot(null);
    source?.take(file).then((picture) => {
      holds = 'url' in picture;
      if (!gone) setGot(picture);
      else if (holds) source.release(file.id);
    });
    return () => {
      gone = true;
      if (holds) source?.release(file.id);
    };
  }, [file.id]);
  if (!got) return <p class="quiet">Loading…</p>;
  return 'url' in got ? <img class="large-picture" src={got.url} alt={file.name} /> : <p class="error" role="alert">{got.error}</p>;
}

export function Viewer({ state, emit, dialog }: { state: State; emit: Emit; dialog: Extract<Dialog, { kind: 'picture' }> }): JSX.Element {
  const pictures = picturesOf(findMessage(state, dialog.room, dialog.seq));
  const file = pictures[dialog.at];
  if (!file) return <p>This picture isn't there any more.</p>;
  const go = (by: number): void => emit({ type: 'show_dialog', dialog: { ...dialog, at: (dialog.at + by + pictures.length) % pictures.length } });
  const several = pictures.length > 1;
  return (
    <div class="viewer" onKeyDown={(event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step && several) go(step);
    }}>
      <LargePicture file={file} />
      <div class="buttons">
        {several && <IconButton icon="back" label="The picture before" onClick={() => go(-1)} />}
        <span class="viewer-words"><Isolated>{file.name}</Isolated>, {sizeWords(file.size)}{several && ` (${dialog.at + 1} of ${pictures.length})`}</span>
        {several && <IconButton icon="back" class="turned" label="The next picture" onClick={() => go(1)} />}
        <SaveLink file={file} />
      </div>
    </div>
  );
}
