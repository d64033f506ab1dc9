/** The officer's acts on this phone: saved with their effect at once, kept until the server's receipt and 72 hours longer. */
import { uuidv7 } from "uuidv7";
import type { ClockRow, CommandResult, Directive, Named, Position } from "@/api/types";
import { sign } from "./device_identity";
import { erased, isErased, mayBeLost } from "./erasure";
import { fold, refold } from "./fold";
import type { StoredCommand } from "./schema";
import type { UserStore } from "./user_store";

/** An act to save: `body` as the contract of its type says. */
export interface Draft { type: string; subject_id: string; body: Record<string, unknown>; position?: Position | null; battery_percent?: number | null }
/** The time of an act: server estimate and device clock (epoch ms), and how sure the estimate is (ms, null unknown). */
export interface Moment { estimate: number; device: number; uncertainty: number | null }

const keptAfterReceipt = 72 * 3_600_000;
const strikesToDeath = 3;

/** In whose name commands are made: a phone with its keys, or a desk (`desk-…`) without any. */
export interface Signer { device_id: string; keys: CryptoKeyPair | null }

export interface OutboxParts {
  store: UserStore;
  me: Named;
  identity: () => Promise<Signer | undefined>;
  moment: () => Moment;
  /** Told after every change, so that screens and other tabs read again. */
  changed?: () => void;
}

/** Saving needs an enrolled phone. */
export class NotEnrolledError extends Error {
  override name = "NotEnrolledError";
}

export class Outbox {
  constructor(private readonly parts: OutboxParts) {}

  /**
   * Save an act and its effect in one durable transaction; resolves when it is on disk (已存手机).
   * Throws `NotEnrolledError`, `StorageFullError` or `StorageDeadError`, and then nothing was saved.
   */
  async save(draft: Draft): Promise<StoredCommand> {
    const identity = await this.parts.identity();
    if (!identity) throw new NotEnrolledError("this phone is not enrolled");
    const moment = this.parts.moment();
    const id = uuidv7();
    for (;;) {
      const last = await this.lastSequence();
      const command = await this.compose(id, draft, identity, moment, last + 1);
      if (!(await this.put(command, last))) continue;
      this.parts.changed?.();
      return command;
    }
  }

  /** All commands kept here, by sequence. */
  all(): Promise<StoredCommand[]> {
    return this.parts.store.read(["commands"], (transaction) => transaction.objectStore("commands").index("by_sequence").getAll());
  }

  async queued(): Promise<StoredCommand[]> {
    return (await this.all()).filter((command) => command.state === "queued");
  }

  /**
   * A receipt or a refusal with the server's stored answer; deleted only 72 hours after this. Of a desk's command only ids,
   * time and kind stay once it is receipted.
   */
  settle(command: StoredCommand, result: CommandResult, epoch: string, now: number): Promise<void> {
    const settled = { ...command, result, receipt_epoch: epoch, settled_at: now, attempts: 0, faults: 0, last_failure: null };
    return this.change([result.result === "rejected" ? { ...settled, state: "attention" } : erased({ ...settled, state: "receipted" })]);
  }

  /** Not now: try again at `nextTryAt` (device time, epoch ms). */
  postpone(commands: StoredCommand[], nextTryAt: (attempts: number) => number, told: string): Promise<void> {
    return this.change(commands.map((command) => ({
      ...command, attempts: command.attempts + 1, next_try_at: nextTryAt(command.attempts + 1), last_failure: told,
    })));
  }

  /** Not now, because the server has a defect: counted, so that a person hears of it. */
  postponeFaulty(commands: StoredCommand[], nextTryAt: (command: StoredCommand) => number, told: string): Promise<void> {
    return this.change(commands.map((command) => ({ ...command, faults: (command.faults ?? 0) + 1 })).map((command) => ({
      ...command, attempts: command.attempts + 1, next_try_at: nextTryAt(command), last_failure: told,
    })));
  }

  /** The whole request was refused for this command alone. */
  refuse(command: StoredCommand, problem: CommandResult["problem"], told: string, now: number): Promise<void> {
    const result: CommandResult = {
      command_id: command.command_id, result: "rejected", subject_id: command.subject_id, revision: null, received_at: null,
      applied_at: null, problem,
    };
    return this.change([{ ...command, state: "attention", result, settled_at: now, last_failure: told }]);
  }

