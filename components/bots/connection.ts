import { type PaceSettings, paceDefaults } from "@/lib/pace";
import type { Platform } from "@/lib/platform";

/** How an account can be reached, as its page knows it; the server's platform schema has the last word. */
export const ways = {
  napcat: ["forward", "reverse", "http"],
  chat68: ["ws", "http"],
  im: [],
  yunhu: [],
} as const satisfies Record<Platform, readonly string[]>;
export type Way = (typeof ways)[Platform][number];

export const fieldNames = [
  "userId",
  "deviceId",
  "platform",
  "wsUrl",
  "httpUrl",
  "baseUrl",
  "apiUrl",
  "pushUrl",
] as const;
export type FieldName = (typeof fieldNames)[number];

/** What Yunhu's socket takes a device for. */
export const deviceKinds = ["windows", "macos", "linux", "android", "ios", "fuchsia", "Web"] as const;

/** The fields of all ways as typed; only those of the chosen one count. */
export type ConnectionForm = Record<FieldName, string> & { way: Way | "" };

interface FieldRule {
  name: FieldName;
  /** What most will have, shown where nothing is typed. */
  usual: string;
  /** Begins with it. */
  isFilled?: boolean;
  isOptional?: boolean;
}

const rules = {
  napcat: {
    forward: [{ name: "wsUrl", usual: "ws://127.0.0.1:3001", isFilled: true }],
    reverse: [],
    http: [{ name: "httpUrl", usual: "http://127.0.0.1:3000", isFilled: true }],
  },
  chat68: {
    ws: [
      { name: "wsUrl", usual: "ws://127.0.0.1:5600", isFilled: true },
      { name: "httpUrl", usual: "http://127.0.0.1:5598", isOptional: true },
    ],
    http: [{ name: "httpUrl", usual: "http://127.0.0.1:5598", isFilled: true }],
  },
  im: { "": [{ name: "baseUrl", usual: "http://127.0.0.1:8081/api/v1" }] },
  yunhu: {
    "": [
      { name: "userId", usual: "" },
      { name: "deviceId", usual: "", isFilled: true },
      { name: "platform", usual: "windows", isFilled: true },
      { name: "apiUrl", usual: "https://chat-go.jwzhd.com", isFilled: true },
      { name: "pushUrl", usual: "wss://chat-ws-go.jwzhd.com/ws", isOptional: true },
    ],
  },
} as const satisfies Record<Platform, Partial<Record<Way | "", readonly FieldRule[]>>>;

/** The fields of one way, in the order to fill them in. */
export function fieldsOf(platform: Platform, way: Way | ""): readonly FieldRule[] {
  const known: Partial<Record<Way | "", readonly FieldRule[]>> = rules[platform];
  return known[way] ?? [];
}

/** A bot as its form has it. Numbers as typed. */
export interface BotForm {
  platform: Platform;
  name: string;
  connection: ConnectionForm;
  token: string;
  pace: Record<keyof PaceSettings, string>;
}

/** Which platforms bring a token of their own; elsewhere one signs in, or there is nothing to prove. */
export const takesToken: Readonly<Record<Platform, boolean>> = { napcat: true, chat68: false, im: false, yunhu: true };

const nothing: Record<FieldName, string> = {
  ...{ userId: "", deviceId: "", platform: "", wsUrl: "", httpUrl: "", baseUrl: "", apiUrl: "", pushUrl: "" },
};

/** The settings that a way begins with. */
export function startingAt(platform: Platform, way: Way | "" = ways[platform][0] ?? ""): ConnectionForm {
  const filled = fieldsOf(platform, way).filter(({ isFilled }) => isFilled);
  return { ...nothing, ...Object.fromEntries(filled.map(({ name, usual }) => [name, usual])), way };
}

/** A new bot of a platform, with the platform's own pace. */
export function emptyForm(platform: Platform, name = ""): BotForm {
  return { platform, name, connection: startingAt(platform), token: "", pace: toPaceForm(paceDefaults[platform]) };
}

export function toPaceForm({ writeGapMs, readLimit, writeLimit }: PaceSettings): BotForm["pace"] {
  return { writeGapMs: String(writeGapMs), readLimit: String(readLimit), writeLimit: String(writeLimit) };
}

export function toPace({ writeGapMs, readLimit, writeLimit }: BotForm["pace"]): PaceSettings {
  return { writeGapMs: Number(writeGapMs), readLimit: Number(readLimit), writeLimit: Number(writeLimit) };
}

/** The settings of the chosen way, without the fields of the others. */
export function toConnection(platform: Platform, form: ConnectionForm): Record<string, string> {
  const fields = fieldsOf(platform, form.way).map(
    ({ name, isOptional }) => [name, form[name].trim(), isOptional] as const,
  );
  const given = fields.filter(([, value, isOptional]) => value !== "" || !isOptional);
  return {
    ...(form.way === "" ? {} : { transport: form.way }),
    ...Object.fromEntries(given.map(([name, value]) => [name, value])),
  };
}

/** Reads stored settings back into the form; what is missing keeps what its way begins with. */
export function fromConnection(platform: Platform, value: unknown): ConnectionForm {
  const stored = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  const text = (name: string) => {
    const found: unknown = stored.get(name);
    return typeof found === "string" ? found : null;
  };
  const known: readonly Way[] = ways[platform];
  const start = startingAt(platform, known.find((way) => way === text("transport")) ?? known[0] ?? "");
  const fields = fieldNames.flatMap((name) => {
    const found = text(name);
    return found === null ? [] : [[name, found] as const];
  });
  return { ...start, ...Object.fromEntries(fields) };
}

/** Does the address lead to this machine? What is no address yet is not worth a warning. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
