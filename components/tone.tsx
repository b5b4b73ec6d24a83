"use client";

import type { ComponentType, ReactNode } from "react";
import { Tip } from "./tip";
import classes from "./tone.module.css";

/** `good` is kept for what is confirmed; nothing merely submitted is ever green. */
export type ToneName = "wait" | "busy" | "good" | "bad" | "odd" | "calm";

export type ToneIcon = ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: "true" }>;

interface ToneProps {
  tone: ToneName;
  icon: ToneIcon;
  children: ReactNode;
  /** What it means, on hover and on focus. */
  explanation?: string | undefined;
  bare?: boolean;
}

/** A state: icon and words, colour only on top of them. */
export function Tone({ tone, icon: Icon, children, explanation, bare = false }: ToneProps) {
  const badge = (
    <span data-bare={bare || undefined} className={`${classes.tone} ${classes[tone]} ${bare ? classes.bare : ""}`}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
  return explanation ? <Tip label={explanation}>{badge}</Tip> : badge;
}
