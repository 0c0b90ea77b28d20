import type { JSX } from 'preact';
import type { State } from '../model/state.ts';
import { isOnline } from '../model/state.ts';
import type { TranscriptFormat } from '../model/transcript.ts';
import type { Emit } from './context.ts';
import { valuesOf } from './parts.tsx';

const kFormats: [TranscriptFormat, string][] = [['html', 'A page'], ['text', 'Plain text'], ['json', 'JSON, for programs']];

export function Transcript({ state, emit, room }: { state: State; emit: Emit; room: number }): JSX.Element {
  const { transcript, form } = state;
  if (transcript) {
    return (
      <div>
        <p role="status">{isOnline(state) ? 'Reading…' : "You're offline. It goes on when the connection is back."} {transcript.count} messages so far.</p>
        <button type="button" class="wide-button" onClick={() => emit({ type: 'stop_transcript' })}>Stop</button>
      </div>
    );
  }
  return (
    <form noValidate onSubmit={(event) => emit({ type: 'save_transcript', room, format: (valuesOf(event).format ?? 'html') as TranscriptFormat })}>
      <p>All that you can read here, as one file on this device. Files that were sent stand in it by name, size and checksum. Whoever gets the file can read it.</p>
      <fieldset>
        <legend>Saved as</legend>
        <div class="choices">{kFormats.map(([value, words]) => <label key={value}><input type="radio" name="format" value={value} defaultChecked={value === 'html'} />{words}</label>)}</div>
      </fieldset>
      {form.error && <p class="error" role="alert">{form.error}</p>}
      {form.saved && <p class="saved" role="status">{form.saved}</p>}
      <button type="submit" class="primary wide-button" data-autofocus>Save it</button>
    </form>
  );
}
