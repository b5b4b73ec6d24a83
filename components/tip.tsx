import { cloneElement, type ReactElement } from "react";

interface TipProps {
  label: string;
  /** One element, which takes what it is given on to the page. */
  children: ReactElement<{ "data-tip"?: string }>;
}

/**
 * Says more about its child: on hover, on focus by the keyboard, under a finger. The child is only marked; one layer
 * for the whole page (tip-layer.tsx) draws what is said, so a row with ten of these costs nothing until one is wanted.
 */
export function Tip({ label, children }: TipProps) {
  return cloneElement(children, { "data-tip": label });
}
