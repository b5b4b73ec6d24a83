"use client";

import { Button, type ButtonProps } from "@mantine/core";
import type { ComponentProps } from "react";

type Root = ComponentProps<"button">;

/**
 * A button that keeps the focus when it cannot be pressed for now: while it saves, and once there is nothing left to be
 * saved. A browser takes the focus from what is disabled, and the next Tab begins at the top of the page; so it says that it
 * is, and does nothing. Without it the form is not sent by Enter either.
 */
export function SteadyButton(props: ButtonProps & Pick<Root, "aria-label" | "onClick" | "ref" | "type">) {
  return <Button {...props} renderRoot={(root) => <Still {...root} />} />;
}

function Still({ disabled, onClick, ...root }: Root) {
  return (
    <button
      {...root}
      aria-disabled={disabled || undefined}
      onClick={(event) => (disabled ? event.preventDefault() : onClick?.(event))}
    />
  );
}
