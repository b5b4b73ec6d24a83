/** An edge of a box on the screen, px; what `getBoundingClientRect` gives is one. */
interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

interface Size {
  width: number;
  height: number;
}

export interface Wish {
  side: "top" | "bottom";
  align: "start" | "center" | "end";
  /** Between the two, px. */
  gap: number;
}

/** Nothing that floats comes nearer to the edge of the window, px. */
const margin = 8;

/**
 * Where something that floats stands beside what it belongs to: on the wished side, or on the other when only there is
 * room for it, and never beyond the edge of the window.
 */
export function placeBeside(anchor: Box, floating: Size, view: Size, { side, align, gap }: Wish) {
  const room = { top: anchor.top - gap - margin, bottom: view.height - anchor.bottom - gap - margin };
  const other = side === "top" ? "bottom" : "top";
  const at = room[side] < floating.height && room[other] > room[side] ? other : side;
  const top = at === "top" ? anchor.top - gap - floating.height : anchor.bottom + gap;
  const left = {
    start: anchor.left,
    center: (anchor.left + anchor.right - floating.width) / 2,
    end: anchor.right - floating.width,
  }[align];
  return {
    top: Math.round(within(top, view.height - floating.height - margin)),
    left: Math.round(within(left, view.width - floating.width - margin)),
  };
}

function within(value: number, most: number): number {
  return Math.max(margin, Math.min(value, most));
}
