// Files and pictures, up and down.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { look } from './browser.mjs';
import { act, openRoom, post, row, sees } from './page.mjs';

// node's own came with 20.15.
function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; ++bit) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

// A picture of one colour.
function png(width, height, [red, green, blue]) {
  const chunk = (type, data) => {
    const bytes = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(bytes));
    return Buffer.concat([size, bytes, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => Buffer.from([red, green, blue]))]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

const kText = Buffer.from('bearing 3: 71 °C\n'.repeat(5_000));
const picker = (page) => page.locator('.composer input[type=file]').first();
const shownIn = (page, text) => row(page, text).locator('.picture img').evaluate((image) => image.decode().then(() => [image.naturalWidth, image.naturalHeight]));

// As a browser would, from outside: what the page gets is the same event.
function bring(page, kind, target, name, bytes) {
  return page.locator(target).first().evaluate((element, { kind, name, bytes }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
    const event = kind === 'paste' ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
      : new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true });
    element.dispatchEvent(event);
  }, { kind, name, bytes: [...bytes] });
}

export async function files(walk) {
  const { office, step, desktop, phone } = walk;

  await step('files by button: sent, shown, saved', async () => {
    for (const page of [desktop, phone]) await openRoom(page, 'general');
    await picker(desktop).setInputFiles([
      { name: 'crane.png', mimeType: 'image/png', buffer: png(320, 200, [40, 90, 160]) },
      { name: 'bearings <img src=x onerror=alert(1)>.txt', mimeType: 'text/plain', buffer: kText },
    ]);
    await desktop.locator('.upload.whole').nth(1).waitFor();
    await look(desktop, 'attached', 'desktop');
    await post(desktop, 'The crane, and what it measured');
    await row(phone, 'The crane, and').locator('.file', { hasText: 'bearings' }).waitFor();
    assert.deepEqual(await shownIn(phone, 'The crane, and'), [320, 200]);
    await look(phone, 'files', 'phone');
    await look(desktop, 'files', 'desktop');
    const [download] = await Promise.all([phone.waitForEvent('download'), row(phone, 'The crane, and').locator('.file').click()]);
    assert.ok(readFileSync(await download.path()).equals(kText), 'saved as it was sent');
    assert.equal(await desktop.locator('.upload').count(), 0, 'nothing stays in the composer');
  });

  await step('pasted, dropped, taken away again, and files alone', async () => {
    await bring(desktop, 'paste', 'textarea', 'pasted.png', png(40, 30, [200, 60, 60]));
    await bring(desktop, 'drop', '.room', 'dropped.png', png(50, 30, [60, 200, 60]));
    await bring(desktop, 'drop', '.room', 'unwanted.png', png(60, 30, [60, 60, 200]));
    await desktop.locator('.upload.whole').nth(2).waitFor();
    await desktop.getByRole('button', { name: 'Remove unwanted.png' }).click();
    await desktop.locator('.upload', { hasText: 'unwanted' }).waitFor({ state: 'detached' });
    await desktop.locator('.send').click();
    await phone.locator('.picture img[alt="dropped.png"]').waitFor();
    assert.equal(await phone.locator('.picture img[alt="unwanted.png"]').count(), 0);
  });

  await step('the viewer, and the files of a room', async () => {
    await phone.locator('.picture img[alt="pasted.png"]').click();
    await phone.locator('.large-picture').waitFor();
    await look(phone, 'picture', 'phone');
    await phone.getByRole('button', { name: 'The next picture' }).click();
    await phone.locator('.large-picture[alt="dropped.png"]').waitFor();
    await phone.goBack();
    await phone.locator('dialog').first().waitFor({ state: 'detached' });
    await desktop.getByRole('button', { name: 'More about this room' }).click();
    await desktop.locator('dialog.sheet').getByRole('button', { name: 'Files', exact: true }).click();
    await desktop.locator('.room-file').nth(3).waitFor();
    await look(desktop, 'room-files', 'desktop');
  });

  await step('attached while the server is gone: goes with its message when it is back', async () => {
    await office.kill();
    await picker(desktop).setInputFiles([{ name: 'later.txt', mimeType: 'text/plain', buffer: kText }]);
    await desktop.locator('.upload', { hasText: 'later.txt' }).waitFor();
    await post(desktop, 'with a file, later');
    await desktop.locator('.pending .upload', { hasText: 'later.txt' }).waitFor();
    await office.serve();
    await row(phone, 'with a file, later').locator('.file', { hasText: 'later.txt' }).waitFor({ timeout: 60_000 });
    await sees(desktop, 'with a file, later');
    assert.equal(await row(phone, 'with a file, later').count(), 1, 'once');
  });

  await step('a message that is deleted takes its files from sight', async () => {
    await act(desktop, 'with a file, later', 'Delete');
    await row(phone, 'with a file, later').first().waitFor({ state: 'detached' });
    await desktop.locator('.room-file', { hasText: 'later.txt' }).waitFor({ state: 'detached' });
    await desktop.getByRole('button', { name: 'Close: Files' }).click();
  });
}