  /** One more refusal without a reason; the third makes the command dead, to be exported. */
  strike(command: StoredCommand, nextTryAt: number, told: string): Promise<void> {
    const strikes = command.strikes + 1;
    const state = strikes >= strikesToDeath ? "dead" : "queued";
    return this.change([{ ...command, strikes, state, next_try_at: nextTryAt, last_failure: told }]);
  }

  /** A person put an entry of 需处理 aside; a phone keeps it, a desk forgets what it said unless it was never answered. */
  async handle(commandId: string, now: number): Promise<void> {
    const command = (await this.all()).find((candidate) => candidate.command_id === commandId);
    if (!command) return;
    const handled = { ...command, handled_at: now };
    await this.change([command.state === "attention" ? erased(handled) : handled]);
  }

  /** Try a dead command again. */
  async revive(commandId: string): Promise<void> {
    const command = (await this.all()).find((candidate) => candidate.command_id === commandId);
    if (command?.state === "dead") await this.change([{ ...command, state: "queued", strikes: 0, attempts: 0, next_try_at: 0 }]);
  }

  /** Forget the waiting times, because something says the server can be reached now. */
  async hurry(lane: (command: StoredCommand) => boolean = () => true): Promise<void> {
    const waiting = (await this.queued()).filter((command) => command.next_try_at > 0 && lane(command));
    if (waiting.length > 0) await this.change(waiting.map((command) => ({ ...command, next_try_at: 0 })));
  }

  /**
   * The server tells its epoch. After a restore from a backup it is another one, and it may have lost what it had
   * receipted: all such commands wait again; of those whose words are gone from here a person is told. Answers whether it
   * was another epoch.
   */
  async epochSeen(epoch: string): Promise<boolean> {
    const lost = (await this.all()).filter((command) => command.receipt_epoch !== null && command.receipt_epoch !== epoch
      && !(isErased(command) && command.state !== "receipted"));
    if (lost.length > 0) {
      await this.change(lost.map((command) => (isErased(command) ? mayBeLost(command, epoch) : {
        ...command, state: "queued", result: null, receipt_epoch: null, settled_at: null, handled_at: null, attempts: 0, next_try_at: 0,
      })));
    }
    return this.parts.store.write(["meta"], async (transaction) => {
      const meta = transaction.objectStore("meta");
      const known = await meta.get("epoch");
      if (known !== epoch) await meta.put(epoch, "epoch");
      return known !== undefined && known !== epoch;
    });
  }

  /**
   * Delete what has a receipt older than 72 hours (and, if refused, was put aside by the officer), and the words of what a
   * desk delivered before it forgot them by itself. Never anything else.
   */
  async prune(now: number): Promise<number> {
    const all = await this.all();
    const wordy = all.filter((command) => command.state === "receipted" && erased(command) !== command && !isErased(command));
    if (wordy.length > 0) await this.change(wordy.map(erased));
    const gone = all.filter((command) => mayGo(command, now));
    if (gone.length === 0) return 0;
    await this.parts.store.write(["commands"], async (transaction) => {
      for (const command of gone) await transaction.objectStore("commands").delete(command.command_id);
    });
    return gone.length;
  }

  /** Take the server's word for one order; the officer's own acts that it does not know yet stay on top. */
  async takeDirective(server: Directive): Promise<void> {
    await this.parts.store.write(["commands", "directives"], async (transaction) => {
      const known = await transaction.objectStore("directives").get(server.id);
      if (known && known.server.revision > server.revision) return;
      const commands = await transaction.objectStore("commands").index("by_sequence").getAll();
      const kept = { ...server, steps: server.steps ?? known?.server.steps };
      await transaction.objectStore("directives").put({ id: server.id, server: kept, shown: fold(kept, commands, this.parts.me) });
    });
    this.parts.changed?.();
  }

