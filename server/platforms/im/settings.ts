import { z } from "zod";
import { Token } from "./token";

/** Nothing secret belongs in an address, and a path is joined to its end. */
function isPlain(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
}

/** Where the server's API begins, `/api/v1` included. */
export const Connection = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/, error: "an address like http://127.0.0.1:8081/api/v1" })
    .max(2048)
    .refine(isPlain, "no user, no question mark and no # in the address"),
});
export type Connection = z.infer<typeof Connection>;

/** The account's token: what signing in hands out, renewed by every answer. */
export const Credentials = z.strictObject({ token: Token });
export type Credentials = z.infer<typeof Credentials>;
