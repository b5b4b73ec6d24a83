import type { Locale } from "./locale";
import type en from "./messages/en.json";

/** Keys of messages are types: a text that does not exist does not compile. */
declare module "next-intl" {
  interface AppConfig {
    Messages: typeof en;
    Locale: Locale;
  }
}
