import en from "@/lib/messages/en.json";
import zhCn from "@/lib/messages/zh-CN.json";
import { permissions } from "@/lib/permissions";
import type { Platform } from "@/lib/platform";
import { kindOf, linesOf, nameOf, type Schema, toSchema, unionsOf } from "@/lib/schema";
import { catalogues } from "./catalogues";
import { toJsonSchema } from "./json-schema";
import { isBeyond, type Row, type Words } from "./row";

export type DocumentLanguage = keyof Words;

/** The names of the desk, from the catalogues of its screens. */
const messages = { en, zh: zhCn };

const words = {
  en: {
    made: "Made from the catalogue by `npm run docs:endpoints`; not to be edited.",
    count: (all: number, beyond: number) =>
      `${all} operations${beyond > 0 ? `, ${beyond} of them not in the vendor’s document` : ""}.`,
    other: "中文",
    beyond: "**Not in the vendor’s document.** Switched off until an admin allows it for a bot.",
    call: "Call",
    over: " over ",
    colon: ": ",
    comma: ", ",
    aside: (text: string) => ` (${text})`,
    risk: "Risk",
    permission: "Permission",
    capability: "Capability",
    target: "Done to",
    source: "Document",
    secretsIn: "Secret in the input",
    secretsOut: "Secret in the answer",
    input: "Input",
    output: "What arrives",
    nothing: "Nothing.",
    field: "Field",
    kind: "Kind",
    required: "Required",
    yes: "yes",
    meaning: "Meaning",
    traps: "Known traps",
    shapes: "Shapes",
    shapesText: "One of several shapes, told apart by the value in the heading.",
    anonymous: "No token is sent.",
  },
  zh: {
    made: "由 `npm run docs:endpoints` 根据目录生成，请勿手动修改。",
    count: (all: number, beyond: number) =>
      `共 ${all} 项操作${beyond > 0 ? `，其中 ${beyond} 项在厂商文档中没有` : ""}。`,
    other: "English",
    beyond: "**厂商文档中没有。** 管理员为机器人开启前处于停用状态。",
    call: "调用方式",
    over: "，经由 ",
    colon: "：",
    comma: "、",
    aside: (text: string) => `（${text}）`,
    risk: "风险",
    permission: "权限",
    capability: "能力",
    target: "操作对象",
    source: "文档位置",
    secretsIn: "参数中的机密",
    secretsOut: "返回内容中的机密",
    input: "参数",
    output: "返回内容",
    nothing: "无。",
    field: "字段",
    kind: "类型",
    required: "必填",
    yes: "是",
    meaning: "说明",
    traps: "已知问题",
    shapes: "类型",
    shapesText: "为以下类型之一，以标题中的值区分。",
    anonymous: "不发送令牌。",
  },
} as const;

/** The file of a platform's document, below docs/endpoints. */
export function documentName(platform: Platform, language: DocumentLanguage): string {
  return language === "en" ? `${platform}.md` : `${platform}.zh-CN.md`;
}

/** A platform's whole catalogue in Markdown. */
export function renderDocument(platform: Platform, language: DocumentLanguage): string {
  const say = words[language];
  const rows = Object.values(catalogues[platform]);
  const beyond = rows.filter(isBeyond).length;
  const inputs = rows.map((row) => toSchema(toJsonSchema(row.input)));
  const shapes = new Map(inputs.flatMap(unionsOf).map((one) => [one.map(nameOf).join(), one]));
  const other = documentName(platform, language === "en" ? "zh" : "en");
  return [
    `# ${messages[language].vocabulary.platform[platform]}`,
    `[${say.other}](${other})`,
    say.count(rows.length, beyond),
    say.made,
    ...rows.map((row) => renderRow(row, language)),
    ...[...shapes.values()].map((one) => renderShapes(one, language)),
  ]
    .join("\n\n")
    .concat("\n");
}

function renderRow(row: Row, language: DocumentLanguage): string {
  const say = words[language];
  const { vocabulary, bots } = messages[language];
  const facts: [string, string][] = [
    [
      say.call,
      `\`${row.route.method} ${row.route.path}\`${say.over}${row.transports.map(nameOfTransport).join(" / ")}`,
    ],
    [say.risk, vocabulary.risk[row.risk]],
    [say.permission, `${permissions[row.permission][language]}${say.aside(codes([row.permission]))}`],
    [
      say.capability,
      row.capabilities.map((name) => `${nameAt(bots.capability, name)}${say.aside(codes([name]))}`).join(say.comma),
    ],
    [say.target, row.risk === "destructive" ? codes(row.target ?? ["bot"]) : ""],
    [say.source, row.source],
    [say.secretsIn, codes(row.secrets.input)],
    [say.secretsOut, codes(row.secrets.output)],
  ];
  return [
    `## ${cell(row.operation)}`,
    row.title[language],
    ...(isBeyond(row) ? [say.beyond] : []),
    ...(row.isAnonymous ? [say.anonymous] : []),
    facts
      .filter(([, text]) => text !== "")
      .map(([name, text]) => `- ${name}${say.colon}${text}`)
      .join("\n"),
    renderSchema(say.input, toSchema(toJsonSchema(row.input)), language),
    renderSchema(say.output, toSchema(toJsonSchema(row.output)), language),
    ...(row.traps.length > 0 ? [`**${say.traps}**`, row.traps.map((trap) => `- ${trap[language]}`).join("\n")] : []),
  ].join("\n\n");
}

function renderSchema(title: string, schema: Schema, language: DocumentLanguage): string {
  const lines = linesOf(schema);
  if (lines.length > 0) return `**${title}**\n\n${renderTable(lines, language)}`;
  const kind = schema.properties ? words[language].nothing : `\`${kindOf(schema)}\``;
  return `**${title}**${words[language].colon}${kind}`;
}

function renderTable(lines: ReturnType<typeof linesOf>, language: DocumentLanguage): string {
  const say = words[language];
  const line = (...cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(say.field, say.kind, say.required, say.meaning),
    line("---", "---", "---", "---"),
    ...lines.map(({ path, schema, isRequired }) =>
      line(
        `\`${path}\``,
        cell(kindOf(schema)),
        isRequired ? say.yes : "",
        cell((language === "zh" ? (schema.zh ?? schema.description) : schema.description) ?? ""),
      ),
    ),
  ].join("\n");
}

/** What a field of many shapes may hold, in a section of its own. */
function renderShapes(shapes: readonly Schema[], language: DocumentLanguage): string {
  const say = words[language];
  return [
    `## ${say.shapes}${say.colon}${cell(shapes.map(nameOf).join(", "))}`,
    say.shapesText,
    ...shapes.map((one) => `### ${cell(nameOf(one) ?? "")}\n\n${renderTable(linesOf(one), language)}`),
  ].join("\n\n");
}

/** The text at a dotted name, as the catalogues of the screens nest them. */
function nameAt(texts: object, name: string): string {
  const found = name
    .split(".")
    .reduce<unknown>((at, part) => Object.entries(at ?? {}).find(([key]) => key === part)?.[1], texts);
  if (typeof found !== "string") throw new Error(`no name for ${name}`);
  return found;
}

function nameOfTransport(transport: Row["transports"][number]): string {
  return { http: "HTTP", ws: "WebSocket" }[transport];
}

function codes(paths: readonly string[]): string {
  return paths.map((path) => `\`${path}\``).join(", ");
}

/** Text in a table: a bar would end its cell, and signs of Markdown would be read as such. */
function cell(text: string): string {
  return text.replaceAll(/[|<>*_[\]]/g, "\\$&").replaceAll("\n", " ");
}
