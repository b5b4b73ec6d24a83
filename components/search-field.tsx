"use client";

import { IconSearch, IconX } from "@tabler/icons-react";
import type { KeyboardEvent, Ref } from "react";
import classes from "./search-field.module.css";

interface SearchFieldProps {
  ref?: Ref<HTMLInputElement>;
  className?: string | undefined;
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** As high as what stands beside it: a small select, or one of the usual size. */
  isSmall?: boolean;
  /** What the cross is called that empties it; none: no cross. */
  clearLabel?: string;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** A field to search in, like Mantine's to look at: a page that has no other field is spared all of them. */
export function SearchField({
  ref,
  className,
  label,
  value,
  onChange,
  isSmall = false,
  clearLabel,
  ...rest
}: SearchFieldProps) {
  return (
    <div className={`${classes.field} ${className ?? ""}`} data-small={isSmall || undefined}>
      <IconSearch className={classes.glass} size={15} stroke={1.8} aria-hidden="true" />
      <input
        ref={ref}
        type="search"
        className={classes.input}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...rest}
      />
      {clearLabel !== undefined && value !== "" && (
        <button type="button" className={classes.clear} aria-label={clearLabel} onClick={() => onChange("")}>
          <IconX size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
