import type { File, Message } from '../wire/catalogue.ts';
import { kFilesPath } from '../wire/limits.ts';

// What is said and shown of files.

const kPictures = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];
const kMostPictureBytes = 20 * 1024 * 1024; // as on the desktop

// By what the server found in its bytes; the name says nothing. SVG isn't one of them: it is a document that can name others.
export function isPicture(file: Pick<File, 'type' | 'size'>): boolean {
  return kPictures.includes(file.type) && file.size > 0 && file.size <= kMostPictureBytes;
}

export function picturesOf(message: Pick<Message, 'files'> | undefined): File[] {
  return (message?.files ?? []).filter(isPicture);
}

// Of one's own host and nothing else, whatever an id may hold. "": it is none.
export function fileAddress(id: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? `${kFilesPath}/${id}` : '';
}

export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  // "1000 kB" is 1 MB.
  while (unit < units.length - 1 && (unit < 0 || value >= 999.5)) {
    value /= 1_000;
    ++unit;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

// One line for what answers it, a pin, a notification: its text, or without one its files.
export function wordsOf({ text, files }: Pick<Message, 'text' | 'files'>): string {
  if (text || !files?.length) return text;
  return files.length === 1 ? files[0]!.name : `${files.length} files: ${files.map((file) => file.name).join(', ')}`;
}
