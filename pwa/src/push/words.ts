/** The words of calls, covert orders and the self-check, which the first screen does not need: joined when first used. */
import { useI18n } from "vue-i18n";
import english from "./messages/en";
import chinese from "./messages/zh-CN";

let joined = false;

/** Call in the setup of a component, before anything is said. */
export function joinPushWords(): void {
  if (joined) return;
  const { mergeLocaleMessage } = useI18n({ useScope: "global" });
  mergeLocaleMessage("zh-CN", chinese);
  mergeLocaleMessage("en", english);
  joined = true;
}
