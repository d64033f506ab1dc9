/** What of the duty is mine: kept on this phone so that it shows at once, and read again after each change of it. */
import { api } from "@/api/client";
import type { DutyMine } from "@/api/types";
import { noteChange } from "@/desk/changes";
import { backInContact } from "@/desk/contact_kind";
import type { UserStore } from "@/offline/user_store";
import { phone } from "./state";

const mineChangesWith = ["shift.changed", "roll_call.changed", backInContact];

export class DutyLane {
  private turn = 0;

  constructor(private readonly store: UserStore) {}

  /** Show what the phone has kept. */
  async show(): Promise<void> {
    phone.duty = ((await this.kept("duty")) as DutyMine | undefined) ?? null;
  }

  /** An event came, or the server is reached again. */
  heard(kind: string): void {
    noteChange(kind);
    if (mineChangesWith.includes(kind) && phone.me?.permissions.includes("duty.read")) void this.read();
  }

  /** Read it; without an answer what is shown stays. */
  async read(): Promise<void> {
    const mine = (this.turn += 1);
    try {
      const answer = await api.get<DutyMine>("/api/duty/mine");
      if (mine !== this.turn) return;
      phone.duty = answer;
      await this.keep("duty", answer);
    } catch {
      // The next change or contact asks again.
    }
  }

  kept(name: string): Promise<unknown> {
    return this.store.read(["meta"], (transaction) => transaction.objectStore("meta").get(name));
  }

  async keep(name: string, value: unknown): Promise<void> {
    await this.store.write(["meta"], (transaction) => transaction.objectStore("meta").put(JSON.parse(JSON.stringify(value)), name));
  }
}
