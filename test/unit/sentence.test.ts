import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { gapIn } from "@/lib/sentence";

describe("two sentences", () => {
  it("stand a space apart, but not behind a Chinese full stop", () => {
    expect([gapIn("en"), gapIn("zh-CN")]).toEqual([" ", ""]);
  });

  it("of a failure are nowhere joined by a space that is written down", () => {
    const folder = path.join(import.meta.dirname, "../../components");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
    const joined = files.filter((file) =>
      /\b(?:what|not|next)\}(?: |\{" "\}\s*)\$?\{[^}]*\b(?:what|not|next)\b/.test(
        readFileSync(path.join(folder, file), "utf8"),
      ),
    );
    expect(files.length).toBeGreaterThan(300);
    expect(joined).toEqual([]);
  });
});
