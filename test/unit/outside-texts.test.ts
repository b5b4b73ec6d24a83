import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { outsideTexts } from "../outside-texts";

const root = path.join(import.meta.dirname, "../..");
const screens = ["app", "components"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => path.join(folder, name)),
);

/** What is typed the same in every language; keys, too. */
const alike = new Set(["S", "U", "true", "array", "ws://127.0.0.1:3001", "http://127.0.0.1:3000"]);

describe("the screens", () => {
  it("draw no words but those of the catalogues", () => {
    expect(screens.length).toBeGreaterThan(100);
    const faults = screens.flatMap((name) =>
      outsideTexts(readFileSync(path.join(root, name), "utf8"))
        .filter((text) => !alike.has(text))
        .map((text) => `${name}: ${text}`),
    );
    expect(faults).toEqual([]);
  });
});

describe("words outside the catalogues are found", () => {
  it.each([
    ["between tags", "<p>Hello</p>", "Hello"],
    ["beside an expression", "<p>{count} requests</p>", "requests"],
    ["in Chinese", "<p>你好</p>", "你好"],
    ["as an expression", '<p>{"Hello"}</p>', "Hello"],
    ["in a condition", '<p>{isOn ? "On" : t("off")}</p>', "On"],
    ["behind a condition", '<p>{isOn && "On"}</p>', "On"],
    ["in a template", "<p>{`\u0024{count} new`}</p>", "new"],
    ["in a fragment", "<>Hello</>", "Hello"],
    ["in a title", '<a title="Open" />', "Open"],
    ["in a label for screen readers", '<button aria-label={"Close"} />', "Close"],
    ["in a label that depends", '<Button label={isOn ? "Stop" : t("go")} />', "Stop"],
    ["in a placeholder with a template", "<input placeholder={`Name of \u0024{what}`} />", "Name of"],
    ["in an alternative text", '<img alt="A face" />', "A face"],
  ])("%s", (_where, drawn, text) => {
    expect(outsideTexts(`export const Screen = () => (${drawn});`)).toEqual([text]);
  });

  it("and nothing else is", () => {
    const source = `import type { X } from "./words";
      export function Screen<T>({ kind }: { kind: T }) {
        const t = useTranslations("words");
        return <p className="some words" role="status" data-kind={kind as string}>{t("key")} · {kind === "friend" ? t("a") : null} 12 %</p>;
      }`;
    expect(outsideTexts(source)).toEqual([]);
  });
});
