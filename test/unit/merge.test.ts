import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeRows } from "@/components/requests/merge";

interface Row {
  id: string;
  version: number;
  isListed: boolean;
}

const toId = (number: number) => `id-${String(number).padStart(4, "0")}`;

/** What the server answers: the newest first, in pages, `next` the last id of a page that is not the end. */
function read(rows: readonly Row[], sizes: readonly number[]) {
  const listed = rows.filter(({ isListed }) => isListed).toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const pages: { items: Row[]; next: string | null }[] = [];
  let cursor: string | null = "id-9999";
  for (const size of sizes) {
    if (cursor === null) break;
    const below: string = cursor;
    const rest: Row[] = listed.filter(({ id }) => id < below);
    const items = rest.slice(0, size);
    cursor = rest.length > size ? (items.at(-1)?.id ?? null) : null;
    pages.push({ items, next: cursor });
  }
  return { pages, pageParams: pages.map((_, at) => pages[at - 1]?.next ?? null) };
}

describe("rows that changed", () => {
  const states = fc.array(fc.record({ version: fc.nat(3), isListed: fc.boolean() }), { minLength: 1, maxLength: 40 });
  const toRows = (list: { version: number; isListed: boolean }[]) =>
    list.map((state, number): Row => ({ id: toId(number), ...state }));

  it("leave the pages as if they had been read again down to where they reach", () => {
    fc.assert(
      fc.property(
        states,
        states,
        fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 4 }),
        (was, is, sizes) => {
          const before = toRows(was);
          // What the change does not name stayed as it was; new ones came on top.
          const after = toRows(is.length >= was.length ? is : [...is, ...was.slice(is.length)]);
          const asked = after
            .filter((row, at) => before[at]?.version !== row.version || before[at]?.isListed !== row.isListed)
            .map(({ id }) => id);
          const shown = read(before, sizes);
          const merged = mergeRows(
            shown,
            asked,
            after.filter(({ id, isListed }) => isListed && asked.includes(id)),
          );
          const end = shown.pages.at(-1)?.next ?? "";
          const expected = after.filter(({ id, isListed }) => isListed && id >= end).toReversed();
          expect(merged.pages.flatMap(({ items }) => items)).toEqual(expected);
          expect(merged.pages.map(({ next }) => next)).toEqual(shown.pages.map(({ next }) => next));
          expect(merged.pageParams).toEqual(shown.pageParams);
        },
      ),
    );
  });

  it("do not touch what was shown before", () => {
    const shown = read(toRows([{ version: 1, isListed: true }]), [5]);
    const copy = structuredClone(shown);
    mergeRows(shown, [toId(0), toId(1)], [{ id: toId(1), version: 1, isListed: true }]);
    expect(shown).toEqual(copy);
  });
});
