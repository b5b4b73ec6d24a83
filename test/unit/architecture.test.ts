import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { faultsOf, importsOf } from "../architecture";

const root = fileURLToPath(new URL("../..", import.meta.url));
const leftOut = new Set([
  ".git",
  ".next",
  "node_modules",
  "data",
  "generated",
  "test-results",
  "playwright-report",
  "screenshots",
]);

/** Files below `folder`, by their path from the root. */
function walk(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const relative = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : walk(relative);
    return entry.isFile() ? [relative] : [];
  });
}

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

const sources = ["app", "components", "lib", "server", "scripts", "test"]
  .flatMap(walk)
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file));

describe("the architecture", () => {
  it("is seen: the walk finds the source and its imports", () => {
    expect(sources).toContain("server/main.ts");
    expect(importsOf(read("server/main.ts")).map(({ from }) => from)).toEqual(
      expect.arrayContaining(["./config", "./db/migrate", "next", "node:path"]),
    );
  });

  it("holds: no file imports against the arrows, sends past the gateway or bears an empty name", () => {
    expect(sources.flatMap((file) => faultsOf(file, read(file)))).toEqual([]);
  });

  it("knows no world outside: nothing names the workshop it was made in", () => {
    // Put together here, so that this file does not name them either.
    const foreign = [
      ["..", "shared"],
      ["", "work", "main"],
      ["", "tmp", "contract"],
    ].map((parts) => parts.join("/"));
    const texts = walk(".").filter(
      (file) => statSync(path.join(root, file)).size < 1_000_000 && !/\.(png|ico|woff2?)$/.test(file),
    );
    const found = texts.filter((file) => {
      const text = read(file);
      return foreign.some((name) => text.includes(name));
    });
    expect(found).toEqual([]);
  });
});

describe("a planted violation is found:", () => {
  const planted = [
    ["lib that imports the server", "lib/href.ts", `import { x } from "@/server/log";`],
    ["lib that imports even a type of the server", "lib/href.ts", `import type { X } from "@/server/api/router";`],
    [
      "a platform that knows the database",
      "server/platforms/napcat/link.ts",
      `import { openDatabase } from "@/server/db/client";`,
    ],
    [
      "the same by a relative path",
      "server/platforms/napcat/link.ts",
      `import { openDatabase } from "../../db/client";`,
    ],
    ["a platform that knows another", "server/platforms/im/link.ts", `import { x } from "../napcat/link";`],
    [
      "the record that looks up to the desk",
      "server/audit/record.ts",
      `import type { Desk } from "@/server/desk/desk";`,
    ],
    ["a gateway that looks up to the desk", "server/gateway/invoke.ts", `export { x } from "@/server/desk/request";`],
    ["a desk that knows its transport", "server/desk/bot.ts", `import { x } from "@/server/api/context";`],
    [
      "a router that reaches a platform",
      "server/api/routers/bots.ts",
      `import { x } from "@/server/platforms/napcat/driver";`,
    ],
    [
      "a router that speaks Prisma",
      "server/api/routers/bots.ts",
      `import type { Prisma } from "@/server/db/generated/client";`,
    ],
    ["a component that runs server code", "components/page.tsx", `import { appRouter } from "@/server/api/router";`],
    [
      "an inline type, which is an import that runs",
      "components/page.tsx",
      `import { type AppRouter } from "@/server/api/router";`,
    ],
    [
      "a component that reads a type of the database",
      "components/page.tsx",
      `import type { X } from "@/server/db/client";`,
    ],
    ["a page that imports the server lazily", "app/page.tsx", `const x = await import("@/server/desk/desk");`],
    ["a second door into server/auth", "app/api/other/route.ts", `import { handleAuth } from "@/server/auth/handler";`],
    ["code that imports a test", "server/desk/bot.ts", `import { x } from "@/test/database";`],
    ["Next in the desk", "server/desk/bot.ts", `import { headers } from "next/headers";`],
    ["a socket in the desk", "server/desk/bot.ts", `import WebSocket from "ws";`],
    ["a call past the gateway", "server/desk/bot.ts", "await link.send(row, input, {});"],
    ["a fetch past the platforms", "server/desk/bot.ts", "await fetch(url);"],
    ["state in server/auth", "server/auth/throttle.ts", "const failures = new Map<string, number>();"],
    ["a variable in server/auth", "server/auth/throttle.ts", "let failures = 0;"],
    ["a drawer for anything", "server/desk/utils.ts", ""],
    ["a barrel", "server/desk/index.ts", ""],
    ["a camel", "server/desk/botList.ts", ""],
  ] as const;

  it.each(planted)("%s", (_what, file, text) => {
    expect(faultsOf(file, text)).toHaveLength(1);
  });

  const sound = [
    ["types of the API in a component", "components/trpc.ts", `import type { AppRouter } from "@/server/api/router";`],
    ["the one door", "app/api/auth/[...nextauth]/route.ts", `import { handleAuth } from "@/server/auth/handler";`],
    ["the registrar of platforms", "server/platforms/drivers.ts", `import { napcat } from "./napcat/driver";`],
    ["a table in server/auth", "server/auth/role.ts", `const names: ReadonlySet<string> = new Set(["a"]);`],
    [
      "a refused import in a comment",
      "lib/href.ts",
      `// import { x } from "@/server/log";\n/* import "@/server/log"; */`,
    ],
  ] as const;

  it.each(sound)("but not %s", (_what, file, text) => {
    expect(faultsOf(file, text)).toEqual([]);
  });
});
