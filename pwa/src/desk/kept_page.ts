/** Keeps a desk's page on its PC, so that it starts during an outage once it was opened before; one service worker serves all pages. */

/**
 * Register the service worker and ask it to keep this page. A waiting version is let in at once: a desk's page comes from
 * the network whenever there is one, and the files of the version before stay kept for whatever is still open.
 * Everything works where there is no service worker; then an outage at load shows the browser's own page.
 */
export async function keepPage(page: "/duty" | "/command"): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator) || !window.isSecureContext) return;
  const workers = navigator.serviceWorker;
  const ask = (): void => workers.controller?.postMessage({ keep: page });
  try {
    workers.addEventListener("controllerchange", ask);
    const registration = await workers.register("/service-worker.js", { updateViaCache: "none" });
    if (workers.controller) registration.waiting?.postMessage("SKIP_WAITING");
    registration.addEventListener("updatefound", () => {
      const coming = registration.installing;
      coming?.addEventListener("statechange", () => {
        if (coming.state === "installed" && workers.controller) coming.postMessage("SKIP_WAITING");
      });
    });
    ask();
  } catch {
    // A browser that forbids it (a private window, a full disk) works as before.
  }
}
