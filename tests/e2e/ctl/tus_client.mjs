// Sends a file by tus-js-client, breaks off at each part that is named, and goes on where the server is.
//   tus_client.mjs MODULE ENDPOINT TOKEN ROOM FILE BREAKS
// MODULE is the folder of tus-js-client. Prints the file's id. Promises: a client that knows nothing of us begins, resumes
// at the byte that was confirmed, and ends.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [module, endpoint, token, room, file, breaks] = process.argv.slice(2);
const tus = createRequire(path.join(path.resolve(module), "package.json"))(path.resolve(module));
const bytes = fs.readFileSync(file);
const stops = Number(breaks);

// Resolves with where the upload is and how much it had, broken off once `until` bytes are confirmed.
function send(uploadUrl, until) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes, {
      endpoint,
      uploadUrl,
      chunkSize: 100_000,
      headers: { Authorization: `Bearer ${token}` },
      metadata: { room, filename: path.basename(file) },
      retryDelays: null,
      storeFingerprintForResuming: false,
      onError: reject,
      onChunkComplete(_size, accepted) {
        if (until === undefined || accepted < until) return;
        upload.abort().then(() => resolve({ url: upload.url, accepted }), reject);
      },
      onSuccess: () => resolve({ url: upload.url, accepted: bytes.length, whole: true }),
    });
    upload.start();
  });
}

let url;
for (let part = 1; part <= stops; part += 1) {
  const { url: at, accepted, whole } = await send(url, Math.floor((bytes.length * part) / (stops + 1)));
  if (whole) throw new Error(`It wasn't broken off at part ${part}.`);
  console.error(`broken off after ${accepted} of ${bytes.length} bytes`);
  url = at;
}
({ url } = await send(url, undefined));
console.log(url.slice(url.lastIndexOf("/") + 1));
