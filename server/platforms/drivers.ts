import type { Driver } from "./driver";
import { napcatDriver } from "./napcat/driver";
import type { Platform } from "./row";

/** The platforms that can be connected. A missing one cannot be. */
export const drivers: Partial<Record<Platform, Driver>> = { napcat: napcatDriver };
