import { chat68Driver } from "./chat68/driver";
import type { Driver } from "./driver";
import { imDriver } from "./im/driver";
import { napcatDriver } from "./napcat/driver";
import type { Platform } from "./row";
import { yunhuDriver } from "./yunhu/driver";

/** The platforms that can be connected. */
export const drivers: Readonly<Record<Platform, Driver>> = {
  napcat: napcatDriver,
  chat68: chat68Driver,
  im: imDriver,
  yunhu: yunhuDriver,
};
