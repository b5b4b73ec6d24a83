import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { useMenu } from "./menu";
import classes from "./menu.module.css";
import { placeBeside, type Wish } from "./placement";

const wishes: Record<ReturnType<typeof useMenu>["position"], Wish> = {
  "bottom-start": { side: "bottom", align: "start", gap: 4 },
  "bottom-end": { side: "bottom", align: "end", gap: 4 },
  "top-start": { side: "top", align: "start", gap: 4 },
  "top-end": { side: "top", align: "end", gap: 4 },
};

/**
 * The open list of a menu: takes the focus, moves it with the arrows, and closes on Escape, on a press elsewhere, and when
 * the focus goes elsewhere.
 */
export function MenuBox({ className, children }: { className: string | undefined; children: ReactNode }) {
  const { id, change, target, position, width } = useMenu();
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    // In the browser's top layer: above dialogues, and cut off by nothing.
    element.showPopover();
    const place = () => {
      const anchor = target.current?.getBoundingClientRect();
      if (!anchor) return;
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const { top, left } = placeBeside(anchor, size, { width: innerWidth, height: innerHeight }, wishes[position]);
      element.style.translate = `${left}px ${top}px`;
    };
    place();
    const first = element.querySelector<HTMLElement>("[data-autofocus]") ?? itemsOf(element)[0] ?? element;
    first.focus({ preventScroll: true });
    const watch = new ResizeObserver(place);
    watch.observe(element);
    window.addEventListener("resize", place);
    document.addEventListener("scroll", place, true);
    return () => {
      watch.disconnect();
      window.removeEventListener("resize", place);
      document.removeEventListener("scroll", place, true);
    };
  }, [target, position]);

  useEffect(() => {
    const isInside = (node: EventTarget | null) =>
      node instanceof Node && (box.current?.contains(node) || target.current?.contains(node));
    // A press on its button is that button's to answer.
    const press = (event: Event) => !isInside(event.target) && change(false);
    // To nowhere: another window, or a press, which is looked at above.
    const leave = (event: FocusEvent) => event.relatedTarget && !isInside(event.relatedTarget) && change(false);
    const element = box.current;
    document.addEventListener("pointerdown", press, true);
    element?.addEventListener("focusout", leave);
    return () => {
      document.removeEventListener("pointerdown", press, true);
      element?.removeEventListener("focusout", leave);
    };
  }, [change, target]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape") {
      event.preventDefault();
      // Closes the menu alone, not what it stands in.
      event.stopPropagation();
      target.current?.focus({ preventScroll: true });
      change(false);
      return;
    }
    // A choice among the items has its own arrows.
    if (event.target instanceof Element && event.target.matches("select, input")) return;
    const items = itemsOf(event.currentTarget);
    const at = document.activeElement instanceof HTMLElement ? items.indexOf(document.activeElement) : -1;
    const to = step(event.key, at);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    items.at(to >= items.length ? 0 : to)?.focus();
  };

  return (
    <div
      ref={box}
      id={id}
      role="menu"
      popover="manual"
      tabIndex={-1}
      data-mantine-stop-propagation="true"
      className={`${classes.box} ${className ?? ""}`}
      style={{ width }}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

function itemsOf(box: Element): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>('[role="menuitem"]:not(:disabled)')];
}

/** Where a key leads from an item; below zero counts from the end. */
function step(key: string, at: number): number | null {
  if (key === "ArrowDown") return at + 1;
  if (key === "ArrowUp") return at === -1 ? -1 : at - 1;
  if (key === "Home") return 0;
  return key === "End" ? -1 : null;
}
