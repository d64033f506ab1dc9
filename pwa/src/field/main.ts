/** The phone page: `/`. */
import "@/style/tokens.css";
import "@/style/vant.css";
import { createApp } from "vue";
import { createTranslations } from "@/i18n";
import { startClock } from "@/time";
import App from "./App.vue";

startClock();
createApp(App).use(createTranslations()).mount("#app");
