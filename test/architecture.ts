import path from "node:path";

/**
 * The architecture as rules over import lines. Reads text, not meaning, so it does not catch: an import whose path is
 * computed; a value handed over as a parameter where an import would be refused; a method called `send` under another
 * name (destructured, bound, or as `this.send`); state kept in an object that a constant of another file holds.
 */

export interface Import {
  from: string;
  isType: boolean;
}

/** What each layer may import of ours. A layer always may import itself; `leaf` is the few files at server's top. */
const allowed: Record<string, readonly string[]> = {
  lib: [],
  leaf: ["lib"],
  "server/platforms": ["lib", "leaf"],
  "server/db": ["lib", "leaf", "server/auth", "server/audit"],
  "server/auth": ["lib", "leaf", "server/db", "server/audit"],
  "server/audit": ["lib", "leaf", "server/db", "server/auth"],
  "server/gateway": ["lib", "leaf", "server/platforms", "server/db", "server/auth", "server/audit"],
  "server/desk": ["lib", "leaf", "server/gateway", "server/platforms", "server/db", "server/auth", "server/audit"],
  "server/api": [
    "lib",
    "leaf",
    "server/desk",
    "server/gateway",
    "server/platforms",
    "server/db",
    "server/auth",
    "server/audit",
  ],
  "server/http": ["lib", "leaf", "server/db", "server/platforms"],
  "server/main": ["lib", "leaf", "server/api", "server/desk", "server/db", "server/auth", "server/http"],
  components: ["lib"],
  app: ["components", "lib"],
  scripts: [],
};

const leaves = ["server/config", "server/log", "server/progress", "server/start-error"];

/** The one place where the Next half imports server code that runs. */
const door = { file: "app/api/auth/[...nextauth]/route.ts", layer: "server/auth" };

/** The layer of a file, by its path from the root, with or without its ending; null for what has no rules (tests, configuration). */
export function layerOf(file: string): string | null {
  const bare = file.replace(/\.(ts|tsx|mjs)$/, "");
  if (leaves.includes(bare)) return "leaf";
  if (bare === "server/main") return "server/main";
  const [top = "", second = ""] = file.split("/");
  if (top === "server") return `server/${second}`;
  return top in allowed ? top : null;
}

