/** The report while it is being written, and the body of the command it becomes. */
import type { CompletionResult, Directive } from "@/api/types";

export interface FeedbackDraft {
  result: CompletionResult | null; text: string; persons: string; property: string; documents_served: string;
  money_controlled: string; next_step: string;
}
const empty: FeedbackDraft = { result: null, text: "", persons: "", property: "", documents_served: "", money_controlled: "", next_step: "" };

/** A kept draft, or for a returned report the text that was returned, or an empty one. */
export function draftOf(kept: FeedbackDraft | undefined, order: Directive | undefined): FeedbackDraft {
  if (kept) return { ...empty, ...kept };
  const last = order?.feedback;
  if (!last) return { ...empty };
  const { result, text, persons, property, documents_served, money_controlled, next_step } = last;
  return {
    result, text, persons: persons ?? "", property: property ?? "", documents_served: documents_served ?? "",
    money_controlled: money_controlled ?? "", next_step: next_step ?? "",
  };
}

/** Only what was filled in. */
export function bodyOf(draft: FeedbackDraft): Record<string, unknown> {
  return Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, value?.trim()]).filter(([, value]) => value));
}
