/** A clock in words: how much is left, by when, and under which clause. */
import { useI18n } from "vue-i18n";
import type { ClockRow } from "@/api/types";
import { countdown, momentText, remaining } from "@/time/format";
import { clauseName, clockTone } from "./clocks";

export interface ClockWords { left: string; name: string; due: string; clause: string; regime: string }

export function useClockWords(): (clock: ClockRow, now: number) => ClockWords {
  const { t, locale } = useI18n();
  return (clock, now) => {
    const left = remaining(clock.due_at, now);
    const long = t(left.late ? "desk.clock.days_late" : "desk.clock.days", { days: left.days, hours: left.hours });
    return {
      left: clockTone(clock, now) === "doubt" ? t("desk.clock.doubt") : countdown(left) ?? long,
      name: t(`desk.clock.name.${clock.clock}`),
      due: t("desk.clock.due", { time: momentText(clock.due_at, now) }),
      clause: clauseName(clock.clause, locale.value),
      regime: clock.regime ? t(`desk.clock.regime.${clock.regime}`) : "",
    };
  };
}
