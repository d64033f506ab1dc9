/** The duty desk: `/duty`. */
import "@/style/tokens.css";
import "@/desk/desk.css";
import { createApp } from "vue";
import { createTranslations } from "@/i18n";
import deskChinese from "@/desk/messages/zh-CN";
import deskEnglish from "@/desk/messages/en";
import { keepPage } from "@/desk/kept_page";
import mapChinese from "@/map/messages/zh-CN";
import mapEnglish from "@/map/messages/en";
import { startClock } from "@/time";
import handoverChinese from "./handover/messages/zh-CN";
import handoverEnglish from "./handover/messages/en";
import logChinese from "./log/messages/zh-CN";
import logEnglish from "./log/messages/en";
import rosterChinese from "./roster/messages/zh-CN";
import rosterEnglish from "./roster/messages/en";
import DutyApp from "./DutyApp.vue";
import english from "./messages/en";
import chinese from "./messages/zh-CN";

startClock();
const areas = [
  { "zh-CN": deskChinese, en: deskEnglish }, { "zh-CN": mapChinese, en: mapEnglish }, { "zh-CN": chinese, en: english },
  { "zh-CN": rosterChinese, en: rosterEnglish }, { "zh-CN": handoverChinese, en: handoverEnglish }, { "zh-CN": logChinese, en: logEnglish },
];
createApp(DutyApp).use(createTranslations(...areas)).mount("#app");
void keepPage("/duty");
