import type { ComponentProps, CSSProperties } from "react";
import classes from "./icon-button.module.css";

interface IconButtonProps extends Omit<ComponentProps<"button">, "style" | "type"> {
  /** What it does: the icon says it to nobody who cannot see. */
  "aria-label": string;
  /** Its width and height, px. */
  size?: number;
  /** The one thing to do here. */
  isFilled?: boolean;
  /** Stands beside fields, and looks like one. */
  isOutlined?: boolean;
}

/** A button that is an icon. Looks like Mantine's, which takes as long to draw as the rest of a row in a list of them. */
export function IconButton({
  size = 28,
  isFilled = false,
  isOutlined = false,
  className = "",
  ...rest
}: IconButtonProps) {
  const style: CSSProperties & { "--size": string } = { "--size": `${size / 16}rem` };
  return (
    <button
      type="button"
      className={`${classes.button} ${className}`}
      style={style}
      data-filled={isFilled || undefined}
      data-outlined={isOutlined || undefined}
      {...rest}
    />
  );
}
