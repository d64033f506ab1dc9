/** What the whole duty page keeps read: whom to ring, and which phones can be woken. */
import { onBeforeUnmount } from "vue";
import type { CallList, ReadinessList } from "@/api/types";
import { readCallList, readPhones } from "@/desk/delivery/acts";
import { useReading, type Reading } from "@/desk/reading";
import { may } from "@/desk/session";

/** Whoever was rung is to be rung again, and a phone that was in contact falls silent, without any event. */
const againEvery = 120_000;

export interface Reach { calls: Reading<CallList>; phones: Reading<ReadinessList>; start: () => void }

export function useReach(isOnline: () => boolean): Reach {
  const calls = useReading<CallList>("call-list", readCallList, ["delivery.changed"]);
  const phones = useReading<ReadinessList>("phones", readPhones, ["device.changed"]);
  const mine = [...(may("duty.keep") ? [calls] : []), ...(may("duty.read") ? [phones] : [])];
  let timer: ReturnType<typeof setInterval> | undefined;
  onBeforeUnmount(() => clearInterval(timer));
  return {
    calls,
    phones,
    start: () => {
      mine.forEach((one) => void one.start());
      timer = setInterval(() => isOnline() && mine.forEach((one) => void one.read()), againEvery);
    },
  };
}
