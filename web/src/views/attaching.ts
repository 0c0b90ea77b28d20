import type { Chosen } from '../model/uploads.ts';

// What a person drops, pastes or chooses, as the model takes it.

export function chosenFrom(files: Iterable<File>): Chosen[] {
  return Array.from(files, (file) => ({ name: file.name, size: file.size, type: file.type, blob: file }));
}

export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer !== null && Array.from(transfer.types).includes('Files');
}

// Without folders, which browsers hand over as files that can't be read.
export function droppedFiles(transfer: DataTransfer): Chosen[] {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file' && !item.webkitGetAsEntry?.()?.isDirectory);
  return chosenFrom(items.map((item) => item.getAsFile()).filter((file) => file !== null));
}

// A picture that another program holds, or files that were copied. Programs that copy tables and texts bring a picture of
// them along: who has a text to paste wants the text.
export function pastedFiles(transfer: DataTransfer): Chosen[] {
  if (Array.from(transfer.types).includes('text/plain')) return [];
  return chosenFrom(transfer.files);
}

export function asTextFile(text: string): Chosen {
  const blob = new Blob([text], { type: 'text/plain' });
  return { name: 'pasted text.txt', size: blob.size, type: blob.type, blob };
}
