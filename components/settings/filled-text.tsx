"use client";

import { Fragment } from "react";
import { fillPlaceholders, type PlaceholderValues, placeholdersIn, unfilled } from "@/lib/placeholder";
import classes from "./canned-editor.module.css";

interface FilledTextProps {
  text: string;
  values: PlaceholderValues;
}

/** A text with its placeholders filled, what was put in and what is still open marked as such. */
export function FilledText({ text, values }: FilledTextProps) {
  const parts = text.split(/(\{\{[^{}]*\}\})/);
  return parts.map((part, at) => {
    const [name] = placeholdersIn(part);
    // The parts of one text stay where they are: their place is their name.
    const key = `${at}`;
    if (name === undefined) return <Fragment key={key}>{part}</Fragment>;
    return (
      <mark key={key} className={classes.mark} data-open={unfilled(part).length > 0 || undefined}>
        {fillPlaceholders(part, values)}
      </mark>
    );
  });
}
