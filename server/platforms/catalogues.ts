import { catalogue as chat68 } from "./chat68/catalogue";
import { catalogue as im } from "./im/catalogue";
import { catalogue as napcat } from "./napcat/catalogue";
import type { Catalogue, Platform } from "./row";
import { catalogue as yunhu } from "./yunhu/catalogue";

/** Every operation of every platform, whether or not the desk can connect to it yet. */
export const catalogues: Readonly<Record<Platform, Catalogue>> = { napcat, chat68, im, yunhu };
