import type { ReactNode } from "react";
import classes from "./form.module.css";

/** A field of several fields. */
export function Group({
  label,
  description,
  error,
  children,
}: {
  label: string;
  description: string | undefined;
  error: string | undefined;
  children: ReactNode;
}) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{label}</legend>
      {description && <p className={classes.hint}>{description}</p>}
      {error && <p className={classes.fault}>{error}</p>}
      {children}
    </fieldset>
  );
}
