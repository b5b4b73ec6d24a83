"use client";

import { useLocale, useTimeZone } from "next-intl";
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { formatExact } from "@/lib/format";
import { placeBeside } from "./placement";
import classes from "./tip-layer.module.css";

/** A pointer that only passes by asks for nothing, ms. */
const patience = 350;
/** What tells that other words are to be said. */
const shown = ["data-tip", "datetime"];
const wish = { side: "top", align: "center", gap: 5 } as const;

/**
 * Draws what `<Tip>` says: after a while under the pointer, at once for the keyboard, until the pointer or the focus goes,
 * something else is pressed, or Escape. While it is drawn, it describes its element to screen readers.
 */
export function TipLayer() {
  const id = useId();
  const [target, setTarget] = useState<HTMLElement | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (element: HTMLElement | null) => {
      clearTimeout(timer);
      setTarget(element);
    };
    const over = (event: Event) => {
      const element = marked(event.target);
      clearTimeout(timer);
      if (element) timer = setTimeout(show, patience, element);
      setTarget((current) => (current === element ? current : null));
    };
    const focus = (event: Event) => {
      const element = marked(event.target);
      if (element && event.target instanceof Element && event.target.matches(":focus-visible")) show(element);
    };
    const blur = () => show(null);
    const key = (event: KeyboardEvent) => event.key === "Escape" && show(null);
    const press = (event: Event) => {
      const element = marked(event.target);
      setTarget((current) => (current === element ? current : null));
    };
    document.addEventListener("mouseover", over);
    document.documentElement.addEventListener("mouseleave", blur);
    document.addEventListener("focusin", focus);
    document.addEventListener("focusout", blur);
    document.addEventListener("keydown", key, true);
    document.addEventListener("pointerdown", press, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("mouseover", over);
      document.documentElement.removeEventListener("mouseleave", blur);
      document.removeEventListener("focusin", focus);
      document.removeEventListener("focusout", blur);
      document.removeEventListener("keydown", key, true);
      document.removeEventListener("pointerdown", press, true);
    };
  }, []);

  return target && <Shown key={id} id={id} target={target} onGone={() => setTarget(null)} />;
}

function Shown({ id, target, onGone }: { id: string; target: HTMLElement; onGone: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const words = useWords();
  const [label, setLabel] = useState(() => words(target) ?? "");
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });

  useLayoutEffect(() => {
    setLabel(words(target) ?? "");
    // What only repeats its name describes nothing.
    if (target.hasAttribute("aria-describedby") || target.getAttribute("aria-label") === target.dataset.tip) return;
    target.setAttribute("aria-describedby", id);
    return () => target.removeAttribute("aria-describedby");
  }, [id, target, words]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other words need other room.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    // In the browser's top layer: above dialogues, and cut off by nothing.
    if (!element.matches(":popover-open")) element.showPopover();
    const place = () => {
      const anchor = target.getBoundingClientRect();
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const { top, left } = placeBeside(anchor, size, { width: innerWidth, height: innerHeight }, wish);
      element.style.translate = `${left}px ${top}px`;
    };
    place();
    window.addEventListener("resize", place);
    document.addEventListener("scroll", place, true);
    // The list goes on living: its words may change, and the element itself may go.
    const watch = new MutationObserver(() => {
      const now = target.isConnected ? words(target) : null;
      if (now === null) gone.current();
      else setLabel(now);
    });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: shown });
    return () => {
      window.removeEventListener("resize", place);
      document.removeEventListener("scroll", place, true);
      watch.disconnect();
    };
  }, [target, label, words]);

  return (
    <div ref={box} id={id} role="tooltip" popover="manual" className={classes.tip}>
      {label}
    </div>
  );
}

/** What is said of an element: its label, or of a time (relative-time.tsx) the whole of it, worded only when asked for. */
function useWords(): (target: HTMLElement) => string | null {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  return useCallback(
    (target) => {
      if (target instanceof HTMLTimeElement) return formatExact(new Date(target.dateTime), locale, timeZone);
      return target.dataset.tip ?? null;
    },
    [locale, timeZone],
  );
}

function marked(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element
    ? target.closest<HTMLElement>("[data-tip]:not([data-tip='']), time[data-tip-time]")
    : null;
}
