/** Where what was pressed too early waits, on `window`. */
const place = "__gatehouseEarly";

/** More than somebody does on purpose while a page wakes up. */
const most = 8;

/** Frames: a button that is not there again after so many on a page that is awake was taken away for good. */
const mostTries = 60;

/**
 * A page is drawn before it can be used: the server sends it whole, its script comes after. Until that is there, a
 * button does nothing and a shortcut is heard by nobody, and on a slow phone that is seconds. This, run before anything
 * is drawn, keeps such clicks and keys, Ctrl or Cmd-K among them, and gives them once, in their order, when the page is
 * awake. Links lead on by themselves. A box is ticked and a field is filled at once, as the browser does it, but React
 * knows nothing of that and would count one box less than is seen ticked: it is told then, too. What React has drawn
 * anew meanwhile is found by its name, if only one has it; what was meant for one that is gone is dropped, so that it
 * holds up nothing pressed after it. Plain script: it has to be in the page itself.
 */
export const keepEarlyInput = `(() => {
  const kept = [];
  const filled = new Map();
  let tries = 0;
  const buttons = "button, [role=button], [role=tab]", boxes = "[type=checkbox], [type=radio]", fields = "input, textarea, select";
  const nameOf = (one) => one.getAttribute("aria-label") + [...(one.labels ?? [])].map((label) => label.textContent) + one.textContent;
  const keep = (act) => kept.length < ${most} && kept.push(act);
  const find = (one, kind, act) => {
    const name = nameOf(one);
    return () => {
      const alike = one.isConnected ? [one] : [...document.querySelectorAll(kind)].filter((other) => nameOf(other) === name);
      if (alike.length === 1) act(alike[0]);
      else alike[0]?.focus();
      return alike.length > 0;
    };
  };
  const click = (event) => {
    if (!event.isTrusted || !(event.target instanceof Element)) return;
    const { target, shiftKey } = event;
    if (target.matches(boxes)) {
      const isOn = target.checked;
      event.stopImmediatePropagation();
      keep(find(target, boxes, (box) => {
        box.checked = !isOn;
        box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
      }));
      return;
    }
    const button = target.closest(buttons);
    if (!button || button.closest("a[href]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keep(find(button, buttons, (one) => one.click()));
  };
  const fill = ({ target }) => {
    if (!(target instanceof Element) || !target.matches(fields) || target.matches(boxes + ", [type=file]")) return;
    const isFirst = !filled.has(target);
    filled.set(target, target.value);
    if (isFirst) keep(find(target, fields, (field) => {
      field.value = "";
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, filled.get(target));
      for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    }));
  };
  const press = (event) => {
    const { key, shiftKey, ctrlKey, metaKey, target } = event;
    if (!event.isTrusted || event.repeat || event.altKey || event.isComposing) return;
    if (ctrlKey !== metaKey && !shiftKey && key.toLowerCase() === "k") event.preventDefault();
    else if (ctrlKey || metaKey || key.length !== 1 || key === " " || (target instanceof Element && target.closest(fields))) return;
    event.stopImmediatePropagation();
    keep(() => {
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, ctrlKey, metaKey, bubbles: true, cancelable: true }));
      return true;
    });
  };
  addEventListener("click", click, true);
  addEventListener("input", fill, true);
  addEventListener("keydown", press, true);
  window.${place} = (isLate) => {
    while (!isLate && kept.length > 0) {
      if (!kept[0]() && tries++ < ${mostTries}) return false;
      tries = 0;
      kept.shift();
    }
    removeEventListener("click", click, true);
    removeEventListener("input", fill, true);
    removeEventListener("keydown", press, true);
    return true;
  };
})();`;

/** Who waited this long presses again: what was meant then must not happen out of nowhere, ms. */
const patience = 15_000;

/**
 * React wakes the page part by part and tells nobody which; a part it has taken over carries its mark, a key on the
 * element. Without that mark it would let a click fall through.
 */
function isAwake(element: Element): boolean {
  return Object.keys(element).some((key) => key.startsWith("__reactProps"));
}

/** Once every button and field of the page is awake, gives what was pressed before, once. Call it when React has begun. */
export function replayEarlyInput(): void {
  const replay: unknown = Reflect.get(window, place);
  if (typeof replay !== "function") return;
  const since = performance.now();
  const look = () => {
    const isLate = performance.now() - since > patience;
    const isReady =
      isLate ||
      (!document.querySelector("[data-asleep]") && [...document.querySelectorAll("button, input")].every(isAwake));
    if (!isReady || replay(isLate) === false) requestAnimationFrame(look);
  };
  // Once: what is drawn again later was awake before.
  Reflect.deleteProperty(window, place);
  // Not at once: Next follows addresses only from its own first effect on, and that comes after this one.
  requestAnimationFrame(look);
}
