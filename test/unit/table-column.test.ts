import { describe, expect, test } from "vitest";
import { choose, type TableColumn, targetOf, tracksOf } from "@/components/table-column";

const rows = ["a", "b", undefined, "d", "e"];
const rowAt = (index: number) => rows[index];
const keyOf = (row: string) => row;
const selection = (chosen: string[], refused: string[] = []) => ({
  chosen: new Set(chosen),
  onChange: () => undefined,
  labelOf: keyOf,
  canChoose: (row: string) => !refused.includes(row),
});

describe("the columns of a table", () => {
  const cell = () => null;
  const columns: TableColumn<string>[] = [
    { key: "name", header: "Name", cell, priority: 3 },
    { key: "role", header: "Role", cell, width: 96 },
    { key: "seen", header: "Seen", cell, grow: 2, priority: 2 },
    { key: "raw", header: "Raw", cell, width: 64, priority: 3 },
  ];
  test("leave it by priority, and the first never does", () => {
    expect(tracksOf(columns, 3, true)).toBe("2.5rem minmax(0, 1fr) 6rem minmax(0, 2fr) 4rem");
    expect(tracksOf(columns, 2, false)).toBe("minmax(0, 1fr) 6rem minmax(0, 2fr)");
    expect(tracksOf(columns, 1, false)).toBe("minmax(0, 1fr) 6rem");
  });
});

describe("the keys of a table", () => {
  test.each([
    ["ArrowDown", 3, 4],
    ["ArrowDown", 9, 9],
    ["ArrowUp", 0, 0],
    ["PageDown", 2, 6],
    ["PageDown", 8, 9],
    ["PageUp", 2, 0],
    ["Home", 7, 0],
    ["End", 1, 9],
    ["x", 1, null],
  ] as const)("%s at %i", (key, at, target) => {
    expect(targetOf(key, at, 10, 5)).toBe(target);
  });

  test("lead nowhere in an empty one, and on in one that shows less than a row", () => {
    expect(targetOf("End", 0, 0, 5)).toBeNull();
    expect(targetOf("PageDown", 0, 3, 0)).toBe(1);
  });
});

describe("choosing rows", () => {
  test("toggles one", () => {
    expect([...choose(selection(["a"]), rowAt, keyOf, 1, null)]).toEqual(["a", "b"]);
    expect([...choose(selection(["a", "b"]), rowAt, keyOf, 1, null)]).toEqual(["a"]);
  });

  test("takes a range either way, without what is not loaded or cannot be chosen", () => {
    expect([...choose(selection([], ["d"]), rowAt, keyOf, 4, 0)]).toEqual(["a", "b", "e"]);
    expect([...choose(selection([]), rowAt, keyOf, 0, 3)]).toEqual(["a", "b", "d"]);
  });

  test("leaves all as it is where no row is loaded", () => {
    expect([...choose(selection(["a"]), rowAt, keyOf, 2, null)]).toEqual(["a"]);
  });
});
