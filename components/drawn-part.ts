import { type ComponentType, use, useState } from "react";
import { presentParameters } from "./search-params";

/**
 * Loads a part once, whoever asks.
 * @param isOpen does the page begin with it at this address? Then it is fetched as soon as this is known, and not when
 *   React has come so far.
 */
export function once<T>(load: () => Promise<T>, isOpen?: (address: URLSearchParams) => boolean): () => Promise<T> {
  let loading: Promise<T> | null = null;
  const get = () => {
    loading ??= load();
    return loading;
  };
  if (typeof window !== "undefined" && isOpen?.(presentParameters())) get();
  return get;
}

/**
 * A part of a page comes when it is first opened, and is drawn by the server where the address has it open. As a late
 * part alone it would be drawn twice there: React keeps what the server drew of it only until something around it
 * changes, and its script is later than that; it vanished for a moment, and with it the focus and what was being
 * pressed. So a page that opens with the part begins once the part's script is there, too.
 * @param isOpen is the part open as the page begins?
 * @param load as `once` made it: the same promise each time.
 * @returns the part where the page began with it, else `late`; the same for as long as the caller is shown.
 */
export function useDrawnPart<P>(
  isOpen: boolean,
  load: () => Promise<ComponentType<P>>,
  late: ComponentType<P>,
): ComponentType<P> {
  const [began] = useState(isOpen);
  return began ? use(load()) : late;
}
