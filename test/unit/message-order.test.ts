import { describe, expect, it } from "vitest";
import { mergeOrder } from "@/server/desk/message-order";

describe("messages of one second", () => {
  it("stand as the page has them, and what it lacks keeps its neighbour", () => {
    expect(mergeOrder(["a", "x", "c"], ["a", "b", "c"], "before")).toEqual(["a", "x", "b", "c"]);
    expect(mergeOrder(["c", "a"], ["a", "b", "c"], "after")).toEqual(["a", "b", "c"]);
    expect(mergeOrder(["x", "a"], ["a", "b"], "after")).toEqual(["x", "a", "b"]);
  });

  it("go before or after what is stored when the page knows none of it", () => {
    expect(mergeOrder(["c"], ["a", "b"], "before")).toEqual(["a", "b", "c"]);
    expect(mergeOrder(["a"], ["b", "c"], "after")).toEqual(["a", "b", "c"]);
    expect(mergeOrder([], [], "after")).toEqual([]);
  });
});
