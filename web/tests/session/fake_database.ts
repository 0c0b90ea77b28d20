// As much of IndexedDB as the cache's small parts need: stores of keys and values, and transactions that end by themselves.

export class FakeDatabases {
  stores = new Map<string, Map<string, unknown>>();
  refuses: 'nothing' | 'writing' | 'reading' | 'opening' = 'nothing';

  private request<T>(work: () => T): IDBRequest<T> {
    const request = { result: undefined as T | undefined, error: null as unknown, onsuccess: null as (() => void) | null, onerror: null as (() => void) | null };
    setImmediate(() => {
      try {
        request.result = work();
        request.onsuccess?.();
      } catch (error) {
        request.error = error;
        request.onerror?.();
      }
    });
    return request as unknown as IDBRequest<T>;
  }
  private storeOf(name: string): object {
    const rows = this.stores.get(name)!;
    const write = <T>(work: () => T): IDBRequest<T> => this.request(() => {
      if (this.refuses === 'writing') throw new DOMException('full', 'QuotaExceededError');
      return work();
    });
    const read = <T>(work: () => T): IDBRequest<T> => this.request(() => {
      if (this.refuses === 'reading') throw new DOMException('broken', 'UnknownError');
      return work();
    });
    return {
      put: (value: unknown, key: string) => write(() => rows.set(key, structuredClone(value))), delete: (key: string) => write(() => rows.delete(key)), clear: () => write(() => rows.clear()),
      get: (key: string) => read(() => rows.get(key)), getAll: () => read(() => [...rows.values()]), getAllKeys: () => read(() => [...rows.keys()]),
    };
  }
  open(): IDBOpenDBRequest {
    const database = {
      objectStoreNames: { contains: (name: string) => this.stores.has(name) }, createObjectStore: (name: string) => this.stores.set(name, new Map()), close: () => {},
      transaction: () => {
        const transaction = { objectStore: (name: string) => this.storeOf(name), error: new DOMException('full', 'QuotaExceededError'), oncomplete: null as (() => void) | null, onabort: null as (() => void) | null };
        setTimeout(() => (this.refuses === 'writing' ? transaction.onabort?.() : transaction.oncomplete?.()), 5);
        return transaction;
      },
    };
    const request = this.request(() => {
      if (this.refuses === 'opening') throw new DOMException('private', 'InvalidStateError');
      (request as unknown as { result: unknown }).result = database;
      request.onupgradeneeded?.({} as IDBVersionChangeEvent);
      return database as never;
    }) as unknown as IDBOpenDBRequest;
    return request;
  }
}
