/** What this phone still holds, as a file the officer can hand over even when the server is gone. */
import type { StoredCommand, StoredFix } from "./schema";
import type { UserStore } from "./user_store";

export interface Exported {
  format: "lingda-unsent";
  version: 1;
  exported_at: string;
  app_version: string;
  user_id: string;
  /** Commands without the server's receipt; each carries its exact signed text and signature. */
  commands: StoredCommand[];
  fixes: StoredFix[];
}

/** All that has no receipt. */
export async function unsent(store: UserStore, userId: string, now: number): Promise<Exported> {
  const { commands, fixes } = await store.read(["commands", "fixes"], async (transaction) => ({
    commands: await transaction.objectStore("commands").index("by_sequence").getAll(),
    fixes: await transaction.objectStore("fixes").getAll(),
  }));
  return {
    format: "lingda-unsent", version: 1, exported_at: new Date(now).toISOString(), app_version: __APP_VERSION__, user_id: userId,
    commands: commands.filter((command) => command.receipt_epoch === null), fixes,
  };
}

/** One command alone, for whoever repairs the server. */
export function alone(command: StoredCommand, userId: string, now: number): Exported {
  return {
    format: "lingda-unsent", version: 1, exported_at: new Date(now).toISOString(), app_version: __APP_VERSION__, user_id: userId,
    commands: [command], fixes: [],
  };
}

/** Hand the file to the share sheet, or download it where there is none. */
export async function handOver(exported: Exported): Promise<void> {
  const name = `lingda-unsent-${exported.exported_at.replaceAll(":", "").slice(0, 15)}.json`;
  const file = new File([JSON.stringify(exported, null, 1)], name, { type: "application/json" });
  if (navigator.canShare?.({ files: [file] })) {
    await navigator.share({ files: [file], title: name }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    });
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
