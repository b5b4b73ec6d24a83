import { InputBase, type InputBaseProps } from "@mantine/core";
import type { ComponentProps } from "react";
import classes from "./text-box.module.css";

/** What of a text field's own is asked for somewhere. */
type Native =
  | "ref"
  | "aria-label"
  | "autoComplete"
  | "lang"
  | "maxLength"
  | "onChange"
  | "onKeyDown"
  | "placeholder"
  | "readOnly"
  | "spellCheck"
  | "value";

interface TextBoxProps
  extends Pick<InputBaseProps, "label" | "description" | "error" | "className">,
    Pick<ComponentProps<"textarea">, Native> {
  "data-autofocus"?: boolean;
  /** So high when it is empty, lines. */
  minRows?: number;
  /** So high at most, lines; then it scrolls. */
  maxRows?: number;
  inputClassName?: string | undefined;
}

/** A field of several lines that grows with what is typed into it. */
export function TextBox({ minRows = 1, maxRows = 16, inputClassName = "", ...rest }: TextBoxProps) {
  return (
    <InputBase<"textarea">
      component="textarea"
      size="sm"
      multiline
      rows={minRows}
      __vars={{ "--rows": String(minRows), "--most": String(maxRows) }}
      classNames={{ input: `${classes.input} ${inputClassName}` }}
      {...rest}
    />
  );
}
