/** The desk's own outbox: the phone's machinery with an unsigned sender, so that an outage loses no registration (principle 1). */
import { uuidv7 } from "uuidv7";
import { computed, ref, shallowRef } from "vue";
import { api } from "@/api/client";
import type { Me } from "@/api/types";
import { fetchMe } from "@/api/session";
import { alone, handOver } from "@/offline/export";
import { exclusiveSender } from "@/offline/one_sender";
import { Outbox, type Draft, type Signer } from "@/offline/outbox";
import type { StoredCommand } from "@/offline/schema";
import { Sender, type SenderState } from "@/offline/sender";
import { userStore, type UserStore } from "@/offline/user_store";
import { clock } from "@/time";

export class DeskOutbox {
  private readonly store: UserStore;
  private readonly outbox: Outbox;
  private readonly sender: Sender;
  private readonly list = shallowRef<StoredCommand[]>([]);
  readonly state = ref<SenderState>("idle");
  /** The store of this browser is gone: nothing can be kept here, and the page must say so. */
  readonly dead = ref(false);
  readonly commands = computed(() => this.list.value);
  readonly waiting = computed(() => this.list.value.filter((command) => command.state === "queued" || command.state === "dead"));
  readonly refused = computed(() => this.list.value.filter((command) => command.state === "attention" && command.handled_at === null));

  constructor(private readonly me: Me, parts: { sessionEnded: () => void; receipted: () => void }) {
    const name = `desk-${me.user.id}`;
    this.store = userStore(name, { died: () => (this.dead.value = true), replaced: () => location.reload() });
    this.outbox = new Outbox({
      store: this.store, me: { id: me.user.id, name: me.user.name }, identity: () => this.signer(), changed: () => void this.read(),
      moment: () => ({ estimate: clock.now(), device: Date.now(), uncertainty: clock.correction().uncertainty }),
    });
    this.sender = new Sender({
      outbox: this.outbox,
      post: (commands) => api.post<unknown>("/api/commands", { commands }, { timeout: 20_000 }),
      signInSilently: async () => {
        parts.sessionEnded();
        return false;
      },
      isCurrentUser: () => this.isStillMe(),
      exclusive: exclusiveSender(`lingda-sender-${name}`, {
        store: this.store, holder: uuidv7(), now: () => Date.now(),
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      }),
      now: () => Date.now(), random: Math.random,
      told: (state) => {
        if (this.state.value === "sending" && state === "idle") parts.receipted();
        this.state.value = state;
      },
      failed: () => (this.dead.value = true),
    });
  }

  async start(): Promise<void> {
    await this.read();
    await this.outbox.prune(Date.now());
    await this.sender.kick();
  }

  /** Save and send; resolves when it is on disk (已存本机). Throws when nothing could be saved. */
  async save(draft: Draft): Promise<StoredCommand> {
    const command = await this.outbox.save(draft);
    void this.sender.kick();
    return command;
  }

  /** The server was just reached, or the user signed in again. */
  hurry(): void {
    void this.sender.kickFresh();
  }

  /** The server told its epoch: after a restore from a backup, what it had receipted is offered again. */
  async epochSeen(epoch: string): Promise<void> {
    if (await this.outbox.epochSeen(epoch)) await this.sender.kick();
  }

  /** Hand one registration over as a file: for whoever repairs the server. */
  async hand(command: StoredCommand): Promise<void> {
    await handOver(alone(command, this.me.user.id, Date.now()));
  }

  /** A refusal was read and put aside. */
  async putAside(command: StoredCommand): Promise<void> {
    await this.outbox.handle(command.command_id, Date.now());
  }

  async revive(command: StoredCommand): Promise<void> {
    await this.outbox.revive(command.command_id);
    void this.sender.kick();
  }

  private async read(): Promise<void> {
    this.list.value = await this.outbox.all();
  }

  /** Another tab may have signed in as somebody else: nothing of mine goes out under another name. */
  private async isStillMe(): Promise<boolean> {
    const user = await fetchMe().catch(() => undefined);
    return user === undefined || user === null || user.user.id === this.me.user.id;
  }

  private async signer(): Promise<Signer> {
    const kept = await this.store.read(["meta"], (transaction) => transaction.objectStore("meta").get("desk_device"));
    if (typeof kept === "string") return { device_id: kept, keys: null };
    const made = `desk-${uuidv7()}`;
    await this.store.write(["meta"], async (transaction) => {
      const meta = transaction.objectStore("meta");
      if (!(await meta.get("desk_device"))) await meta.put(made, "desk_device");
    });
    return this.signer();
  }
}
