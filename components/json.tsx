import classes from "./json.module.css";
import { toJsonText } from "./json-text";

/** A value as indented JSON; scrolls inside itself, by keyboard too. */
export function Json({ label, value }: { label: string; value: unknown }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section className={classes.json} tabIndex={0} aria-label={label}>
      <pre>{toJsonText(value, 2)}</pre>
    </section>
  );
}
