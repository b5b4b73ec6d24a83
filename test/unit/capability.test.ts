import { describe, expect, test } from "vitest";
import { capabilities, isReading } from "@/server/platforms/capability";
import { catalogues } from "@/server/platforms/catalogues";
import type { Platform } from "@/server/platforms/row";
import { supportOf } from "@/server/platforms/support";

// Object.keys forgets the literal keys.
const platforms = Object.keys(catalogues) as Platform[];

/** What an adapter knows without asking its platform: read off the row of another capability. */
const unasked: ReadonlySet<string> = new Set(["presence.presets"]);

describe.each(platforms)("%s", (platform) => {
  const rows = Object.values(catalogues[platform]);
  const possible = supportOf(platform, () => true).filter(({ is }) => is === "on");

  test.each(possible.map(({ capability }) => capability))("%s names the rows it goes through", (capability) => {
    expect(rows.filter((row) => row.capabilities.includes(capability))).not.toEqual([]);
  });

  test("a row names no capability that its platform lacks", () => {
    const named = new Set(rows.flatMap((row) => row.capabilities));
    expect([...named].filter((name) => !possible.some(({ capability }) => capability === name))).toEqual([]);
  });

  test("who may use a capability may use the rows it goes through", () => {
    const misfits = rows.flatMap((row) =>
      row.capabilities
        .filter((name) => row.risk !== "read" && row.permission !== capabilities[name] && !unasked.has(name))
        .map((name) => `${name} asks ${capabilities[name]}, ${row.operation} asks ${row.permission}`),
    );
    expect(misfits).toEqual([]);
  });

  test("what only looks goes through rows that only look", () => {
    const misfits = rows.filter(
      (row) => row.risk !== "read" && row.capabilities.some((name) => isReading(name) && !unasked.has(name)),
    );
    expect(misfits.map((row) => row.operation)).toEqual([]);
  });

  test("what needs switching on names what to switch on", () => {
    const waiting = supportOf(platform, () => false).filter(({ is }) => is === "off");
    expect(waiting.filter(({ waitsFor }) => waitsFor.length === 0)).toEqual([]);
  });
});
