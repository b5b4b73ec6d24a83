import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { gunzipSync } from "node:zlib";

/** What the pages load, by the ending of its name. */
const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

interface Asset {
  type: string;
  gzip: Buffer;
  brotli: Buffer;
}

/**
 * Scripts and styles of the built pages, as the build compressed them (scripts/asset.mjs): about 2 MB, held in memory, so
 * that no request is compressed again and a build that replaces the files does not take them from those who work.
 */
export class Assets {
  readonly #found = new Map<string, Asset>();

  /** @param folder the build's static folder; a file that was not compressed there is not known here. */
  constructor(folder: string) {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const type = types[path.extname(name)];
      const file = path.join(folder, name);
      if (type === undefined || !existsSync(`${file}.gz`) || !existsSync(`${file}.br`)) continue;
      const [gzip, brotli] = [readFileSync(`${file}.gz`), readFileSync(`${file}.br`)];
      this.#found.set(`/_next/static/${name.split(path.sep).join("/")}`, { type, gzip, brotli });
    }
  }

  /** Answers a GET or HEAD of a known path and tells that it did; anything else is left alone. */
  answer(request: IncomingMessage, response: ServerResponse, pathname: string): boolean {
    const asset = this.#found.get(pathname);
    if (asset === undefined || (request.method !== "GET" && request.method !== "HEAD")) return false;
    const encoding = chooseEncoding(String(request.headers["accept-encoding"] ?? ""));
    const body = encoding === "br" ? asset.brotli : encoding === "gzip" ? asset.gzip : gunzipSync(asset.gzip);
    response.writeHead(200, {
      "content-type": asset.type,
      "content-length": body.byteLength,
      ...(encoding === null ? {} : { "content-encoding": encoding }),
      vary: "accept-encoding",
      // Their names tell their contents.
      "cache-control": "public, max-age=31536000, immutable",
    });
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  }
}

/** The smaller of what the browser takes; a quality of zero means that it does not (RFC 9110, 12.5.3). */
function chooseEncoding(accepted: string): "br" | "gzip" | null {
  const taken = new Set(
    accepted
      .toLowerCase()
      .split(",")
      .map((part) => part.trim())
      .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
      .map((part) => part.split(";", 1)[0]?.trim()),
  );
  return taken.has("br") ? "br" : taken.has("gzip") ? "gzip" : null;
}
