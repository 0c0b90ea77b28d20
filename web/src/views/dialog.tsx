import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './parts.tsx';

// The browser's own modal dialog: it keeps the focus inside, and gives it back.
function useModal(close: () => void): { ref: preact.RefObject<HTMLDialogElement>; events: object } {
  const ref = useRef<HTMLDialogElement>(null);
  const back = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const dialog = ref.current!;
    back.current = document.activeElement;
    dialog.showModal();
    (dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog.querySelector<HTMLElement>('input, textarea, .sheet-items button, .dialog-body button, button'))?.focus();
    return () => {
      dialog.close();
      if (back.current instanceof HTMLElement && back.current.isConnected) back.current.focus();
    };
  }, []);
  return {
    ref,
    events: {
      onCancel: (event: Event) => {
        event.preventDefault();
        close();
      },
      // A press on what is behind it.
      onMouseDown: (event: MouseEvent) => {
        if (event.target === ref.current) close();
      },
    },
  };
}

export function Dialog({ title, close, wide, children }: { title: string; close: () => void; wide?: boolean; children: ComponentChildren }): JSX.Element {
  const { ref, events } = useModal(close);
  const id = useId();
  return (
    <dialog ref={ref} class={`dialog ${wide ? 'wide' : ''}`} aria-labelledby={id} {...events}>
      <div class="dialog-box">
        <header>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label="Close" onClick={close} />
        </header>
        <div class="dialog-body">{children}</div>
      </div>
    </dialog>
  );
}

export interface Item {
  label: string;
  danger?: boolean;
  act: () => void;
}

// A list of acts: beside where it was asked for, or on a phone at the bottom.
export function Menu({ title, items, at, close }: { title: string; items: Item[]; at: { x: number; y: number }; close: () => void }): JSX.Element {
  const { ref, events } = useModal(close);
  useEffect(() => {
    const dialog = ref.current!;
    const { width, height } = dialog.getBoundingClientRect();
    dialog.style.setProperty('--x', `${Math.max(8, Math.min(at.x - width, innerWidth - width - 8))}px`);
    dialog.style.setProperty('--y', `${Math.max(8, Math.min(at.y, innerHeight - height - 8))}px`);
  }, []);
  const step = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...ref.current!.querySelectorAll<HTMLElement>('.sheet-items button')];
    const here = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[(here + (event.key === 'ArrowDown' ? 1 : -1) + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  };
  return (
    <dialog ref={ref} class="sheet" aria-label={title} {...events} onKeyDown={step}>
      <div class="sheet-items">
        {items.map((item) => (
          <button type="button" key={item.label} class={item.danger ? 'danger' : ''} onClick={() => { close(); item.act(); }}>{item.label}</button>
        ))}
      </div>
    </dialog>
  );
}
