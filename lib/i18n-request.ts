import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chosenZoneCookie, isLocale, localeCookie, negotiateLocale, readTimeZone, timeZoneCookie } from "./locale";
import en from "./messages/en.json";
import zhCn from "./messages/zh-CN.json";

const catalogues = { en, "zh-CN": zhCn };

/** next-intl's settings for one request: language by cookie, else by the browser; clock and zone shared with the client. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const chosen = jar.get(localeCookie)?.value;
  const locale = isLocale(chosen) ? chosen : negotiateLocale(head.get("accept-language"));
  return {
    locale,
    messages: catalogues[locale],
    timeZone: readTimeZone(jar.get(chosenZoneCookie)?.value || jar.get(timeZoneCookie)?.value),
    now: new Date(),
  };
});
