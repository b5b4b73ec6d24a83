import { z } from "zod";
import { plainUrl } from "../address";

/** The words that the push socket knows for a device, upper and lower case as they are. */
export const devicePlatforms = ["windows", "macos", "android", "linux", "ios", "fuchsia", "Web"] as const;

const Id = z.string().regex(/^[\w-]{1,64}$/, "letters and digits");

/** How an account is reached. Nothing that it answers tells whose token it is, so the account's own id is a setting. */
export const Connection = z.strictObject({
  apiUrl: plainUrl(/^https?$/, "https://chat-go.jwzhd.com").default("https://chat-go.jwzhd.com"),
  /** The vendor's document has no pushes, so there are none unless somebody who manages bots names their address. */
  pushUrl: plainUrl(/^wss?$/, "wss://chat-ws-go.jwzhd.com/ws").optional(),
  userId: Id,
  platform: z.enum(devicePlatforms).default("windows"),
  deviceId: Id,
});
export type Connection = z.infer<typeof Connection>;

export const Credentials = z.strictObject({
  token: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[\x21-\x7e]*$/, "visible ASCII characters without blanks"),
});
export type Credentials = z.infer<typeof Credentials>;
