/** One officer's session on this phone: store, outbox, sender, feed and positions joined, and its reflection in `phone`. */
import { api, ProblemError } from "@/api/client";
import { fetchMe } from "@/api/session";
import type { ClockRow, Directive, LingdaEvent, Me, Notice, PhoneSnapshot, Problem } from "@/api/types";
import { authorised } from "@/offline/authorised";
import { isRevoked, signInWithDevice } from "@/offline/device_sign_in";
import type { DeviceIdentities, Identity } from "@/offline/device_identity";
import { withNotice } from "@/deadlines/notices";
import { exclusiveSender } from "@/offline/one_sender";
import { Outbox, type Draft } from "@/offline/outbox";
import { Sender } from "@/offline/sender";
import { userStore, type UserStore } from "@/offline/user_store";
import { connect, type LiveConnection } from "@/realtime/connect";
import type { Contact, FeedPosition } from "@/realtime/feed";
import { clock } from "@/time";
import { backInContact } from "@/desk/contact_kind";
import { DeliveryLane } from "./delivery_lane";
import { concerns, isUnderWay, memberOf } from "./my_acts";
import { DutyLane } from "./duty_lane";
import { PositionLane } from "./position_lane";
import { attention, orderList, phone } from "./state";

const workCheckEvery = 20_000;

export class PhoneSession {
  readonly store: UserStore;
  readonly outbox: Outbox;
  readonly positions: PositionLane;
  readonly duty: DutyLane;
  readonly delivery: DeliveryLane;
  private readonly sender: Sender;
  private readonly channel: BroadcastChannel;
  private connection: LiveConnection | null = null;
  private readonly stops: (() => void)[] = [];

  constructor(readonly me: Me, private readonly identities: DeviceIdentities, private identity: Identity | undefined) {
    const user = { id: me.user.id, name: me.user.name };
    this.channel = new BroadcastChannel(`lingda-${user.id}`);
    this.store = userStore(user.id, { died: () => (phone.storageDead = true), replaced: () => location.reload() });
    this.outbox = new Outbox({
      store: this.store, me: user, identity: async () => this.identity, changed: () => this.changed(),
      moment: () => ({ estimate: clock.now(), device: Date.now(), uncertainty: clock.correction().uncertainty }),
    });
    this.sender = new Sender({
      outbox: this.outbox, post: (commands) => authorised(user.id, () => api.post("/api/commands", { commands })),
      signInSilently: () => this.signInSilently(), isCurrentUser: async () => (await this.identities.current()) === user.id,
      exclusive: exclusiveSender(`lingda-outbox-${user.id}`, {
        store: this.store, holder: crypto.randomUUID?.() ?? String(Math.random()), now: () => Date.now(),
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      }),
      now: () => Date.now(), random: Math.random, epochChanged: () => this.connection?.feed.afresh(),
      told: (state) => {
        phone.sender = state;
        if (state === "sign_in_needed") phone.signInNeeded = true;
        // Another officer signed in on this phone in another tab: this tab shows the wrong person.
        if (state === "other_user") location.reload();
      },
      failed: () => undefined,
    });
    this.duty = new DutyLane(this.store);
    this.delivery = new DeliveryLane({
      store: this.store, userId: user.id, unsilence: (orderId) => this.unsilence(orderId),
      hurry: () => {
        this.connection?.feed.hurry();
        void this.sender.kickFresh();
      },
    });
    this.positions = new PositionLane({
      store: this.store, userId: user.id, deviceId: () => this.identity?.device_id ?? null,
      actsWait: async () => (await this.outbox.queued()).some((command) => command.next_try_at <= Date.now()),
      signInSilently: () => this.signInSilently(),
    });
  }

  /** Show what the phone has, then stay current. */
  async start(): Promise<void> {
    phone.me = this.me;
    phone.enrolled = this.identity !== undefined;
    phone.revoked = null;
    await this.store.write(["meta"], (transaction) => transaction.objectStore("meta").put(this.me, "me"));
    await this.outbox.prune(Date.now());
    phone.silenced = await this.keptIds("silenced");
    phone.noticed = await this.keptIds("noticed");
    await this.duty.show();
    await this.show();
    phone.stage = "ready";
    void import("./records").then(({ showKeptRecords }) => showKeptRecords(this.store)).catch(() => undefined);
    this.listen();
    this.connect();
    void this.sender.kick();
    void this.positions.start();
    this.delivery.start();
  }

