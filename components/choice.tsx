import { IconSelector } from "@tabler/icons-react";
import classes from "./choice.module.css";

export interface Option {
  value: string;
  label: string;
}

interface ChoiceProps {
  className?: string | undefined;
  label: string;
  value: string;
  options: readonly Option[];
  onPick: (value: string) => void;
  /** As high as what stands beside it: a small field, or one of the usual size. */
  isSmall?: boolean;
}

/** One of several, like Mantine's to look at: a list that is narrowed by it is spared all other kinds of fields. */
export function Choice({ className = "", label, value, options, onPick, isSmall = false }: ChoiceProps) {
  return (
    <span className={`${classes.choice} ${className}`}>
      <select
        className={classes.select}
        data-small={isSmall || undefined}
        aria-label={label}
        value={value}
        onChange={(event) => onPick(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <IconSelector className={classes.mark} size={15} stroke={1.7} aria-hidden="true" />
    </span>
  );
}
