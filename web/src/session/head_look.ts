import type { Effect } from '../model/turn.ts';
import type { Event } from '../model/update.ts';
import type { Failure } from '../wire/failure.ts';

type Call = (method: string, params: unknown, done: (result: unknown, failure?: Failure) => void) => void;

// Holds the server's head against what was seen. What it takes is loaded when it is first needed.
export async function lookAtHead({ serial, settledOnce, memory, offer }: Extract<Effect, { type: 'check_head' }>, call: Call): Promise<Event> {
  const said = { type: 'head_checked', serial, settledOnce, offer } as const;
  let witness: typeof import('../witness/check.ts');
  try {
    witness = await import('../witness/check.ts');
  } catch {
    return { ...said, error: "A part of this page couldn't be loaded." };
  }
  try {
    if (!(await witness.canCheck())) return { ...said, cannot: true };
    if (!witness.isOffer(offer)) return { ...said, error: "The server's answer can't be read." };
    const ask = (params: unknown): Promise<{ result?: unknown; failure?: Failure }> =>
      new Promise((resolve) => call('audit.consistency', params, (result, failure) => resolve({ result, ...(failure && { failure }) })));
    return { ...said, checked: await witness.checkHead(memory, offer, Date.now(), ask) };
  } catch {
    return { ...said, error: "This browser couldn't compute it." };
  }
}
