import { z } from "zod";

/** Nothing secret belongs in an address: it is shown, logged and kept in the clear. */
function isPlain(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
}

/** An address in a bot's settings, of the protocols `protocol` names; `example` is what the message shows. */
export function plainUrl(protocol: RegExp, example: string) {
  return z
    .url({ protocol, error: `an address like ${example}` })
    .max(2048)
    .refine(isPlain, "no user, no question mark and no # in the address");
}
