import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from "node:zlib";
import { PlatformError } from "./error";

type Decompress = (body: Buffer, options: ZlibOptions) => Promise<Buffer>;

const known: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * A body as it was before the other side compressed it. Nobody asked it to, but some proxies do. Never more than
 * `maxBytes` are made of it: a few bytes can stand for gigabytes. Throws PlatformError `answer_too_large`, or `bad_answer`
 * for what is not what it says.
 */
export async function decompressed(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === "" || name === "identity") return body;
  const open = known[name];
  if (open === undefined)
    throw new PlatformError("bad_answer", { isSent: true, detail: { encoding: name.slice(0, 40) } });
  try {
    return await open(body, { maxOutputLength: maxBytes });
  } catch (cause) {
    const isLarge = cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
    throw new PlatformError(isLarge ? "answer_too_large" : "bad_answer", { isSent: true, cause });
  }
}
