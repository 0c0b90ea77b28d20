import type { UploadRow } from '../model/state.ts';
import { asPromise, ended } from './database.ts';

// Uploads in the database: the row, and beside it the bytes, which are only read when they are sent. Not in the cache's
// order of operations: a film that is being copied must not hold up what is written meanwhile.

export async function putUpload(database: IDBDatabase, row: UploadRow, blob: Blob): Promise<void> {
  const transaction = database.transaction(['uploads', 'blobs'], 'readwrite', { durability: 'strict' });
  const done = ended(transaction);
  transaction.objectStore('uploads').put(row, row.id);
  transaction.objectStore('blobs').put(blob, row.id);
  return done;
}

// What was dropped meanwhile stays so.
export async function changeUpload(database: IDBDatabase, row: UploadRow): Promise<void> {
  const transaction = database.transaction('uploads', 'readwrite');
  const done = ended(transaction);
  const store = transaction.objectStore('uploads');
  if (await asPromise(store.getKey(row.id))) store.put(row, row.id);
  return done;
}

export async function removeUpload(database: IDBDatabase, id: string): Promise<void> {
  const transaction = database.transaction(['uploads', 'blobs'], 'readwrite');
  const done = ended(transaction);
  transaction.objectStore('uploads').delete(id);
  transaction.objectStore('blobs').delete(id);
  return done;
}

export function getBlob(database: IDBDatabase, id: string): Promise<Blob | undefined> {
  return asPromise(database.transaction('blobs').objectStore('blobs').get(id) as IDBRequest<Blob | undefined>);
}

// In the order in which they were attached.
export async function allUploads(transaction: IDBTransaction): Promise<UploadRow[]> {
  const rows = await asPromise(transaction.objectStore('uploads').getAll() as IDBRequest<UploadRow[]>);
  return rows.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
