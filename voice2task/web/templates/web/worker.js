{% load static %}// Keeps the shell, so that it opens without a network; it never keeps or answers what the API says.
const CACHE = "shell-{{ version }}";
const PAGE = "/";
const FILES = [
{% for file in files %}  "{% static file %}",
{% endfor %}];

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll([PAGE, ...FILES].map((url) => new Request(url, { cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && ["/", "/reset-password", "/verify-email"].includes(url.pathname)) {
    event.respondWith(fetch(event.request).catch(() => caches.match(PAGE)));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(caches.match(event.request, { cacheName: CACHE }).then((kept) => kept ?? fetch(event.request)));
  }
});

self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  event.waitUntil(self.registration.showNotification(told.title ?? "Voice2Task", {
    body: told.body ?? "", tag: told.tag ?? told.id, icon: "{% static 'web/icons/icon-192.png' %}", data: told,
  }));
});

// What it is about is opened by the page: in one that is there, or in a new one.
self.addEventListener("notificationclick", (event) => {
  const { id } = event.notification.data ?? {};
  event.notification.close();
  const open = async () => {
    const [page] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (!page) return self.clients.openWindow(id ? `/#/notice/${id}` : "/");
    if (id) page.postMessage({ notice: id });
    return page.focus();
  };
  event.waitUntil(open());
});
