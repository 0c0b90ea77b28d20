// Whether the server shows another page than this tab runs: after a server was upgraded, an old page goes on in tabs that
// are never closed. By the script's name, which changes with its contents.

const kScript = /\/assets\/app-[A-Za-z0-9]+\.js/;

export async function isPageNewer(): Promise<boolean> {
  const mine = kScript.exec(document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? '')?.[0];
  try {
    const answer = await fetch('/', { cache: 'no-cache' });
    const served = answer.ok ? kScript.exec(await answer.text())?.[0] : undefined;
    return mine !== undefined && served !== undefined && served !== mine;
  } catch {
    return false;
  }
}
