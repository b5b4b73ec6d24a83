import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { root } from "./stage.mjs";

/**
 * Tells V8 that what stands in the file will be called, so that it is compiled off the page's main thread while it loads
 * instead of piece by piece on it (v8.dev/blog/explicit-compile-hints). Other browsers see a comment.
 */
const compileHint = "//# allFunctionsCalledOnLoad\n";

/**
 * Makes the scripts and styles of a fresh build ready to be sent: hinted, and compressed once as well as it goes.
 * @param {string} [folder] where they lie, with everything below it.
 */
export async function finishAssets(folder = path.join(root, ".next/static")) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  await Promise.all(files.map(finish));
}

/** @param {string} file */
async function finish(file) {
  let content = readFileSync(file);
  if (file.endsWith(".js") && !content.toString("latin1").startsWith(compileHint)) {
    content = Buffer.concat([Buffer.from(compileHint), content]);
    writeFileSync(file, content);
  }
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
  ]);
  writeFileSync(`${file}.gz`, zipped);
  writeFileSync(`${file}.br`, brotli);
}
