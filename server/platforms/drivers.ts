import type { Driver } from "./driver";
import type { Platform } from "./row";

/** The platforms that can be connected. A missing one cannot be. */
export const drivers: Partial<Record<Platform, Driver>> = {};
