/** What a tap on an act does, from any screen: ask for words where needed, save, and say so. */
import { showToast } from "vant/es/toast";
import "vant/lib/toast/index.css";
import { ref } from "vue";
import type { Directive } from "@/api/types";
import { StorageDeadError, StorageFullError } from "@/offline/connection";
import { NotEnrolledError } from "@/offline/outbox";
import type { OrderAct } from "./my_acts";
import { router } from "./router";
import { current } from "./start";

/** The act that waits for words in a sheet, on which order. */
export const asking = ref<{ act: "decline" | "note" | "complete"; order: Directive } | null>(null);

type Translate = (key: string) => string;

/** Begin an act: at once, or after a sheet or a form. */
export async function begin(act: OrderAct, order: Directive, t: Translate): Promise<void> {
  if (act === "feedback") return void (await router.push(`/order/${order.id}/feedback`));
  if (act === "decline" || act === "note" || act === "complete") asking.value = { act, order };
  else await save(act, order.id, {}, t);
}

/** Save an act; true when it is on the phone. Failures are said aloud. */
export async function save(act: OrderAct, orderId: string, body: Record<string, unknown>, t: Translate): Promise<boolean> {
  if (act === "accept") current().positions.ask();
  return saveCommand(`directive.${act}`, orderId, body, t);
}

/** Save any command of this officer; true when it is on the phone. */
export async function saveCommand(type: string, subjectId: string, body: Record<string, unknown>, t: Translate): Promise<boolean> {
  try {
    await current().act({ type, subject_id: subjectId, body });
    return true;
  } catch (error) {
    if (error instanceof StorageDeadError) return false;
    if (error instanceof NotEnrolledError) await router.push("/enrol");
    else showToast({ message: t(error instanceof StorageFullError ? "order.save_failed_full" : "order.save_failed"), duration: 6_000 });
    return false;
  }
}
