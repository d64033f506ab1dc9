/** A delivery in words: on which rung it is and which comes when, how far it came, what became of a sending. */
import { useI18n } from "vue-i18n";
import type { Delivery, DeliveryAttempt } from "@/api/types";
import { countdown, remaining } from "@/time/format";
import { attemptState, reasonOf, rungNow, unreachableWhy } from "./stages";

export interface DeliveryWords {
  /** "现在：短信 · 下一步：电话 00:42", by `now` (epoch ms). */
  rungs: (delivery: Delivery, now: number) => string;
  /** Why no phone can be woken, or nothing. */
  unreachable: (delivery: Delivery) => string;
  trouble: (code: string) => string;
  channel: (name: string) => string;
  sending: (attempt: DeliveryAttempt) => string;
  /** "00:42", or that it is due at once. */
  left: (instant: string, now: number) => string;
}

export function useDeliveryWords(): DeliveryWords {
  const { t, te } = useI18n();
  const left = (instant: string, now: number): string => {
    const time = remaining(instant, now);
    return time.late ? t("delivery.at_once") : countdown(time) ?? t("desk.clock.over_a_day");
  };
  const trouble = (code: string): string => (te(`delivery.trouble.${code}`) ? t(`delivery.trouble.${code}`) : t("delivery.trouble.push_failed"));
  return {
    left,
    trouble,
    channel: (name) => (te(`delivery.channel.${name}`) ? t(`delivery.channel.${name}`) : name),
    rungs: (delivery, now) => [
      t("delivery.now", { rung: t(`delivery.rung.${rungNow(delivery)}`) }),
      delivery.next_rung && delivery.next_at ? t("delivery.next", { rung: t(`delivery.rung.${delivery.next_rung}`), left: left(delivery.next_at, now) }) : "",
    ].filter(Boolean).join(" · "),
    unreachable: (delivery) => {
      const why = unreachableWhy(delivery);
      return why === null ? "" : trouble(why);
    },
    sending: (attempt) => {
      const reason = reasonOf(attempt.code);
      return t(`delivery.sending.${attemptState(attempt)}`, { tries: attempt.tries, reason: reason ? t(`delivery.reason.${reason}`) : "" });
    },
  };
}
