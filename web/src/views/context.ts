import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Action } from '../model/actions.ts';

export type Emit = (action: Action) => void;
export const EmitContext = createContext<Emit>(() => {});
export function useEmit(): Emit {
  return useContext(EmitContext);
}