  async stop(): Promise<void> {
    this.stops.forEach((stop) => stop());
    this.connection?.stop();
    this.sender.stop();
    this.positions.stop();
    this.delivery.stop();
    this.channel.close();
    await this.store.close();
  }

  /** Save an act; resolves when it is on disk. The sending goes on by itself. */
  async act(draft: Draft): Promise<void> {
    await this.outbox.save({ ...draft, position: this.positions.forAct() });
    void this.sender.kick();
  }

  /** Send now, without waiting out earlier failures. */
  async sendNow(): Promise<void> {
    this.connection?.feed.hurry();
    await this.sender.kickFresh();
    await this.positions.sendNow();
  }

  /** A new enrolment or a sign-in by password: go on with what waited. */
  async resumed(identity: Identity | undefined): Promise<void> {
    this.identity = identity ?? this.identity;
    phone.enrolled = this.identity !== undefined;
    phone.signInNeeded = false;
    if (identity) phone.revoked = null;
    this.connection?.feed.start();
    // Everything again: an enrolled phone also owes its receipts for what it already shows.
    this.connection?.feed.afresh();
    await this.sendNow();
  }

  async silence(orderId: string): Promise<void> {
    phone.silenced.add(orderId);
    await this.keepIds("silenced");
  }

  private async unsilence(orderId: string): Promise<void> {
    if (phone.silenced.delete(orderId)) await this.keepIds("silenced");
  }

  /** The officer has read that an order was called off; it stays among the ended ones. */
  async notice(orderId: string): Promise<void> {
    phone.noticed.add(orderId);
    await this.keepIds("noticed");
  }

  private connect(): void {
    this.connection = connect({
      snapshot: (signal) => this.snapshot(signal), apply: (event, way) => this.apply(event, way), contact: (state) => this.contact(state),
      signedOut: () => void this.signedOut(),
    });
  }

  private async snapshot(signal: AbortSignal): Promise<FeedPosition> {
    const snapshot = await api.get<PhoneSnapshot>("/api/phone", { signal });
    if (snapshot.me.user.id !== this.me.user.id) {
      // Somebody else signed in in this browser, perhaps at the duty desk: that session is not ours to take away.
      phone.signInNeeded = true;
      throw new ProblemError(401, null, null);
    }
    api.csrfToken = snapshot.me.csrf_token;
    phone.me = snapshot.me;
    await this.store.write(["meta"], (transaction) => transaction.objectStore("meta").put(snapshot.me, "me"));
    if (await this.outbox.epochSeen(snapshot.epoch)) void this.sender.kick();
    await this.outbox.takeSnapshot(snapshot.directives);
    await this.confirmReceipts(snapshot.directives);
    this.delivery.arrived(snapshot.directives.filter((order) => memberOf(order, this.me.user.id)?.answer === "pending").map((order) => order.id));
    phone.notices = snapshot.notices;
    phone.loaded = true;
    this.readRecords();
    this.duty.heard(backInContact);
    return { epoch: snapshot.epoch, cursor: snapshot.cursor };
  }

  private async apply(event: LingdaEvent, way: "socket" | "poll"): Promise<void> {
    if (event.kind === "delivery.ring") return this.delivery.rang(event, way);
    if (event.kind === "session.revoked") return this.signedOut();
    if (event.kind === "record.changed") return this.readRecords();
    if (event.kind === "clock.changed") return this.outbox.takeClock(event.data as ClockRow);
    if (event.kind === "notice.changed") phone.notices = withNotice(phone.notices, event.data as Notice);
    this.duty.heard(event.kind);
    if (!event.kind.startsWith("directive.")) return;
    const order = event.data as Directive;
    if (!concerns(order, this.me.user.id, this.me.teams.map((team) => team.id))) return;
    await this.outbox.takeDirective(order);
    await this.confirmReceipts([order]);
  }

  /** What the officer is asked to explain; not urgent, so nothing waits for it. */
  private readRecords(): void {
    void import("./records").then(({ refreshRecords }) => refreshRecords(this.store)).catch(() => undefined);
  }

