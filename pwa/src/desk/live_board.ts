/** The board of this page, kept true: last known picture at once, then snapshot, events and fixes, and an honest word about contact. */
import { computed, readonly, ref, shallowRef } from "vue";
import { api } from "@/api/client";
import type { BoardSnapshot, Directive, Emergency, LastKnown, Lead, LingdaEvent, Notice } from "@/api/types";
import { connect, type LiveConnection } from "@/realtime/connect";
import type { Contact, FeedPosition } from "@/realtime/feed";
import { clock, currentTime } from "@/time";
import { applyEvent, applyFixes, boardOf, completed, withDirective, withEmergencyOn, withLead, withNoticeOn, type Board } from "./board";
import { readLastKnown, type CourtRow } from "./acts";
import { keep, kept } from "./kept";
import { desk, openDesk, sessionEnded } from "./session";

interface KeptBoard { at: number; board: Board }

/** Positions are volatile: without the socket they are read again this often. */
const positionsEvery = 20_000;
const keepEvery = 5_000;

export class LiveBoard {
  private readonly content = shallowRef<Board | null>(null);
  private readonly state = ref<Contact>("connecting");
  private readonly picturedAt = ref<number | null>(null);
  private connection: LiveConnection | null = null;
  private timers: ReturnType<typeof setInterval>[] = [];
  private fixesAt = 0;
  private dirty = false;

  readonly board = readonly(this.content) as Readonly<typeof this.content>;
  readonly contact = readonly(this.state);
  /** Server time (epoch ms) of the last moment this picture was known to be true; null when it never was. */
  readonly trueAt = readonly(this.picturedAt);
  readonly isStale = computed(() => this.state.value !== "online");

  /** `heard` is told each event, `epochRead` the server's epoch with each snapshot. */
  constructor(
    private readonly userId: string, private readonly heard: (event: LingdaEvent) => void = () => undefined,
    private readonly epochRead: (epoch: string) => void = () => undefined,
  ) {}

  async start(): Promise<void> {
    const old = await kept<KeptBoard>(this.userId, "board").catch(() => undefined);
    if (old && !this.content.value) {
      this.content.value = completed(old.board);
      this.picturedAt.value = old.at;
    }
    this.connection = connect({
      snapshot: (signal) => this.snapshot(signal),
      apply: (event) => this.apply(event),
      contact: (state) => this.contactChanged(state),
      signedOut: sessionEnded,
    }, null, (fixes) => this.takeFixes(fixes));
    this.timers = [
      setInterval(() => void this.keepBoard(), keepEvery),
      setInterval(() => void this.readPositions(), positionsEvery),
      setInterval(() => this.state.value === "online" && (this.picturedAt.value = clock.now()), 1_000),
    ];
  }

  /** Signed in again, or asked to: begin where the feed stopped. */
  resume(): void {
    this.connection?.feed.start();
    this.connection?.feed.hurry();
  }

  stop(): void {
    this.timers.forEach((timer) => clearInterval(timer));
    this.connection?.stop();
  }

  /** Take an answer of the server at once, without waiting for its event. */
  takeDirective(directive: Directive): void {
    this.change((board) => withDirective(board, directive));
  }

  takeLead(lead: Lead): void {
    this.change((board) => withLead(board, lead));
  }

  takeNotice(notice: Notice): void {
    this.change((board) => withNoticeOn(board, notice));
  }

  takeEmergency(row: Emergency): void {
    this.change((board) => withEmergencyOn(board, row));
  }

  private change(work: (board: Board) => Board): void {
    if (!this.content.value) return;
    const next = work(this.content.value);
    this.dirty ||= next !== this.content.value;
    this.content.value = next;
  }

  private async snapshot(signal: AbortSignal): Promise<FeedPosition> {
    const snapshot = await api.get<BoardSnapshot & { courts: CourtRow[] }>("/api/board", { signal, timeout: 20_000 });
    this.content.value = boardOf(snapshot);
    this.dirty = true;
    this.epochRead(snapshot.epoch);
    return { epoch: snapshot.epoch, cursor: snapshot.cursor };
  }

  private apply(event: LingdaEvent): void {
    if (event.kind === "session.revoked" && event.subject_id === desk.userId.value) void openDesk();
    this.change((board) => applyEvent(board, event));
    this.heard(event);
  }

  private contactChanged(state: Contact): void {
    this.state.value = state;
    if (state !== "online") return;
    this.picturedAt.value = clock.now();
    if (desk.unconfirmed.value) void openDesk();
  }

  private takeFixes(fixes: LastKnown[]): void {
    this.fixesAt = Date.now();
    this.change((board) => applyFixes(board, fixes));
  }

  /** When no bundle of fixes has come for a while, ask for the last known ones: the socket may be shut out on this network. */
  private async readPositions(): Promise<void> {
    if (this.state.value !== "online" || document.visibilityState !== "visible" || Date.now() - this.fixesAt < positionsEvery) return;
    const positions = await readLastKnown().catch(() => null);
    if (positions) this.change((board) => applyFixes(board, positions));
  }

  private async keepBoard(): Promise<void> {
    if (!this.dirty || !this.content.value) return;
    this.dirty = false;
    await keep(this.userId, "board", { at: this.picturedAt.value ?? currentTime.value, board: this.content.value } satisfies KeptBoard)
      .catch(() => undefined);
  }
}
