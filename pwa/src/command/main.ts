/** The command page: `/command`. */
import "@/style/tokens.css";
import "@/desk/desk.css";
import { createApp } from "vue";
import { createTranslations } from "@/i18n";
import deskChinese from "@/desk/messages/zh-CN";
import deskEnglish from "@/desk/messages/en";
import deliveryChinese from "@/desk/delivery/messages/zh-CN";
import deliveryEnglish from "@/desk/delivery/messages/en";
import { keepPage } from "@/desk/kept_page";
import sosChinese from "@/desk/sos/messages/zh-CN";
import sosEnglish from "@/desk/sos/messages/en";
import mapChinese from "@/map/messages/zh-CN";
import mapEnglish from "@/map/messages/en";
import { startClock } from "@/time";
import CommandApp from "./CommandApp.vue";
import english from "./messages/en";
import chinese from "./messages/zh-CN";

startClock();
const areas = [
  { "zh-CN": deskChinese, en: deskEnglish }, { "zh-CN": deliveryChinese, en: deliveryEnglish }, { "zh-CN": sosChinese, en: sosEnglish }, { "zh-CN": mapChinese, en: mapEnglish }, { "zh-CN": chinese, en: english },
];
createApp(CommandApp).use(createTranslations(...areas)).mount("#app");
void keepPage("/command");
