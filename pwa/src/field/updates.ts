/** A newer version of the page: looked for often, offered, and taken on the officer's word or at the next cold start. */
import { computed, ref } from "vue";
import { asking } from "./acting";
import { alarm, unsentCount } from "./state";

const waiting = ref<ServiceWorker | null>(null);
const postponed = ref(false);
const hour = 3_600_000;

/** Offered only when idle: no ringing order, no open sheet, nothing half sent. */
export const updateOffered = computed(() =>
  waiting.value !== null && !postponed.value && alarm.value === null && asking.value === null && unsentCount.value === 0);

export function postponeUpdate(): void {
  postponed.value = true;
}

/** Let the waiting version take over, then load it; iOS does not always tell, so two seconds are enough. */
export function applyUpdate(): void {
  if (!waiting.value) return;
  const reload = once(() => location.reload());
  navigator.serviceWorker.addEventListener("controllerchange", reload);
  waiting.value.postMessage("SKIP_WAITING");
  setTimeout(reload, 2_000);
}

const takenKey = "lingda-version-taken";

/**
 * At a cold start nothing is under way yet: a version that already waits is taken before anything is shown. True when
 * the page is about to load again. Tried once for each opening of the page, so that it can never go round in circles.
 */
export async function takeWaitingVersion(): Promise<boolean> {
  try {
    if (!("serviceWorker" in navigator) || sessionStorage.getItem(takenKey) !== null) return false;
    sessionStorage.setItem(takenKey, "1");
    const registration = await navigator.serviceWorker.getRegistration("/");
    if (!registration?.waiting || !navigator.serviceWorker.controller) return false;
    waiting.value = registration.waiting;
  } catch {
    return false;
  }
  applyUpdate();
  return true;
}

/** Register the service worker and keep looking for a newer one. Everything works where there is none. */
export async function watchForUpdates(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator) || !window.isSecureContext) return;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
    if (!registration) return;
  } catch {
    return;
  }
  if (registration.waiting && navigator.serviceWorker.controller) waiting.value = registration.waiting;
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state !== "installed" || !navigator.serviceWorker.controller) return;
      waiting.value = coming;
      postponed.value = false;
    });
  });
  const look = (): void => void registration.update().catch(() => undefined);
  const lookWhenVisible = (): void => {
    if (document.visibilityState === "visible") look();
  };
  setInterval(look, hour);
  window.addEventListener("pageshow", look);
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", lookWhenVisible);
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
