"use client";

/** The slot below the list for one decision over the selection (`useSelection`). */
export function BatchBar() {
  return null;
}
