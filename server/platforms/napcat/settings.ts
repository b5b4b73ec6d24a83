import { z } from "zod";

/** Nothing secret belongs in an address: NapCat would even prefer a token there to the header. */
function isPlain(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
}

const HttpUrl = z
  .url({ protocol: /^https?$/, error: "an address like http://127.0.0.1:3000" })
  .max(2048)
  .refine(isPlain, "no user, no question mark and no # in the address");
const WsUrl = z
  .url({ protocol: /^wss?$/, error: "an address like ws://127.0.0.1:3001" })
  .max(2048)
  .refine(isPlain, "no user, no question mark and no # in the address");

/** How a NapCat is reached; the names are those of the ways in NapCat's own configuration, seen from here. */
export const Connection = z.discriminatedUnion("transport", [
  z.strictObject({ transport: z.literal("forward"), wsUrl: WsUrl }).describe("we dial its WebSocket server"),
  z.strictObject({ transport: z.literal("reverse") }).describe("its WebSocket client dials us"),
  z.strictObject({ transport: z.literal("http"), httpUrl: HttpUrl }).describe("calls by HTTP, events as signed posts"),
]);
export type Connection = z.infer<typeof Connection>;

/** One token for all: sent as Bearer by both sides, and the key of the signature over posted events. */
export const Credentials = z.strictObject({
  // NapCat cuts the header at the word Bearer and a blank; printable ASCII without blanks survives everywhere.
  token: z
    .string()
    .max(512)
    .regex(/^[\x21-\x7e]*$/, "visible ASCII characters without blanks")
    // A NapCat without one listens to everybody; it is the other side's to choose.
    .default(""),
});
export type Credentials = z.infer<typeof Credentials>;
