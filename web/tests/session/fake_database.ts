// As much of IndexedDB as the cache's small parts need: stores of keys and values, and transactions that end by themselves.

export class FakeDatabases {
  stores = new Map<string, Map<string, unknown>>();
  room = Infinity; // rows in all that there is room for
  private opened: { onclose?: () => void; isClosed: boolean }[] = [];
  refuses: 'nothing' | 'writing' | 'reading' | 'opening' = 'nothing';

  // As a browser does whose person clears the data of a site.
  throwAway(): void {
    this.stores.clear();
    for (const database of this.opened.splice(0)) {
      database.isClosed = true;
      database.onclose?.();
    }
  }
  private get isOverfull(): boolean {
    return [...this.stores.values()].reduce((sum, rows) => sum + rows.size, 0) > this.room;
  }
  private request<T>(work: () => T, failed: () => void = () => {}, settled: () => void = () => {}): IDBRequest<T> {
    const request = { result: undefined as T | undefined, error: null as unknown, onsuccess: null as (() => void) | null, onerror: null as (() => void) | null };
    setImmediate(() => {
      try {
        request.result = work();
        request.onsuccess?.();
      } catch (error) {
        failed();
        request.error = error;
        request.onerror?.();
      }
      settled();
    });
    return request as unknown as IDBRequest<T>;
  }
  private storeOf(name: string, failed: () => void, begun: () => () => void): object {
    const rows = this.stores.get(name)!;
    const put = (value: unknown, key: string): Map<string, unknown> => {
      rows.set(key, structuredClone(value));
      if (!this.isOverfull) return rows;
      rows.delete(key);
      throw new DOMException('full', 'QuotaExceededError');
    };
    const write = <T>(work: () => T): IDBRequest<T> => this.request(() => {
      if (this.refuses === 'writing') throw new DOMException('full', 'QuotaExceededError');
      return work();
    }, failed, begun());
    const read = <T>(work: () => T): IDBRequest<T> => this.request(() => {
      if (this.refuses === 'reading') throw new DOMException('broken', 'UnknownError');
      return work();
    }, () => {}, begun());
    return {
      put: (value: unknown, key: string) => write(() => put(value, key)), delete: (key: string) => write(() => rows.delete(key)), clear: () => write(() => rows.clear()),
      get: (key: string) => read(() => rows.get(key)), getAll: () => read(() => [...rows.values()]), getAllKeys: () => read(() => [...rows.keys()]),
    };
  }
  open(): IDBOpenDBRequest {
    const database = {
      isClosed: false,
      objectStoreNames: { contains: (name: string) => this.stores.has(name) }, createObjectStore: (name: string) => this.stores.set(name, new Map()), close: () => {},
      transaction: () => {
        if (database.isClosed) throw new DOMException('closed', 'InvalidStateError');
        let isFailed = false, underWay = 0;
        // Behind its last request, and those that the answer to that one makes.
        const settle = (): void => {
          --underWay;
          setImmediate(() => {
            if (underWay === 0) (isFailed || this.refuses === 'writing' ? transaction.onabort : transaction.oncomplete)?.();
          });
        };
        const begun = (): (() => void) => {
          ++underWay;
          return settle;
        };
        const transaction = { objectStore: (name: string) => this.storeOf(name, () => { isFailed = true; }, begun), error: new DOMException('full', 'QuotaExceededError'), oncomplete: null as (() => void) | null, onabort: null as (() => void) | null };
        return transaction;
      },
    };
    const request = this.request(() => {
      this.opened.push(database);
      if (this.refuses === 'opening') throw new DOMException('private', 'InvalidStateError');
      (request as unknown as { result: unknown }).result = database;
      request.onupgradeneeded?.({} as IDBVersionChangeEvent);
      return database as never;
    }) as unknown as IDBOpenDBRequest;
    return request;
  }
}
