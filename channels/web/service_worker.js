"use strict";
// Shows the offline page when a page cannot be fetched. SHELL, put before this by the server, names that page and what it
// needs; nothing else is ever kept: no conversation, no form, no answer.
const CACHE = `tro-ly-${SHELL.version}`;

addEventListener("install", (event) => event.waitUntil(fetchShell()));
addEventListener("activate", (event) => event.waitUntil(dropOlder()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(SHELL.page)));
  else if (request.method === "GET" && isShell(request.url)) event.respondWith(fetch(request).catch(() => kept(request)));
});

async function fetchShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.paths.map((path) => new Request(path, { cache: "reload", credentials: "omit" })));
  await skipWaiting();
}

async function dropOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("tro-ly-") && name !== CACHE).map((name) => caches.delete(name)));
}

async function kept(what) {
  const cache = await caches.open(CACHE);
  return (await cache.match(what)) || Response.error();
}

function isShell(url) {
  const { origin, pathname, search } = new URL(url);
  return origin === location.origin && SHELL.paths.includes(pathname + search);
}
