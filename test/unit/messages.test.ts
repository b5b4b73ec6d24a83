import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { botEventCodes } from "@/lib/bot-events";
import { errorCodes } from "@/lib/errors";
import en from "@/lib/messages/en.json";
import zhCn from "@/lib/messages/zh-CN.json";
import { decisionStates, requestKinds, requestStates, verbs } from "@/lib/request";
import { risks } from "@/lib/risk";
import { builtInRoleNames } from "@/lib/role";
import { capabilityNames } from "@/server/platforms/capability";
import { inputs } from "../procedure-inputs";

/*
 * What these tests do not catch: a text passed through a variable before it is drawn; a key put together from more than
 * one variable part that happens to match another family; words in lib/ and in attributes other than those listed
 * below; whether a translation is right. Keys that do not exist are refused by the compiler (lib/next-intl.d.ts).
 */

const root = path.join(import.meta.dirname, "../..");
const sources = ["app", "components"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ name: path.join(folder, name), text: readFileSync(path.join(root, folder, name), "utf8") })),
);

/** Every text of a catalogue by its full key. */
function flatten(value: unknown, prefix = ""): Map<string, string> {
  if (typeof value === "string") return new Map([[prefix, value]]);
  if (typeof value !== "object" || value === null) throw new Error(`${prefix} is no text`);
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => [...flatten(inner, prefix === "" ? name : `${prefix}.${name}`)]),
  );
}

const english = flatten(en);
const chinese = flatten(zhCn);

/** The values an ICU text asks for. A branch of a select that is one word in small letters would look like one; there is none. */
function variablesOf(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/\{([a-z]\w*)(?:\}|, (?:plural|select))/g)].map(([, name = ""]) => name)),
  ].sort();
}

describe("the catalogues", () => {
  test("have the same keys in both languages", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test("leave no text empty", () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test("speak Chinese in Chinese", () => {
    const same = [...chinese].filter(
      ([key, text]) => text === english.get(key) && !/^[\p{L}\d\s/()+]{0,12}$|^\{.*\}$|</u.test(text),
    );
    expect(same).toEqual([]);
  });

  test.each([
    ["en", english],
    ["zh-CN", chinese],
  ] as const)("name only values the other language of %s knows too", (_name, catalogue) => {
    const other = catalogue === english ? chinese : english;
    const strange = [...catalogue].filter(([key, text]) => {
      const known = variablesOf(other.get(key) ?? "");
      // A select's branches look like values when they hold one; both languages have the same branches.
      return variablesOf(text).some((name) => !known.includes(name) && name !== "minutes");
    });
    expect(strange).toEqual([]);
  });
});

describe("every closed name has words in both languages", () => {
  const families: [string, readonly string[], readonly string[]][] = [
    ["errors", errorCodes, [".what", ".not", ".next"]],
    ["botEvents", botEventCodes, [""]],
    // What the record names: procedures, and what the platforms are asked for.
    ["actions", [...Object.keys(inputs), ...capabilityNames], [""]],
    ["vocabulary.role", builtInRoleNames, [""]],
    ["vocabulary.kind", requestKinds, [""]],
    ["vocabulary.state", [...requestStates, ...decisionStates], [".label", ".explanation"]],
    ["vocabulary.verb", verbs, [""]],
    ["vocabulary.verbDone", verbs, [""]],
    ["vocabulary.risk", risks, [""]],
    ["vocabulary.outcome", ["STARTED", "OK", "FAILED", "UNKNOWN", "DENIED"], [".label", ".explanation"]],
  ];
  test.each(families)("%s", (prefix, names, endings) => {
    const keys = names.flatMap((name) => endings.map((ending) => `${prefix}.${name}${ending}`));
    expect(keys.filter((key) => !english.has(key) || !chinese.has(key))).toEqual([]);
  });

  test("and no error text fails to draw when the server leaves its details out", () => {
    const faults: string[] = [];
    const blanks = {
      by: "",
      verb: "",
      at: "",
      until: "",
      host: "none",
      field: "none",
      found: "none",
      expected: "",
      name: "",
      names: "",
      state: "",
      id: "",
      why: "other",
      left: "",
      outcome: "",
      megabytes: "",
    };
    const values = { ...blanks, seconds: 0, minutes: 0, minimum: 0, maximum: 0, fault: "other" };
    for (const [locale, messages] of [
      ["en", en],
      ["zh-CN", zhCn],
    ] as const) {
      const t = createTranslator({
        locale,
        messages,
        namespace: "errors",
        onError: (error) => faults.push(error.message),
      });
      for (const code of errorCodes) for (const part of ["what", "not", "next"] as const) t(`${code}.${part}`, values);
    }
    expect(faults).toEqual([]);
  });
});

/** Each use of a translator in a file: its namespace and the key, or the pattern a template makes. */
function usesIn(text: string): (string | RegExp)[] {
  const declared = [...text.matchAll(/const (\w+) = (?:await )?(?:useTranslations|getTranslations)\("([\w.]+)"\)/g)];
  const uses = [...text.matchAll(/\b(\w+)(?:\.rich|\.has)?\(\s*(?:"([\w.-]+)"|`([^`]+)`|(\w+)\))/g)];
  const direct = [...text.matchAll(/getTranslations\("([\w.]+)"\)\)\("([\w.]+)"/g)].map(
    ([, ns, key]) => `${ns}.${key}`,
  );
  return [
    ...direct,
    ...uses.flatMap((use): (string | RegExp)[] => {
      const [, name, key, template, variable] = use;
      const owner = declared.filter((one) => one[1] === name && one.index < use.index).at(-1);
      const namespace = owner?.[2];
      if (namespace === undefined) return [];
      if (key !== undefined) return [`${namespace}.${key}`];
      if (template !== undefined) {
        const pattern = template.split(/\$\{(?:[^{}]|\{[^}]*\})*\}/).map((part) => part.replaceAll(".", "\\."));
        return [new RegExp(`^${namespace.replaceAll(".", "\\.")}\\.${pattern.join("[\\w.-]+")}$`)];
      }
      return variable === undefined ? [] : [new RegExp(`^${namespace.replaceAll(".", "\\.")}\\.`)];
    }),
  ];
}

describe("the screens", () => {
  test("use every text of the catalogue", () => {
    const uses = sources.flatMap(({ text }) => usesIn(text));
    const plain = new Set(uses.filter((use) => typeof use === "string"));
    const patterns = uses.filter((use) => use instanceof RegExp);
    const unused = [...english.keys()].filter(
      (key) => !plain.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  test("hold no words of their own", () => {
    const faults = sources.flatMap(({ name, text }) => {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|(?<=\s)\/\/ .*$/gm, "");
      const chineseWords = code.match(/[\p{Script=Han}]+/gu) ?? [];
      // Text between tags that is a word and no expression.
      const drawn = [...code.matchAll(/(?<!=)>\s*([^<>{}`=;()]*\p{L}{2,}[^<>{}`=;()]*)\s*<\//gu)].map(
        ([, words = ""]) => words.trim(),
      );
      const attributes = [...code.matchAll(/\s(?:label|title|placeholder|description|aria-label|alt)="([^"]+)"/g)].map(
        ([, words = ""]) => words,
      );
      return [...chineseWords, ...drawn, ...attributes]
        .filter((words) => !allowed.has(words))
        .map((words) => `${name}: ${words}`);
    });
    expect(faults).toEqual([]);
  });
});

/** Values to type, the same in every language. */
const allowed = new Set(["true", "array", "ws://127.0.0.1:3001", "http://127.0.0.1:3000"]);
