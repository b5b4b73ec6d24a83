import { z } from "zod";
import { catalogues } from "./catalogues";
import type { Row } from "./row";

/** One row as the coverage of the vendors' documents is judged by. */
function toLine(row: Row): Record<string, unknown> {
  const schema = z.toJSONSchema(row.input, { io: "input", unrepresentable: "any" });
  const params = Object.keys(schema.properties ?? {});
  return { id: row.id, platform: row.platform, seeds: row.seeds, risk: row.risk, permission: row.permission, params };
}

const lines = Object.values(catalogues)
  .flatMap((catalogue) => Object.values(catalogue))
  .map((row) => JSON.stringify(toLine(row)));
process.stdout.write(`[\n${lines.join(",\n")}\n]\n`);
