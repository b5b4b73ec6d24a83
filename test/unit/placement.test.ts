import { describe, expect, test } from "vitest";
import { placeBeside } from "@/components/placement";

const view = { width: 1000, height: 600 };
const box = { width: 200, height: 100 };
const at = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 20 });

describe("what floats beside something", () => {
  test("stands where it is wished while there is room", () => {
    expect(placeBeside(at(500, 300), box, view, { side: "bottom", align: "end", gap: 4 })).toEqual({
      left: 340,
      top: 324,
    });
    expect(placeBeside(at(500, 300), box, view, { side: "top", align: "center", gap: 5 })).toEqual({
      left: 420,
      top: 195,
    });
    expect(placeBeside(at(500, 300), box, view, { side: "top", align: "start", gap: 4 })).toEqual({
      left: 500,
      top: 196,
    });
  });

  test("goes to the other side when only there is room", () => {
    expect(placeBeside(at(500, 560), box, view, { side: "bottom", align: "start", gap: 4 }).top).toBe(456);
    expect(placeBeside(at(500, 20), box, view, { side: "top", align: "start", gap: 4 }).top).toBe(44);
  });

  test("never leaves the window", () => {
    expect(placeBeside(at(0, 300), box, view, { side: "bottom", align: "end", gap: 4 }).left).toBe(8);
    expect(placeBeside(at(960, 300), box, view, { side: "bottom", align: "start", gap: 4 }).left).toBe(792);
    const tall = { width: 200, height: 590 };
    expect(placeBeside(at(500, 300), tall, view, { side: "bottom", align: "start", gap: 4 }).top).toBe(8);
  });
});
