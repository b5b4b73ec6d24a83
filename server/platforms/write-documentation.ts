import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { platforms } from "@/lib/platform";
import { documentName, renderDocument } from "./documentation";

const folder = path.join(import.meta.dirname, "../../docs/endpoints");
await mkdir(folder, { recursive: true });
for (const platform of platforms) {
  for (const language of ["en", "zh"] as const) {
    await writeFile(path.join(folder, documentName(platform, language)), renderDocument(platform, language));
  }
}
