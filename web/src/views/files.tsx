import type { JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { fileAddress, isPicture, picturesOf, sizeWords } from '../model/files.ts';
import { mayLoadFiles } from '../model/files_panel.ts';
import { personName } from '../model/names.ts';
import type { RoomState, State, UploadEntry } from '../model/state.ts';
import { isOnline } from '../model/state.ts';
import { attachedTo } from '../model/uploads.ts';
import { dateTime } from '../model/words.ts';
import type { File, Message } from '../wire/catalogue.ts';
import type { Emit } from './context.ts';
import { Icon, IconButton, Isolated } from './parts.tsx';
import { PictureBox, PictureContext } from './picture.tsx';

function Card({ file, tab }: { file: File; tab?: number }): JSX.Element {
  const address = fileAddress(file.id);
  const words = (
    <>
      <Icon name="file" />
      <span class="file-words"><Isolated class="file-name">{file.name}</Isolated><small>{sizeWords(file.size)}</small></span>
      {address && <Icon name="save" />}
    </>
  );
  return address
    ? <a class="file" href={address} download={file.name} tabIndex={tab}><span class="hidden">Save </span>{words}</a>
    : <span class="file">{words}</span>;
}

// What a message carries.
export function MessageFiles({ message, room, tab, emit }: { message: Message; room: number; tab: number; emit: Emit }): JSX.Element | null {
  if (!message.files?.length || message.deleted) return null;
  const pictures = picturesOf(message);
  return (
    <div class="files">
      {pictures.map((file, at) => (
        <PictureBox key={file.id} file={file} tab={tab} open={() => emit({ type: 'show_dialog', dialog: { kind: 'picture', room, seq: message.seq, at } })} />
      ))}
      {message.files.filter((file) => !isPicture(file)).map((file) => <Card key={file.id} file={file} tab={tab} />)}
    </div>
  );
}

function statusOf(state: State, { stage, sent, row, failure }: UploadEntry): string {
  if (stage === 'whole') return 'Ready';
  if (stage === 'failed') return failure;
  if (stage === 'saving') return 'Being read…';
  if (!isOnline(state)) return 'Goes on when the connection is back';
  if (stage === 'sending') return `${sizeWords(sent)} of ${sizeWords(row.size)}`;
  return failure || 'Waits its turn';
}

function Upload({ state, entry, emit, inComposer }: { state: State; entry: UploadEntry; emit: Emit; inComposer: boolean }): JSX.Element {
  const url = useContext(PictureContext)?.ownUrl(entry.row.id) ?? '';
  const { row, stage, sent } = entry;
  const { id, room, name, size } = row;
  return (
    <li class={`upload ${stage}`}>
      {url ? <img class="thumb" src={url} alt="" /> : <Icon name="file" />}
      <span class="file-words">
        <Isolated class="file-name">{name}</Isolated>
        <small class={stage === 'failed' ? 'error' : ''}>{statusOf(state, entry)}</small>
        {(stage === 'sending' || stage === 'waiting') && <progress max={Math.max(1, size)} value={Math.min(sent, size)} aria-label={`${name}: sent so far`} />}
      </span>
      {stage === 'failed' && inComposer && <button type="button" onClick={() => emit({ type: 'retry_upload', room, id })}>Try again</button>}
      {inComposer && <IconButton icon="close" label={`Remove ${name}`} onClick={() => emit({ type: 'remove_upload', room, id })} />}
    </li>
  );
}

// Above the composer's field.
export function Attached({ state, room, emit }: { state: State; room: RoomState; emit: Emit }): JSX.Element | null {
  const attached = attachedTo(state, room.info.id);
  if (!attached.length) return null;
  return <ul class="uploads" aria-label="Attached">{attached.map((entry) => <Upload key={entry.row.id} state={state} entry={entry} emit={emit} inComposer />)}</ul>;
}

// Of a message that waits.
export function PendingFiles({ state, ids, emit }: { state: State; ids: string[]; emit: Emit }): JSX.Element {
  const entries = state.uploads.filter((entry) => ids.includes(entry.row.id));
  return <ul class="uploads" aria-label="Files of this message">{entries.map((entry) => <Upload key={entry.row.id} state={state} entry={entry} emit={emit} inComposer={false} />)}</ul>;
}

export function FilesList({ state, emit, jumped }: { state: State; emit: Emit; jumped: () => void }): JSX.Element {
  const { room, files, loaded, busy, more, error } = state.roomFiles;
  return (
    <div class="panel-body" aria-busy={busy}>
      {error && <p class="error">{error}</p>}
      {!files.length && !error && <p class="none">{loaded ? 'No files were sent here.' : 'Loading…'}</p>}
      <ul>
        {files.map(({ file, seq, at, author }) => (
          <li key={file.id} class="room-file">
            <Card file={file} />
            <button type="button" class="hit" onClick={() => { emit({ type: 'jump_to_message', room, seq }); jumped(); }}>
              <span class="hit-head"><Isolated class="author">{personName(state, author)}</Isolated> <time>{dateTime(at, state.wall)}</time></span>
              <span class="hidden">, show the message</span>
            </button>
          </li>
        ))}
      </ul>
      {more && <button type="button" class="wide-button" disabled={!mayLoadFiles(state)} onClick={() => emit({ type: 'more_files' })}>More</button>}
    </div>
  );
}
