"use client";

import classes from "./switch.module.css";

/** One of a few ways to look at something; each a button that says whether it is on. */
export function Switch<Name extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Name;
  options: readonly { name: Name; text: string }[];
  onChange: (name: Name) => void;
}) {
  return (
    <fieldset className={classes.switch} aria-label={label}>
      {options.map(({ name, text }) => (
        <button
          key={name}
          type="button"
          className={classes.option}
          aria-pressed={name === value}
          onClick={() => onChange(name)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
