import { type FocusEvent, type RefObject, useEffect, useRef } from "react";

/** To be spread over the element that takes the focus in. */
interface KeptFocus<E extends HTMLElement> {
  ref: RefObject<E | null>;
  tabIndex: -1;
  onFocus: () => void;
  onBlur: (event: FocusEvent) => void;
}

/**
 * What has the focus may go away with what it did: a folder's line with the folder that it opened, a file's with the file.
 * The focus is nowhere then, and the next Tab begins at the top of the page; here it falls to the part around instead.
 * @param isElsewhere a dialogue is open, which looks after the focus itself.
 */
export function useKeptFocus<E extends HTMLElement>(isElsewhere: boolean): KeptFocus<E> {
  const ref = useRef<E>(null);
  const isInside = useRef(false);
  // After every drawing: whatever is taken away goes with one.
  useEffect(() => {
    if (isElsewhere || !isInside.current || document.activeElement !== document.body) return;
    ref.current?.focus({ preventScroll: true });
  });
  return {
    ref,
    tabIndex: -1,
    onFocus: () => {
      isInside.current = true;
    },
    // Not told of what is taken away while it has the focus; and what is only disabled, as a button that waits for its
    // answer, has not been left.
    onBlur: ({ target }) => {
      if (!target.matches(":disabled")) isInside.current = false;
    },
  };
}
