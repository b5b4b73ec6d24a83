import ipaddr from "ipaddr.js";
import { z } from "zod";
import { carriesFile, field } from "../field";

/** A public-looking address. A name that leads inside all the same cannot be seen from here: NapCat's host resolves it. */
function isOutside(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return false;
  if (url.username !== "" || url.password !== "") return false;
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() === "unicast";
  return host.includes(".") && !/\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
}

/** Does it carry the file itself? */
function isInline(text: string): boolean {
  return /^base64:\/\/[\w+/=-]/.test(text) || /^data:[\w.+/-]+;base64,/.test(text);
}

/**
 * The content of a file, or a public address to fetch it from. Paths of NapCat's host are refused, though it would take
 * them: whoever can send a picture could read its files, and call services that listen there for nobody else.
 */
export const FileSource = field(
  carriesFile(
    z
      .string()
      .min(1)
      .max(30_000_000)
      .refine((text) => isInline(text) || isOutside(text), "base64://…, a data URL, or a public http(s) address"),
    "source",
  ),
  "文件内容（base64:// 或 data URL），或公网 http(s) 地址",
  "the file itself (base64:// or a data URL), or a public http(s) address",
);

/** A public address that NapCat's host fetches. */
export const PublicAddress = z.string().min(1).max(30_000).refine(isOutside, "a public http(s) address");

/** A file NapCat already knows, by the name or id that arrived with a message; never a path. */
export const KnownFile = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^\/?[^/\\:\s]+$/, "a name or an id, not a path")
  .refine((text) => !text.includes(".."), "a name or an id, not a path");