  /** Tell the server that this phone has an order; once for each order. */
  private async confirmReceipts(orders: Directive[]): Promise<void> {
    if (!this.identity) return;
    const told = new Set((await this.outbox.all()).filter((command) => command.type === "directive.receive").map((command) => command.subject_id));
    const missing = orders.filter((order) => order.next_acts.length > 0 && !told.has(order.id)
      && memberOf(order, this.me.user.id)?.device_received_at === null);
    for (const order of missing) await this.outbox.save({ type: "directive.receive", subject_id: order.id, body: {} });
    if (missing.length > 0) void this.sender.kick();
  }

  private contact(state: Contact): void {
    const regained = state === "online" && phone.contact !== "online";
    phone.contact = state;
    if (state === "online") phone.contactAt = clock.now();
    if (regained) {
      void this.sender.kickFresh();
      void this.positions.sendNow();
      this.delivery.backInContact();
    }
  }

  private async signedOut(): Promise<void> {
    try {
      if (await this.signInSilently()) return this.connection?.feed.start();
    } catch {
      // Not reachable: the feed's next start will tell again.
      setTimeout(() => this.connection?.feed.start(), workCheckEvery);
      return;
    }
    phone.signInNeeded = true;
  }

  /** With the key of this phone, and only where nobody is signed in. */
  private async signInSilently(): Promise<boolean> {
    const before = await fetchMe();
    if (before && before.user.id !== this.me.user.id) return false;
    if (!before && !(await this.signInByKey())) return false;
    const me = before ?? (await fetchMe());
    if (me?.user.id === this.me.user.id) phone.signInNeeded = false;
    return me?.user.id === this.me.user.id;
  }

  private async signInByKey(): Promise<boolean> {
    if (!this.identity) return false;
    try {
      return await signInWithDevice(this.identity);
    } catch (error) {
      if (!isRevoked(error)) throw error;
      await this.revoked(this.identity, error.problem);
      return false;
    }
  }

  /** The desk revoked this phone: what still waits will never be taken, and is shown with the reason instead. */
  private async revoked({ device_id }: Identity, problem: Problem): Promise<void> {
    phone.revoked = problem;
    const held = (await this.outbox.queued()).filter((command) => command.device_id === device_id);
    for (const command of held) await this.outbox.refuse(command, problem, "HTTP 403 (403.3)", Date.now());
  }

  private listen(): void {
    const due = (): void => {
      if (document.visibilityState === "visible") void this.sender.kick();
    };
    const timer = setInterval(due, workCheckEvery);
    const fresh = (): void => void this.sender.kickFresh();
    const lost = (): void => this.connection?.feed.hurry();
    document.addEventListener("visibilitychange", due);
    window.addEventListener("pageshow", due);
    window.addEventListener("online", fresh);
    window.addEventListener("offline", lost);
    this.channel.onmessage = () => void this.show();
    this.stops.push(() => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", due);
      window.removeEventListener("pageshow", due);
      window.removeEventListener("online", fresh);
      window.removeEventListener("offline", lost);
    });
  }

  private changed(): void {
    this.channel.postMessage("changed");
    void this.show();
  }

  private async show(): Promise<void> {
    const [orders, commands] = await Promise.all([this.outbox.orders(), this.outbox.all()]).catch(() => [null, null]);
    if (!orders || !commands) return;
    phone.orders = orders;
    phone.commands = commands;
    phone.loaded ||= orders.length > 0 || phone.contactAt !== null;
    this.badge();
    this.positions.setUnderWay(orders.some((order) => isUnderWay(order, this.me.user.id)));
  }

  /** A number on the app's sign: orders without this officer's answer, and what is to be settled. */
  private badge(): void {
    const unanswered = orderList.value.open.filter((order) => memberOf(order, this.me.user.id)?.answer === "pending").length;
    void navigator.setAppBadge?.(unanswered + attention.value.length).catch(() => undefined);
  }

  private keepIds(name: "silenced" | "noticed"): Promise<unknown> {
    return this.store.write(["meta"], (transaction) => transaction.objectStore("meta").put([...phone[name]], name));
  }

  private async keptIds(name: "silenced" | "noticed"): Promise<Set<string>> {
    const kept = await this.store.read(["meta"], (transaction) => transaction.objectStore("meta").get(name));
    return new Set(Array.isArray(kept) ? (kept as string[]) : []);
  }
}
