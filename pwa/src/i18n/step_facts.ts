/** What a step says beside its words: who wrote it down for whom, with what result, to whom it was reported, whose team took it. */
import { useI18n } from "vue-i18n";
import type { Directive, Step } from "@/api/types";

export type StepFacts = (step: Step, children?: Directive[]) => string[];

/** A function that tells a step's facts in the language of the screen; `children` gives the teams of lower orders their names. */
export function useStepFacts(): StepFacts {
  const { t } = useI18n();
  const channelOf = (step: Step): string => (step.channel ? t(`directive.step.channel.${step.channel}`) : "");
  return (step, children = []) => {
    const child = children.find((order) => order.id === step.child_id);
    const name = child?.target_team?.name ?? child?.target_person?.name ?? child?.target_court.name;
    return [
      step.on_behalf && (step.told_by && step.channel ? t("directive.step.told", { channel: channelOf(step), name: step.told_by }) : t("directive.step.on_behalf")),
      !step.on_behalf && step.told_by && step.channel && t("directive.step.came", { channel: channelOf(step), name: step.told_by }),
      step.proof && step.channel && t("directive.step.sent", { channel: channelOf(step), proof: step.proof }),
      step.finished_as && t(`directive.result.${step.finished_as}`),
      step.reported_to && t("directive.step.reported", { name: step.reported_to, channel: channelOf(step) }),
      step.child_id && (name ? t("directive.step.by_child", { name }) : t("directive.step.by_some_child")),
    ].filter((fact): fact is string => Boolean(fact));
  };
}
