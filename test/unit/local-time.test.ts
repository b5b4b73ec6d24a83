import { expect, it } from "vitest";
import { readAuditFilter } from "@/components/audit/query";
import { momentsFrom } from "@/components/requests/moments";
import { atHourIn, fromLocalTime, toLocalTime } from "@/lib/local-time";

const inKathmandu = (text: string) => fromLocalTime(text, "Asia/Kathmandu")?.toISOString();
const inNewYork = (text: string) => fromLocalTime(text, "America/New_York")?.toISOString();

it("a time is read and shown by the zone's clock, whatever the machine's zone is", () => {
  expect(inKathmandu("2026-03-01T00:30")).toBe("2026-02-28T18:45:00.000Z");
  expect(toLocalTime(new Date("2026-02-28T18:45:59.999Z"), "Asia/Kathmandu")).toBe("2026-03-01T00:30");
  expect(toLocalTime(new Date("2026-12-31T16:00:00Z"), "Asia/Shanghai")).toBe("2027-01-01T00:00");
  expect(inKathmandu("2026-03-01")).toBe("2026-02-28T18:15:00.000Z");
  expect(fromLocalTime("2026-06-15T12:00", "Pacific/Kiritimati")?.toISOString()).toBe("2026-06-14T22:00:00.000Z");
  expect(fromLocalTime("2026-06-15T12:00", "Pacific/Pago_Pago")?.toISOString()).toBe("2026-06-15T23:00:00.000Z");
});

it("around the beginning of summer: the hour that is left out is the one after it", () => {
  expect(inNewYork("2026-03-08T01:59")).toBe("2026-03-08T06:59:00.000Z");
  expect(inNewYork("2026-03-08T02:30")).toBe("2026-03-08T07:30:00.000Z");
  expect(inNewYork("2026-03-08T03:00")).toBe("2026-03-08T07:00:00.000Z");
  expect(fromLocalTime("2026-10-04T02:10", "Australia/Lord_Howe")?.toISOString()).toBe("2026-10-03T15:40:00.000Z");
});

it("around the end of summer: of the hour that comes twice it is the first", () => {
  expect(inNewYork("2026-11-01T00:59")).toBe("2026-11-01T04:59:00.000Z");
  expect(inNewYork("2026-11-01T01:30")).toBe("2026-11-01T05:30:00.000Z");
  expect(inNewYork("2026-11-01T02:00")).toBe("2026-11-01T07:00:00.000Z");
});

it("the hours of a year come back as what was shown, but for the second of two", () => {
  for (const zone of ["Europe/London", "America/St_Johns"]) {
    const wrong: string[] = [];
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 5 * 3_600_000) {
      const shown = toLocalTime(new Date(at), zone);
      const back = fromLocalTime(shown, zone)?.getTime() ?? Number.NaN;
      const isSecond = back < at && toLocalTime(new Date(back), zone) === shown;
      if (back !== at && !isSecond) wrong.push(shown);
    }
    expect(wrong, zone).toEqual([]);
  }
});

it("what is no time is none", () => {
  for (const text of ["", "soon", "2026-13-01", "2026-02-30T10:00", "2026-02-28T24:00", "2026-02-28T10:61"])
    expect(fromLocalTime(text, "UTC"), text).toBeNull();
});

it("mornings are those of the zone, on the days when clocks change too", () => {
  const saturday = new Date("2026-03-07T20:00:00Z");
  expect(atHourIn("America/New_York", saturday, 1, 9).toISOString()).toBe("2026-03-08T13:00:00.000Z");
  // In New York it is Saturday afternoon; in Auckland it is Sunday morning already.
  const names = (zone: string) => momentsFrom(saturday, zone).map(({ name, at }) => `${name} ${toLocalTime(at, zone)}`);
  expect(names("America/New_York")).toEqual([
    "hour 2026-03-07T16:00",
    "evening 2026-03-07T18:00",
    "tomorrow 2026-03-08T09:00",
    "monday 2026-03-09T09:00",
  ]);
  expect(names("Pacific/Auckland")).toEqual([
    "hour 2026-03-08T10:00",
    "evening 2026-03-08T18:00",
    "tomorrow 2026-03-09T09:00",
    "monday 2026-03-09T09:00",
  ]);
});

it("the record is asked for the reader's times; what its address calls a time and is none is left out", () => {
  expect(readAuditFilter({ from: "2026-03-01T00:30", to: "2026-03-02" }, "Asia/Kathmandu")).toEqual({
    from: new Date("2026-02-28T18:45:00Z"),
    to: new Date("2026-03-01T18:15:00Z"),
  });
  expect(readAuditFilter({ from: "2026-99-99T10:00" }, "Asia/Kathmandu")).toEqual({});
});
