"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toJsonText } from "../json-text";
import classes from "./tree.module.css";

/** A list of ten thousand members must not be drawn at once. */
const atOnce = 100;

/** A JSON value to open and close. What is closed is not drawn. */
export function Tree({ name, value, isOpen = false }: { name: string; value: unknown; isOpen?: boolean }) {
  const t = useTranslations("console.answer");
  const [isShown, show] = useState(isOpen);
  const [count, setCount] = useState(atOnce);
  if (typeof value !== "object" || value === null) {
    return (
      <div className={classes.leaf}>
        <span className={classes.name}>{named(name)}</span> <code className={classes.value}>{toJsonText(value)}</code>
      </div>
    );
  }
  const entries = Object.entries(value);
  const size = entries.length;
  const words =
    size === 0 ? t("empty") : Array.isArray(value) ? t("items", { count: size }) : t("fields", { count: size });
  return (
    <details open={isShown} onToggle={(event) => show(event.currentTarget.open)} className={classes.node}>
      <summary className={classes.summary}>
        <span className={classes.name}>{named(name)}</span> <span className={classes.size}>{words}</span>
      </summary>
      {isShown && (
        <div className={classes.inner}>
          {entries.slice(0, count).map(([key, inner]) => (
            <Tree key={key} name={key} value={inner} />
          ))}
          {size > count && (
            <Button onClick={() => setCount(count + atOnce)}>
              {t("more", { count: Math.min(atOnce, size - count) })}
            </Button>
          )}
        </div>
      )}
    </details>
  );
}

/** A name out of the answer is the platform's text, too. */
function named(name: string): string {
  return toJsonText(name).slice(1, -1);
}
