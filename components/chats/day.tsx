import type { ReactNode } from "react";
import classes from "./message-list.module.css";

/** A line between two days, or before what nobody has read. */
export function Day({ children, isUnread = false }: { children: ReactNode; isUnread?: boolean }) {
  return (
    <div className={classes.day} data-unread={isUnread || undefined}>
      {children}
    </div>
  );
}
