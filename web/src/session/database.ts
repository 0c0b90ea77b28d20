// A thin layer over IndexedDB: promises instead of events, and nothing else.

export function asPromise<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser refused.'));
  });
}

export function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('The browser refused.'));
  });
}

export const kStores = ['kv', 'rooms', 'coverage', 'drafts', 'messages', 'people', 'outbox', 'uploads', 'blobs', 'witness'] as const;
export type StoreName = (typeof kStores)[number];
const kVersion = 3; // 2: uploads and blobs, 3: witness
const kAnswerWithin = 10_000; // a browser whose storage is out of order may never say anything

export function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, kVersion);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Error("The browser doesn't answer."));
    }, kAnswerWithin);
    request.onupgradeneeded = () => {
      for (const store of kStores.filter((name) => !request.result.objectStoreNames.contains(name)))
        request.result.createObjectStore(store, store === 'messages' ? { keyPath: ['room', 'message.seq'] } : undefined);
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      // Who asked goes on without it by now.
      if (isLate) return request.result.close();
      // A newer page may need it.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('The browser refused.'));
    request.onblocked = () => reject(new Error('Another tab holds it.'));
  });
}
