// The token in what stands behind # of an invite link, https://HOST:PORT/join#ca=…&t=…; empty: there is none. `ca` is for the
// desktop's program, which knows the office by its key: a browser has its own way (docs/browser.md).
export function inviteToken(fragment: string): string {
  const token = new URLSearchParams(fragment).get('t') ?? '';
  return /^[A-Za-z0-9_-]{16,128}$/.test(token) ? token : '';
}
