"use client";

import { type RefObject, useEffect, useState } from "react";
import { cardBelow } from "./table-column";

const headRem = 2.25;

/** Of a row and of the header, px: what the stylesheet makes of them at the table's width and the reader's letters. */
export function useTableSize(
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  cardHeight: number,
): { rowPx: number; headPx: number } {
  const [size, setSize] = useState({ rowPx: rowHeight * 16, headPx: headRem * 16 });
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const look = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const isCard = box.getBoundingClientRect().width < cardBelow * rem;
      const next = { rowPx: (isCard ? cardHeight : rowHeight) * rem, headPx: isCard ? 0 : headRem * rem };
      setSize((before) => (before.rowPx === next.rowPx && before.headPx === next.headPx ? before : next));
    };
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => observer.disconnect();
  }, [scroller, rowHeight, cardHeight]);
  return size;
}
