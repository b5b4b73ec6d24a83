import en from "@/lib/messages/en.json";
import zhCn from "@/lib/messages/zh-CN.json";
import { type Platform, platforms } from "@/lib/platform";
import type { Capability } from "./adapter";
import { capabilityNames } from "./capability";
import { type Support, supportOf } from "./support";

const messages = { en, "zh-CN": zhCn } as const;
export type MatrixLocale = keyof typeof messages;

/** The readme that carries the matrix in each language. */
export const readmes: Readonly<Record<MatrixLocale, string>> = { en: "README.md", "zh-CN": "README.zh-CN.md" };

const words = {
  en: { capability: "capability", on: "yes", off: "if switched on", unreached: "", none: "" },
  "zh-CN": { capability: "功能", on: "支持", off: "启用后支持", unreached: "", none: "" },
} as const;

/** What the screens call a capability: `bots.capability` of the message catalogue, noun by noun. */
function nameOf(locale: MatrixLocale, capability: Capability): string {
  const names: Readonly<Record<string, Readonly<Record<string, string>>>> = messages[locale].bots.capability;
  const [noun = "", verb = ""] = capability.split(".");
  const name = names[noun]?.[verb];
  if (name === undefined) throw new Error(`the catalogue ${locale} has no name for ${capability}`);
  return name;
}

/** Capability by platform, as a table in Markdown: read off the adapters, with nothing switched on. */
export function renderMatrix(locale: MatrixLocale): string {
  const told = new Map<Platform, Map<Capability, Support["is"]>>(
    platforms.map((platform) => [
      platform,
      new Map(supportOf(platform, () => false).map(({ capability, is }) => [capability, is])),
    ]),
  );
  const heads = [
    words[locale].capability,
    ...platforms.map((platform) => messages[locale].vocabulary.platform[platform]),
  ];
  const rows = capabilityNames.map((capability) => {
    const cells = platforms.map((platform) => words[locale][told.get(platform)?.get(capability) ?? "none"]);
    return `| ${[`${nameOf(locale, capability)} \`${capability}\``, ...cells].join(" | ")} |`;
  });
  return [`| ${heads.join(" | ")} |`, `|${"---|".repeat(heads.length)}`, ...rows].join("\n");
}

const begin = "<!-- matrix: made by npm run docs:matrix, not to be edited -->";
const end = "<!-- /matrix -->";

/** A readme with the matrix between its two marks put in anew. Throws when it has no such marks. */
export function withMatrix(readme: string, locale: MatrixLocale): string {
  const start = readme.indexOf(begin);
  const stop = readme.indexOf(end);
  if (start < 0 || stop < start) throw new Error(`the readme has no place for the matrix: ${begin} … ${end}`);
  return `${readme.slice(0, start)}${begin}\n${renderMatrix(locale)}\n${readme.slice(stop)}`;
}
