/** Why a limit is what it is, one sentence a fact, from the codes and values of the server (BSS-7(2), BSS-8; A14). */
import { useI18n } from "vue-i18n";
import { inLanguage } from "@/i18n";
import { dayOf } from "@/time/format";
import { timeOfDay } from "@/desk/times";
import type { Why } from "./past";

/** `source` is the title of an act or notice, which is Chinese in every language. */
export interface Sentence { text: string; source?: string }
export interface DayWords { day: string; kind: string; number: string; works: boolean; source?: string }
export interface Told { startedAt: string; kind: string; countsTheSame: boolean }

type Day = Why["start_day"];

export function useWhyWords() {
  const { t, te, locale } = useI18n();
  const weekday = (day: string): string => new Intl.DateTimeFormat(locale.value, { weekday: "short", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
  const moment = (at: string): string => `${dayOf(at)} ${timeOfDay(at)}`;
  const event = (code: string | null): string => (code && te(`clocks.event.${code.replace(".", "_")}`) ? t(`clocks.event.${code.replace(".", "_")}`) : t("clocks.event.some"));
  const limit = (why: Why): string => (why.limit_minutes === null ? t("clocks.limit.days", { count: why.working_days ?? 0 }) : t("clocks.limit.minutes", { count: why.limit_minutes }));
  const kindOf = (day: Day): string => [t(`clocks.day.${day.kind}`), day.name ? inLanguage(day.name, locale.value) : ""].filter(Boolean).join(" · ");

  function rulebook(why: Why): Sentence {
    const title = inLanguage(why.rulebook_title, locale.value);
    if (!why.adopted_from || !why.adopted_by) return { text: t("clocks.why.rulebook", { title }) };
    return { text: t("clocks.why.adopted", { title, day: why.adopted_from }), source: why.adopted_by };
  }

  function start(why: Why, startedAt: string): Sentence {
    const { start_day: day } = why;
    const text = t("clocks.why.start", { event: event(why.start_event), time: moment(startedAt), weekday: weekday(day.day), kind: kindOf(day) });
    return { text, source: day.published ? day.source ?? undefined : undefined };
  }

  function length(why: Why): string {
    if (why.counted.length > 0) return t("clocks.why.count", { limit: limit(why) });
    if (!why.regime_decides) return t("clocks.why.any_hour", { limit: limit(why) });
    const regime = t(`clocks.regime.${why.regime}`);
    if (why.article_7_at_night && why.regime !== "working") return t("clocks.why.night", { regime, limit: limit(why) });
    if (why.regime === "holiday") return t("clocks.why.off_day", { regime, limit: limit(why) });
    return t("clocks.why.hours", { hours: why.sessions.join(t("desk.list_separator")), day: why.sessions_from, regime, limit: limit(why) });
  }

  function sentences(why: Why, told: Told): Sentence[] {
    const found = [rulebook(why), start(why, told.startedAt), { text: length(why) }];
    if (why.provisional_years.length > 0) found.push({ text: t("clocks.why.provisional", { years: why.provisional_years.join(t("desk.list_separator")) }) });
    if (told.kind === "target") found.push({ text: t("clocks.why.target") });
    if (!told.countsTheSame) found.push({ text: t("clocks.why.differs") });
    return found;
  }

  function days(why: Why): DayWords[] {
    return why.counted.map((one) => ({
      day: `${one.day.slice(5)} ${weekday(one.day)}`,
      kind: kindOf(one),
      number: one.number === null ? t("clocks.day.off") : one.number === 0 ? t("clocks.day.start") : t("clocks.day.number", { number: one.number }),
      works: Boolean(one.number),
      source: one.source ?? undefined,
    }));
  }

  return { sentences, days, limit, event, moment };
}
