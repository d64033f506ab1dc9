/** The parts of the duty page beside the desk itself: named after the `#` of the address, each for who holds its permission. */
import { defineAsyncComponent, onBeforeUnmount, onMounted, ref, type Component, type Ref } from "vue";
import { may } from "@/desk/session";

export interface Section {
  /** The `#` of the address and the key of its name in `duty.section`. */
  id: string;
  permission: string;
  component: Component;
}

/** In the order of the bar; a part's component takes no properties and reads what it shows itself. */
export const sections: Section[] = [
  { id: "calls", permission: "duty.keep", component: defineAsyncComponent(() => import("./reach/CallListPart.vue")) },
  { id: "terminals", permission: "duty.read", component: defineAsyncComponent(() => import("./reach/TerminalsPart.vue")) },
  { id: "handover", permission: "duty.read", component: defineAsyncComponent(() => import("./handover/HandoverPart.vue")) },
  { id: "roster", permission: "duty.read", component: defineAsyncComponent(() => import("./roster/RosterPart.vue")) },
  { id: "log", permission: "duty.read", component: defineAsyncComponent(() => import("./log/LogPart.vue")) },
  // Whoever may take a complaint: the rest of the part shows itself by permission.
  { id: "records", permission: "complaint.register", component: defineAsyncComponent(() => import("./records/RecordsPart.vue")) },
  { id: "clocks", permission: "clock.read", component: defineAsyncComponent(() => import("./clocks/ClocksPart.vue")) },
  { id: "statistics", permission: "statistics.read", component: defineAsyncComponent(() => import("./statistics/StatisticsPart.vue")) },
];

/** The parts this person may open. */
export function sectionsForMe(): Section[] {
  return sections.filter((one) => may(one.permission));
}

/** The part shown now, kept in the address so that it can be named, kept and reloaded; empty: the desk. */
export function useSection(): Ref<string> {
  const chosen = ref("");
  const read = (): void => {
    // What stands after a stroke names something within the part: `#clocks/lead/…`.
    const [id = ""] = window.location.hash.slice(1).split("/");
    chosen.value = sectionsForMe().some((one) => one.id === id) ? id : "";
  };
  onMounted(() => {
    read();
    window.addEventListener("hashchange", read);
  });
  onBeforeUnmount(() => window.removeEventListener("hashchange", read));
  return chosen;
}

/** Go to a part, or with an empty name back to the desk. */
export function openSection(id: string): void {
  window.location.hash = id;
}
