// What programs without manners try on the server.
import assert from 'node:assert/strict';
import { connect } from 'node:tls';

// A request byte by byte, as no client would send it.
function raw(office, bytes) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: office.port, host: '127.0.0.1', rejectUnauthorized: false }, () => socket.write(bytes));
    let got = '';
    socket.setTimeout(30_000, () => socket.destroy());
    socket.on('data', (data) => { got += data.toString('latin1'); });
    socket.on('error', () => {});
    socket.on('close', () => resolve(got));
    setTimeout(() => reject(new Error('no end')), 60_000).unref();
  });
}
const get = (office, path, headers = []) => raw(office, [`GET ${path} HTTP/1.1`, `Host: localhost:${office.port}`, 'Connection: close', ...headers, '', ''].join('\r\n'));
const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);

export async function intruders(walk) {
  const { office, step } = walk;

  await step('no path leads out of the folder', async () => {
    const paths = ['/../wardroom.toml', '/..%2fwardroom.toml', '/%2e%2e/%2e%2e/etc/passwd', '/assets/../../wardroom.toml', '/assets/..%5c..%5cwardroom.toml', '/assets//etc/passwd', '//etc/passwd', '/./index.html/../../data/tls/server.key',
      '/%252e%252e%252fetc/passwd', '/..;/etc/passwd', '/assets/\\..\\..\\etc\\passwd', '/index.html%00.js', '/.git/config', '/%c0%ae%c0%ae/etc/passwd', '/file:///etc/passwd', '/tls/server.key', '/index.html.gz', `/${'a'.repeat(5_000)}`, '/assets/%', '/?../../etc/passwd', '/api/v1/files/..%2f..%2fwardroom.toml', '/api/v1/uploads/../../wardroom.toml'];
    for (const path of paths) {
      const answer = await get(office, path);
      assert.ok(!/root:.*:0:0|PRIVATE KEY|\[server\]|direct_policy/.test(answer), `${path} shows what it shouldn't`);
      if (path !== '/?../../etc/passwd') assert.ok([301, 308, 400, 401, 403, 404, 414, 431].includes(statusOf(answer)), `${path}: ${statusOf(answer)}`);
    }
  });

  await step('nothing that a request says of itself comes back, or stays in a cache', async () => {
    const lies = ['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: http', 'X-Original-URL: /evil', 'X-Rewrite-URL: /evil', 'Forwarded: host=evil.example', 'X-Host: evil.example'];
    const script = /\/assets\/app-[A-Z0-9]+\.js/.exec(await get(office, '/'))[0];
    const body = (answer) => answer.slice(answer.indexOf('\r\n\r\n'));
    for (const path of ['/', '/join', '/trust', script, '/sw.js', '/nothing-here', '/app.webmanifest']) {
      const [plain, lied] = [await get(office, path), await get(office, path, lies)];
      assert.equal(body(lied), body(plain), `${path} is the same`);
      assert.ok(!/evil/.test(lied), path);
      assert.ok(!/alert\(1\)|evil/.test(await get(office, `${path}?x=<script>alert(1)</script>`, ['Referer: https://evil.example/<script>'])), path);
      const otherHost = await raw(office, `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`);
      assert.ok(!/evil/.test(otherHost), `${path} by another name`);
      const kept = /^cache-control: (.*)$/im.exec(plain)?.[1] ?? '';
      if (path === script) assert.match(kept, /immutable/);
      else assert.match(kept, /no-cache|no-store/, `${path} is asked for again`);
      const split = await get(office, `${path}%0d%0aSet-Cookie:%20evil=1`);
      assert.ok(!/^set-cookie/im.test(split), path);
    }
    // Two hosts, two lengths: one of them would be another's next request.
    for (const bytes of [`GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      `POST /api/v1/account.get HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n`,
      `POST /api/v1/account.get HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 40\r\nConnection: close\r\n\r\n{}`])
      assert.ok([0, 400, 411, 501].includes(statusOf(await raw(office, bytes))), bytes.split('\r\n').slice(1, 4).join(', '));
  });

  await step('what every answer says to browsers', async () => {
    for (const path of ['/', '/join', '/trust', '/sw.js', '/ca.crt']) {
      const answer = await get(office, path);
      const header = (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(answer)?.[1] ?? '';
      const policy = header('content-security-policy');
      assert.match(policy, /default-src 'none'|default-src 'self'/, path);
      assert.match(policy, /frame-ancestors 'none'/, path);
      assert.ok(!/unsafe-inline|unsafe-eval|\*/.test(policy), `${path}: ${policy}`);
      assert.match(header('x-content-type-options'), /nosniff/, path);
      assert.match(header('referrer-policy'), /no-referrer/, path);
      assert.match(header('cross-origin-opener-policy'), /same-origin/, path);
    }
    // What isn't there is no document.
    assert.match(await get(office, '/nothing-here'), /^content-type: application\/problem\+json\r\n(.*\r\n)*x-content-type-options: nosniff/im);
  });
}
