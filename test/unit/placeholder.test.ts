import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillPlaceholders, leftIn, placeholderNames, placeholdersIn, unfilled } from "@/lib/placeholder";

describe("placeholders", () => {
  test("are words between double braces, each named once", () => {
    expect(placeholdersIn("{{name}} { {id}} {{ group }} {{name}} {{群 规}} {{}} {one}")).toEqual([
      "name",
      "group",
      "群 规",
    ]);
  });

  test("of their own are for a person to fill", () => {
    expect(unfilled("{{name}} {{rule}}")).toEqual(["rule"]);
  });

  test("stay where there is no value, and are told before", () => {
    const values = { name: "Mei", group: "" };
    expect(fillPlaceholders("{{name}} {{group}} {{rule}}", values)).toBe("Mei {{group}} {{rule}}");
    expect(leftIn("{{name}} {{group}} {{rule}}", values)).toEqual(["group", "rule"]);
  });

  test("filled with `$&` and its like are filled with exactly that", () => {
    expect(fillPlaceholders("{{name}}!", { name: "$&$1" })).toBe("$&$1!");
  });

  test("cannot come out of a value, whatever it is", () => {
    const value = fc.string({ unit: fc.constantFrom("{", "}", "name", "id", " ", "x") });
    fc.assert(
      fc.property(value, value, (name, id) => {
        const text = placeholderNames.map((each) => `[{{${each}}}]`).join("");
        const filled = fillPlaceholders(text, {
          name,
          id,
          group: "g",
          groupId: "1",
          bot: "b",
          operator: "o",
          date: "d",
        });
        const empty = [...(name === "" ? ["name"] : []), ...(id === "" ? ["id"] : [])];
        expect(placeholdersIn(filled)).toEqual(empty);
      }),
    );
  });
});
