"use client";

/** The slot below the list for taking back this tab's newest decision (`useOwnDecisions`); binds "u". */
export function UndoBar() {
  return null;
}
