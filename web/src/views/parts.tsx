import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Presence } from '../model/state.ts';

// Small things that every view is made of.

const kPaths = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  back: 'M15 5l-7 7 7 7',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.5 3-6 6.500-6s6.500 2.500 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.500 2.800 3.500 5.500',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6',
  search: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM20 20l-4.500-4.500',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.500c1 1.300 2.200 2 3.500 2s2.500-.7 3.500-2M9 9.500h.01M15 9.500h.01',
  reply: 'M9 7L4 12l5 5M4 12h10c3.500 0 6 2 6 6',
  thread: 'M4 5h16v10H11l-5 4v-4H4zM8 9h8M8 12h5',
  send: 'M4 12l16-8-5 16-3-7z',
  plus: 'M12 5v14M5 12h14',
  compass: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.500 8.500l-2 5-5 2 2-5z',
  clip: 'M20 11l-8.500 8.500a5 5 0 0 1-7-7L13 4a3.300 3.300 0 0 1 4.700 4.700L9.500 17a1.700 1.700 0 0 1-2.400-2.400L14.500 7',
  camera: 'M4 8h3l1.500-2.500h7L17 8h3v11H4zM12 16.500a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600z',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  close: 'M6 6l12 12M18 6L6 18',
  gear: 'M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M5.300 18.700l2.100-2.100M16.600 7.400l2.100-2.100',
  down: 'M12 5v14M6 13l6 6 6-6',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  check: 'M5 13l4 4L19 7',
};
export type IconName = keyof typeof kPaths;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={kPaths[name]} />
    </svg>
  );
}

export function IconButton(props: { icon: IconName; label: string; onClick: (event: MouseEvent) => void; class?: string; pressed?: boolean; tabIndex?: number; children?: ComponentChildren; disabled?: boolean; id?: string }): JSX.Element {
  return (
    <button type="button" id={props.id} class={`icon-button ${props.class ?? ''}`} aria-label={props.label} title={props.label}
      aria-pressed={props.pressed} tabIndex={props.tabIndex} onClick={props.onClick} disabled={props.disabled}>
      <Icon name={props.icon} />
      {props.children}
    </button>
  );
}

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = (word: string | undefined): string => (word ? [...word][0]!.toUpperCase() : '');
  return words.length ? first(words[0]) + (words.length > 1 ? first(words[words.length - 1]) : '') : '?';
}

// FNV-1a over UTF-8, as on the desktop: a colleague has the same colour on every device.
export function colourOf(name: string): number {
  let hash = 2166136261;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return ((hash ^ (hash >>> 15)) >>> 0) % 10;
}

export function Avatar({ name, presence, small }: { name: string; presence?: Presence; small?: boolean }): JSX.Element {
  return (
    <span class={`avatar colour-${colourOf(name)} ${small ? 'small' : ''} ${presence === 'offline' ? 'quiet' : ''}`} aria-hidden="true">
      {initialsOf(name)}
      {presence && presence !== 'offline' && <span class={`dot ${presence}`} />}
    </span>
  );
}

// A text of somebody's: its direction is its own, and it turns nothing around it.
export function Isolated({ children, class: name }: { children: ComponentChildren; class?: string }): JSX.Element {
  return <bdi class={name}>{children}</bdi>;
}

export function Field(props: {
  label: string; name: string; type?: string; value?: string; hint?: string; error?: string; autocomplete?: string;
  autoFocus?: boolean; inputMode?: 'numeric' | 'text'; maxLength?: number; onInput?: (value: string) => void; placeholder?: string;
}): JSX.Element {
  const id = useId();
  const about = [props.hint && `${id}h`, props.error && `${id}e`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input id={id} name={props.name} type={props.type ?? 'text'} defaultValue={props.value ?? ''} autocomplete={(props.autocomplete ?? 'off') as 'off'}
        inputMode={props.inputMode} maxLength={props.maxLength} aria-describedby={about || undefined} aria-invalid={props.error ? true : undefined}
        placeholder={props.placeholder} data-autofocus={props.autoFocus || undefined} dir="auto" spellcheck={false} autocapitalize="none"
        onInput={props.onInput && ((event) => props.onInput!(event.currentTarget.value))} />
      {props.hint && <p class="hint" id={`${id}h`}>{props.hint}</p>}
      {props.error && <p class="error" id={`${id}e`}>{props.error}</p>}
    </div>
  );
}

// A form's fields by name.
export function valuesOf(event: Event): Record<string, string> {
  event.preventDefault();
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(event.currentTarget as HTMLFormElement)) values[name] = String(value);
  return values;
}
