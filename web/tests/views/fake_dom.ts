// As much of a document as drawing needs: elements with attributes, texts and children. Nothing is laid out, nothing scrolls.

export class FakeNode {
  childNodes: FakeNode[] = [];
  parentNode: FakeNode | null = null;
  nodeType = 1;
  get firstChild(): FakeNode | null {
    return this.childNodes[0] ?? null;
  }
  get firstElementChild(): FakeNode | null {
    return this.childNodes.find((node) => node.nodeType === 1) ?? null;
  }
  get nextSibling(): FakeNode | null {
    const all = this.parentNode?.childNodes ?? [];
    return all[all.indexOf(this) + 1] ?? null;
  }
  get isConnected(): boolean {
    return true;
  }
  insertBefore(node: FakeNode, before: FakeNode | null): FakeNode {
    node.remove();
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length;
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
    return node;
  }
  appendChild(node: FakeNode): FakeNode {
    return this.insertBefore(node, null);
  }
  removeChild(node: FakeNode): FakeNode {
    node.remove();
    return node;
  }
  remove(): void {
    const all = this.parentNode?.childNodes;
    if (all) all.splice(all.indexOf(this), 1);
    this.parentNode = null;
  }
  get textContent(): string {
    return this.childNodes.map((node) => node.textContent).join('');
  }
}

class FakeText extends FakeNode {
  override nodeType = 3;
  constructor(public data: string) {
    super();
  }
  override get textContent(): string {
    return this.data;
  }
}

export class FakeElement extends FakeNode {
  attributes: Record<string, string> = {};
  listeners: Record<string, unknown> = {};
  style = { setProperty: () => {} } as Record<string, unknown>;
  dataset: Record<string, string> = {};
  value = '';
  scrollTop = 0;
  scrollHeight = 0;
  clientHeight = 0;
  selectionStart = 0;
  selectionEnd = 0;
  constructor(readonly localName: string, readonly namespaceURI: string) {
    super();
  }
  setAttribute(name: string, value: string): void {
    this.attributes[name] = String(value);
  }
  removeAttribute(name: string): void {
    delete this.attributes[name];
  }
  addEventListener(name: string, act: unknown): void {
    this.listeners[name] = act;
  }
  removeEventListener(): void {}
  getBoundingClientRect(): object {
    return { top: 0, bottom: 0, left: 0, right: 0, width: 0, height: 0 };
  }
  querySelector(): null {
    return null;
  }
  querySelectorAll(): [] {
    return [];
  }
  closest(): null {
    return null;
  }
  focus(): void {}
  select(): void {}
  close(): void {}
  showModal(): void {}
  scrollIntoView(): void {}
  get all(): FakeElement[] {
    return this.childNodes.flatMap((node) => (node instanceof FakeElement ? [node, ...node.all] : []));
  }
}

class Observer {
  observe(): void {}
  disconnect(): void {}
}

export function openDocument(): FakeElement {
  const make = (space: string, name: string): FakeElement => new FakeElement(name, space);
  const root = make('http://www.w3.org/1999/xhtml', 'div');
  const globals: Record<string, unknown> = {
    document: {
      createElementNS: make, createElement: (name: string) => make('http://www.w3.org/1999/xhtml', name), createTextNode: (text: string) => new FakeText(text),
      documentElement: make('http://www.w3.org/1999/xhtml', 'html'), activeElement: null, title: '', querySelector: () => null,
    },
    location: { host: 'chat.example:7443' }, history: { pushState: () => {}, go: () => {} }, navigator: {}, matchMedia: () => ({ matches: false }),
    addEventListener: () => {}, removeEventListener: () => {}, requestAnimationFrame: (act: () => void) => setTimeout(act, 0), cancelAnimationFrame: () => {},
    ResizeObserver: Observer, IntersectionObserver: Observer, HTMLElement: FakeElement, CSS: { escape: (text: string) => text }, innerWidth: 1280, innerHeight: 800,
  };
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  return root;
}
