// The page's own files, kept for a start without a connection. Nothing of anybody's: no answer of the server's but these files.
//
// What keeps an old page alive is the hardest fault to mend. So the page itself is always asked of the server, and the
// kept one is shown only where that doesn't answer; scripts and styles have their contents in their names, so old and new
// ones are never one page; and a worker whose page isn't the one that the server shows isn't installed at all.

export interface Build {
  version: string;
  script: string; // which the page of this build names
  files: string[]; // all of it but the page itself
}
export interface World {
  caches: CacheStorage;
  fetch(request: Request | string, init?: RequestInit): Promise<Response>;
  after(ms: number): Promise<void>;
}

const kPrefix = 'wardroom-shell-';
const kPage = '/';
const kPatience = 5_000; // for the page; then the kept one, which says that it is offline if it is

export class Shell {
  private readonly name: string;
  constructor(private readonly build: Build, private readonly world: World) {
    this.name = kPrefix + build.version;
  }

  // All or nothing: throws where one file isn't to be had, or where the server shows another page by now.
  async install(): Promise<void> {
    const { caches } = this.world;
    const cache = await caches.open(this.name);
    try {
      const page = await this.world.fetch(kPage, { cache: 'no-store', credentials: 'omit' });
      if (!page.ok || page.redirected || !(await page.clone().text()).includes(this.build.script)) throw new Error('The server shows another page by now.');
      await Promise.all(this.build.files.map(async (file) => {
        const answer = await this.world.fetch(file, { credentials: 'omit' });
        if (!answer.ok || answer.redirected) throw new Error(`${file} isn't there.`);
        await cache.put(file, answer);
      }));
      await cache.put(kPage, page);
    } catch (error) {
      await caches.delete(this.name);
      throw error;
    }
  }

  // The one before stays for tabs that still run it; older ones go.
  async activate(): Promise<void> {
    const { caches } = this.world;
    const others = (await caches.keys()).filter((name) => name.startsWith(kPrefix) && name !== this.name);
    await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  }

  // Undefined: it is none of ours, and goes its way.
  answer(request: Request, here: string): Promise<Response> | undefined {
    const { origin, pathname, search } = new URL(request.url);
    if (request.method !== 'GET' || origin !== here) return undefined;
    if (request.mode === 'navigate') return pathname === kPage || pathname === '/join' ? this.page(request) : undefined;
    return this.build.files.includes(pathname) && !search ? this.file(request, pathname) : this.old(request, pathname);
  }

  private async page(request: Request): Promise<Response> {
    const kept = async (): Promise<Response | undefined> => (await this.world.caches.open(this.name)).match(kPage);
    const asked = this.world.fetch(request);
    const late = this.world.after(kPatience).then(kept);
    // Whatever the server says is what is shown, also that it has no page.
    const first = await Promise.race([asked.catch(() => undefined), late]);
    return first ?? (await kept()) ?? asked;
  }
  private async file(request: Request, path: string): Promise<Response> {
    return (await (await this.world.caches.open(this.name)).match(path)) ?? this.world.fetch(request);
  }
  // Of the build before, which a tab may still run.
  private old(request: Request, path: string): Promise<Response> | undefined {
    if (!path.startsWith('/assets/')) return undefined;
    return this.world.caches.match(path).then((kept) => kept ?? this.world.fetch(request));
  }
}
