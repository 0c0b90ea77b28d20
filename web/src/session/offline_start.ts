// Keeps the page's own files for a start without a connection, where the browser can. The page's one policy for trusted
// types is for this address.

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}
const kWorker = '/sw.js';
let isAsked = false;

export async function keepShell(): Promise<void> {
  if (isAsked || !navigator.serviceWorker) return;
  isAsked = true;
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  try {
    const address = policies ? policies.createPolicy('wardroom', { createScriptURL: (url) => (url === kWorker ? url : '') }).createScriptURL(kWorker) : kWorker;
    await navigator.serviceWorker.register(address, { scope: '/', updateViaCache: 'none' });
  } catch {
    // Without one (a certificate that was let pass, a private window) the page works, and needs the server to start.
  }
}
