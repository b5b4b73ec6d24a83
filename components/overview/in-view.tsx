"use client";

import { useIntersection } from "@mantine/hooks";
import { type CSSProperties, type ReactNode, useEffect, useState } from "react";
import classes from "./overview.module.css";

/** Keeps the room of a chart and draws it once it has come near. `rows`: it is as high as so many bars need. */
export function InView({ rows, children }: { rows?: number; children: ReactNode }) {
  const { ref, entry } = useIntersection({ rootMargin: "200px" });
  const [wasSeen, setSeen] = useState(false);
  useEffect(() => {
    if (entry?.isIntersecting) setSeen(true);
  }, [entry?.isIntersecting]);
  // React's style type knows no custom properties; it is a plain number read by the stylesheet.
  const style = rows === undefined ? undefined : ({ "--rows": rows } as CSSProperties);
  return (
    <div ref={ref} className={classes.chart} data-rows={rows} style={style}>
      {wasSeen && children}
    </div>
  );
}
