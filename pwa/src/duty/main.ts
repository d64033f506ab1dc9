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
import DutyApp from "./DutyApp.vue";
import english from "./messages/en";
import chinese from "./messages/zh-CN";
import outsideEnglish from "./outside/messages/en";
import outsideChinese from "./outside/messages/zh-CN";

startClock();
const areas = [
  { "zh-CN": deskChinese, en: deskEnglish }, { "zh-CN": mapChinese, en: mapEnglish }, { "zh-CN": chinese, en: english },
  { "zh-CN": outsideChinese, en: outsideEnglish },
];
createApp(DutyApp).use(createTranslations(...areas)).mount("#app");
void keepPage("/duty");
