import { type Chat68Catalogue, catalogue as chat68 } from "./chat68/catalogue";
import { type ImCatalogue, catalogue as im } from "./im/catalogue";
import { type NapcatCatalogue, catalogue as napcat } from "./napcat/catalogue";
import type { Catalogue, Platform } from "./row";
import { type YunhuCatalogue, catalogue as yunhu } from "./yunhu/catalogue";

/** Every operation of every platform, whether or not the desk can connect to it yet. */
export const catalogues: Readonly<Record<Platform, Catalogue>> = { napcat, chat68, im, yunhu };

/** The same with every row's own types. */
export interface Catalogues {
  napcat: NapcatCatalogue;
  chat68: Chat68Catalogue;
  im: ImCatalogue;
  yunhu: YunhuCatalogue;
}
