/** What the desk shares with its parts: who sits here, its outbox, who carries the duty now, and whether the server is reached. */
import { inject, type InjectionKey, type Ref } from "vue";
import type { CallList, DutyNow, Me, ReadinessList } from "@/api/types";
import type { Reading } from "@/desk/reading";
import type { DeskOutbox } from "./desk_outbox";

export interface DutyShared { me: Me; outbox: DeskOutbox; now: Reading<DutyNow>; /** Whom to ring. */ calls: Reading<CallList>; /** Which phones can be woken. */ phones: Reading<ReadinessList>; offline: Readonly<Ref<boolean>>; /** Go to the desk and show a lead or directive, `lead:<id>`. */ show: (key: string) => void }

export const dutyKey: InjectionKey<DutyShared> = Symbol("duty");

export function useDuty(): DutyShared {
  const shared = inject(dutyKey);
  if (!shared) throw new Error("a part of the duty page stands outside of it");
  return shared;
}