/** Every import, re-export and dynamic import with a literal path. */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const found: Import[] = [];
  const statement = /^\s*(?:import|export)\s+(type\s+)?(?:[^;"'`]*?\s+from\s+)?["']([^"']+)["']/gm;
  for (const [, type, from] of code.matchAll(statement)) {
    if (from !== undefined) found.push({ from, isType: type !== undefined });
  }
  for (const [, from] of code.matchAll(/\b(?:import|require)\(\s*["']([^"']+)["']/g)) {
    // `typeof import("x")` and `import("x").T` are types; they are treated as code, which is the safe side.
    if (from !== undefined) found.push({ from, isType: false });
  }
  return found;
}

/** The path from the root that an import means, without ending; null for packages. */
export function resolve(file: string, from: string): string | null {
  if (from.startsWith("@/")) return from.slice(2);
  if (from.startsWith(".")) return path.posix.normalize(path.posix.join(path.posix.dirname(file), from));
  return null;
}

/** What is wrong with a file, one sentence each. */
export function faultsOf(file: string, text: string): string[] {
  return [
    ...nameFaults(file),
    ...importsOf(text).flatMap((each) => importFaults(file, each)),
    ...textFaults(file, text),
  ];
}

function importFaults(file: string, { from, isType }: Import): string[] {
  const layer = layerOf(file);
  if (layer === null) return [];
  const target = resolve(file, from);
  if (target === null) return packageFaults(file, layer, from, isType);
  const to = layerOf(target);
  const says = `${file} imports ${from}`;
  if (target.startsWith("test/")) return [`${says}: tests are nobody's ground`];
  if (to === null) return [];
  if (layer === "server/api" && target.startsWith("server/db/generated")) return [`${says}: Prisma is the desk's`];
  // One file per platform is registered; nobody else knows which platforms exist.
  const platform = /^server\/platforms\/([a-z0-9-]+)\//.exec(target)?.[1];
  const isRegistrar = /^server\/platforms\/[a-z-]+\.ts$/.test(file) || file.startsWith(`server/platforms/${platform}/`);
  if (platform !== undefined && !isRegistrar)
    return [`${says}: platforms are reached through server/platforms/drivers`];
  if (to === layer || allowed[layer]?.includes(to)) return [];
  if (file === door.file && to === door.layer) return [];
  if ((layer === "app" || layer === "components") && isType && to === "server/api") return [];
  return [`${says}: ${layer} may not import ${to}${isType ? ", not even its types" : ""}`];
}

function packageFaults(file: string, layer: string, from: string, isType: boolean): string[] {
  const refuse = (why: string) => [`${file} imports ${from}: ${why}`];
  const isNext = from === "next" || from.startsWith("next/") || from.startsWith("next-auth");
  if (isNext && !["app", "components", "server/auth", "server/main", "lib"].includes(layer))
    return refuse("no Next here");
  if (from.startsWith("@prisma/") && !["server/db"].includes(layer)) return refuse("Prisma stays in server/db");
  const isTransport = ["ws", "undici"].includes(from) || /^(node:)?https?$/.test(from);
  const takesTransport = ["server/platforms", "server/http"].includes(layer);
  if (layer.startsWith("server/") && isTransport && !isType && !takesTransport)
    return refuse("transports are server/platforms'");
  return [];
}

function nameFaults(file: string): string[] {
  const parts = file.split("/");
  const [name = ""] = (parts.pop() ?? "").split(".");
  const faults: string[] = [];
  if (
    ["utils", "util", "helpers", "helper", "types", "common", "index"].some(
      (word) => word === name || parts.includes(word),
    )
  ) {
    faults.push(`${file}: a name that says nothing about what is in it`);
  }
  // A route's parameter, in brackets, is a variable's name; a group, in parentheses, is a folder's.
  const isKebab = (part: string) => /^\[.+\]$/.test(part) || /^\(?[a-z0-9]+(-[a-z0-9]+)*\)?$/.test(part);
  if (![...parts, name].every(isKebab)) faults.push(`${file}: names are kebab-case`);
  return faults;
}

function textFaults(file: string, text: string): string[] {
  const code = withoutComments(text);
  const layer = layerOf(file);
  const faults: string[] = [];
  if (
    ["server/desk", "server/api", "server/http", "server/auth", "server/audit", "app", "components"].includes(
      layer ?? "",
    )
  ) {
    // A browser's own request, which only it can show the progress of, is sent by a method of that name.
    const isSent = /(?<!\bthis)\.send\(/.test(code) && file !== "components/upload.ts";
    if (isSent) faults.push(`${file} calls send: only server/gateway does`);
  }
  if (layer?.startsWith("server/") && layer !== "server/platforms" && /(?<![.\w])fetch\(/.test(code)) {
    faults.push(`${file} calls fetch: transports are server/platforms'`);
  }
  if (layer === "server/auth") {
    const isState = (line: string) =>
      /^(export\s+)?(let|var)\s/.test(line) ||
      (/^(export\s+)?const\s[^=]*=\s*(new\s+(Map|Set|WeakMap|WeakSet|Array|[A-Z]\w*Cache)\b|\[\]|\{\})/.test(line) &&
        !/:\s*(Readonly(Map|Set|Array)|readonly\s)/.test(line));
    for (const line of code.split("\n").filter(isState)) {
      faults.push(`${file} keeps state in memory (${line.trim()}): Next runs a copy of this module`);
    }
  }
  return faults;
}

/** Comments may name what they like. Strings stay: an import's path is one. */
function withoutComments(text: string): string {
  return text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, string) => string ?? "",
  );
}