  /** Take the server's word for one clock, in every order that shows it (a lead's clock shows in its orders). */
  async takeClock(row: ClockRow): Promise<void> {
    await this.parts.store.write(["commands", "directives"], async (transaction) => {
      const directives = transaction.objectStore("directives");
      const commands = await transaction.objectStore("commands").index("by_sequence").getAll();
      for (const kept of await directives.getAll()) {
        if (!kept.server.clocks.some((clock) => clock.id === row.id)) continue;
        const server = { ...kept.server, clocks: kept.server.clocks.map((clock) => (clock.id === row.id ? row : clock)) };
        await directives.put({ id: server.id, server, shown: fold(server, commands, this.parts.me) });
      }
    });
    this.parts.changed?.();
  }

  /** Take the server's word for all orders; those it no longer shows go, unless acts of this phone still wait. */
  async takeSnapshot(orders: Directive[]): Promise<void> {
    await this.parts.store.write(["commands", "directives"], async (transaction) => {
      const commands = await transaction.objectStore("commands").index("by_sequence").getAll();
      const directives = transaction.objectStore("directives");
      const shown = new Set(orders.map((order) => order.id));
      const waiting = new Set(commands.filter((command) => command.state !== "receipted").map((command) => command.subject_id));
      for (const id of await directives.getAllKeys()) if (!shown.has(id) && !waiting.has(id)) await directives.delete(id);
      for (const order of orders) await directives.put({ id: order.id, server: order, shown: fold(order, commands, this.parts.me) });
    });
    this.parts.changed?.();
  }

  /** The orders as they are to be shown. */
  async orders(): Promise<Directive[]> {
    const rows = await this.parts.store.read(["directives"], (transaction) => transaction.objectStore("directives").getAll());
    return rows.map((row) => row.shown);
  }

  private async lastSequence(): Promise<number> {
    const kept = await this.parts.store.read(["meta"], (transaction) => transaction.objectStore("meta").get("sequence"));
    return typeof kept === "number" ? kept : 0;
  }

  private async compose(
    id: string, draft: Draft, identity: Signer, moment: Moment, sequence: number,
  ): Promise<StoredCommand> {
    const order = await this.parts.store.read(["directives"], (transaction) => transaction.objectStore("directives").get(draft.subject_id));
    const made_at = new Date(moment.estimate).toISOString();
    const payload = JSON.stringify({
      schema: 1, command_id: id, device_id: identity.device_id, sequence, type: draft.type, subject_id: draft.subject_id,
      base_revision: order?.server.revision ?? null, body: draft.body, made_at, made_at_device: new Date(moment.device).toISOString(),
      uncertainty_ms: moment.uncertainty, position: draft.position ?? null, ...(draft.battery_percent == null ? {} : { battery_percent: draft.battery_percent }), app_version: __APP_VERSION__,
    });
    return {
      command_id: id, device_id: identity.device_id, sequence, type: draft.type, subject_id: draft.subject_id, made_at, payload,
      signature: identity.keys ? await sign(identity.keys, payload) : null, state: "queued", attempts: 0, next_try_at: 0, strikes: 0, faults: 0, result: null,
      receipt_epoch: null, settled_at: null, last_failure: null, handled_at: null,
    };
  }

  /** One transaction: the next number, the command and its effect; false when another tab took the number first. */
  private put(command: StoredCommand, last: number): Promise<boolean> {
    return this.parts.store.write(["commands", "directives", "meta"], async (transaction) => {
      const meta = transaction.objectStore("meta");
      if (((await meta.get("sequence")) ?? 0) !== last) return false;
      await meta.put(command.sequence, "sequence");
      await transaction.objectStore("commands").put(command);
      await refold(transaction, [command], this.parts.me);
      return true;
    });
  }

  private async change(commands: StoredCommand[]): Promise<void> {
    await this.parts.store.write(["commands", "directives"], async (transaction) => {
      for (const command of commands) await transaction.objectStore("commands").put(command);
      await refold(transaction, commands, this.parts.me);
    });
    this.parts.changed?.();
  }
}

function mayGo(command: StoredCommand, now: number): boolean {
  if (command.receipt_epoch === null || command.settled_at === null || now - command.settled_at < keptAfterReceipt) return false;
  return command.state === "receipted" || (command.state === "attention" && command.handled_at !== null);
}
