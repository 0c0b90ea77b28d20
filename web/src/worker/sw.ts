import type { Build } from './shell.ts';
import { Shell } from './shell.ts';

// The service worker. `kBuild` is put in by tools/build.mjs, so that each build's worker differs and is taken up.
declare const kBuild: Build;

interface Extended extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
const worker = globalThis as unknown as EventTarget & { location: Location; skipWaiting(): Promise<void> };
const shell = new Shell(kBuild, { caches, fetch: (request, init) => fetch(request, init), after: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });

worker.addEventListener('install', (event) => (event as Extended).waitUntil(shell.install().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => (event as Extended).waitUntil(shell.activate()));
worker.addEventListener('fetch', (event) => {
  const answer = shell.answer((event as Fetching).request, worker.location.origin);
  if (answer) (event as Fetching).respondWith(answer);
});
