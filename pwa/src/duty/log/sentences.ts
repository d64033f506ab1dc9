/** One line of the duty log as a sentence: the words of its template with the values put in as this language says them. */
import { useI18n } from "vue-i18n";
import type { LogEntry } from "@/api/types";
import { clauseName } from "@/deadlines/clauses";
import { currentTime } from "@/time";
import { momentText } from "@/time/format";

export type LogKind = "note" | "lead" | "directive" | "clock" | "duty" | "emergency";
export const kinds: LogKind[] = ["note", "lead", "directive", "clock", "duty", "emergency"];
const kindOf: Record<string, LogKind> = { duty_note: "note", lead: "lead", directive: "directive", delivery: "directive", clock: "clock", sos: "emergency", check_in: "emergency" };

/** Which kind of line it is, by what its template is about; whatever else there is belongs to the duty itself. */
export function kindOfLine(entry: LogEntry): LogKind {
  return kindOf[entry.template.split(".")[0] ?? ""] ?? "duty";
}

/** An act of a person recorded more than a minute after it was done: from a phone or desk out of contact, or written down later. */
export function cameLate(entry: LogEntry): boolean {
  return entry.actor !== null && kindOfLine(entry) !== "clock" && Date.parse(entry.recorded_at) - Date.parse(entry.at) > 60_000;
}

export function useSentences(): (entry: LogEntry) => string {
  const { t, te, locale } = useI18n();
  const coded: Record<string, (code: string) => string> = {
    triage: (code) => t(`desk.triage.${code}`), clock: (code) => t(`desk.clock.name.${code}`), clause: (code) => clauseName(code, locale.value), post: (code) => t(`roster.post.${code}`),
    ended_as: (code) => t(`emergency.result.${code}`), side: (code) => t(`handover.sign.${code}`), category: (code) => t(`duty_log.category.${code}`), state: (code) => t(`roster.swap.state.${code}`),
    rung: (code) => t(`delivery.rung.${code}`), channel: (code) => t(`delivery.channel.${code}`), outcome: (code) => t(`delivery.outcome.${code}`), covert: (code) => t(`duty_log.covert.${code}`),
    due_at: (instant) => momentText(instant, currentTime.value), planned_start: (instant) => momentText(instant, currentTime.value), planned_end: (instant) => momentText(instant, currentTime.value),
  };
  const said = (name: string, value: unknown): string | number => {
    if (typeof value === "number") return value;
    if (typeof value === "boolean") return coded[name]?.(String(value)) ?? "";
    return typeof value === "string" ? coded[name]?.(value) ?? value : "";
  };
  return (entry) => {
    const key = `duty_log.line.${entry.template}`;
    const values = Object.fromEntries(Object.entries(entry.values).map(([name, value]) => [name, said(name, value)]));
    const people = Object.fromEntries(Object.entries(entry.people).map(([place, one]) => [place, one.name]));
    const faulty = (Array.isArray(entry.values["faulty"]) ? (entry.values["faulty"] as string[]) : []).map((part) => t(`handover.kit.${part}`)).join(t("desk.list_separator"));
    const sentence = te(key) ? t(key, { ...values, ...people, number: entry.number ?? "" }) : entry.template;
    const more = [
      faulty ? t("duty_log.faulty", { parts: faulty }) : "",
      entry.values["drill"] === true ? t("emergency.drill") : "",
      entry.values["late"] === true ? t("duty_log.late_answer") : "",
      entry.values["out_of_contact"] === true ? t("duty_log.out_of_contact") : "",
      typeof entry.values["result"] === "string" && entry.values["result"] !== "applied" ? t("duty_log.kept_only") : "",
      entry.note?.corrects_id ? t("duty_log.corrects") : "",
    ];
    return [sentence.trim(), ...more].filter(Boolean).join(" · ");
  };
}
