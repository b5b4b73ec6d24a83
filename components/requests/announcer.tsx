"use client";

import classes from "./announcer.module.css";

const id = "queue-news";

/** Says something to a screen reader, politely and once. Nothing is drawn. */
export function announce(text: string): void {
  // Written to the element and not to state: the same words twice are said twice, and nothing is drawn again.
  const region = document.getElementById(id);
  if (region) region.textContent = text;
}

/** Stands as long as the queue does, so that what is said outlives the request it was said about. */
export function Announcer() {
  return <div id={id} className={classes.region} role="status" />;
}
