import { useEffect, useRef, useState } from "react";

/** True from when it was first open: until then there is nothing to draw, and afterwards it closes in its own time. */
export function useWasOpen(isOpen: boolean): boolean {
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  return wasOpen || isOpen;
}

/**
 * `isOpen`, a moment later when it is first drawn: Mantine notes where the focus came from when a dialogue goes from
 * closed to open, not when it is made open. Taken away while open, the focus goes back too.
 */
export function useOpening(isOpen: boolean): boolean {
  const [isShown, setShown] = useState(false);
  const from = useRef<Element | null>(null);
  useEffect(() => {
    if (isOpen) from.current = document.activeElement;
    setShown(isOpen);
  }, [isOpen]);
  useEffect(
    () => () => {
      // Taken out with what had it, the focus is nowhere.
      const { activeElement: now } = document;
      if ((now === null || now === document.body) && from.current instanceof HTMLElement)
        from.current.focus({ preventScroll: true });
    },
    [],
  );
  return isShown;
}
