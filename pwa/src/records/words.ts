/** Records in words, for the phone and for the desk: facts, amounts of time, how late. */
import { useI18n } from "vue-i18n";
import type { RecordFact, RecordRow } from "@/api/types";
import { dayOf, momentText } from "@/time/format";

export interface Amount { key: "days_hours" | "hours_minutes" | "minutes" | "minutes_seconds" | "seconds"; values: Record<string, number> }

/** Seconds as people say them: the two largest units that are not nought. */
export function amountOf(seconds: number): Amount {
  const whole = Math.max(0, Math.round(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor(whole / 3_600) % 24;
  const minutes = Math.floor(whole / 60) % 60;
  if (days > 0) return { key: "days_hours", values: { days, hours } };
  if (hours > 0) return { key: "hours_minutes", values: { hours, minutes } };
  if (minutes === 0) return { key: "seconds", values: { seconds: whole % 60 } };
  return whole % 60 === 0 ? { key: "minutes", values: { minutes } } : { key: "minutes_seconds", values: { minutes, seconds: whole % 60 } };
}

/** Open ones first, in the order given. */
export function openFirst<Row extends Pick<RecordRow, "state" | "contradicted_at">>(rows: Row[]): Row[] {
  const isOpen = (row: Row): boolean => row.state === "open" || row.state === "explained" || row.contradicted_at !== null;
  return [...rows.filter(isOpen), ...rows.filter((row) => !isOpen(row))];
}

const actWords = new Set(["accept", "take_over", "decline", "depart", "arrive", "complete", "feedback", "note", "acknowledge"]);

export interface RecordWords {
  amount: (seconds: number) => string;
  moment: (instant: string) => string;
  fact: (fact: RecordFact) => string;
}

/** Sentences in the language of the screen; `now` (epoch ms) says which day needs no date. */
export function useRecordWords(now: () => number): RecordWords {
  const { t } = useI18n();
  const amount = (seconds: number): string => {
    const said = amountOf(seconds);
    return t(`records.${said.key}`, said.values);
  };
  const moment = (instant: string): string => {
    const [year] = dayOf(instant).split("-");
    return dayOf(now()).startsWith(year ?? "") ? momentText(instant, now()) : `${year}-${momentText(instant, now())}`;
  };
  return {
    amount, moment,
    fact: (fact) => {
      const code = fact.code === "not_received" && fact.at ? "received_after" : fact.code;
      return t(`records.fact.${code}`, {
        time: fact.at ? moment(fact.at) : "", until: fact.until ? moment(fact.until) : "", amount: amount(fact.seconds ?? 0),
        metres: fact.metres ?? 0, count: fact.count ?? 0, words: fact.words ?? "",
        act: t(`records.act.${fact.words && actWords.has(fact.words) ? fact.words : "other"}`),
      });
    },
  };
}
