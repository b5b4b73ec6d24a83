"use client";

import { useClickOutside, useMergedRef } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef } from "react";
import classes from "./composer.module.css";
import { useFaceName } from "./face";
import { glyphOf, knownFaces } from "./faces";

/** The common faces. Arrows move among them, Escape closes. */
export function FacePicker({ onPick, onClose }: { onPick: (id: string) => void; onClose: () => void }) {
  const t = useTranslations("chats");
  const nameOf = useFaceName();
  const outside = useClickOutside<HTMLDivElement>(onClose);
  const box = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(outside, box);
  useEffect(() => box.current?.querySelector("button")?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      return onClose();
    }
    const all = [...(box.current?.querySelectorAll("button") ?? [])];
    const at = all.findIndex((button) => button.matches(":focus"));
    const first = all[0]?.offsetTop;
    const wide = Math.max(1, all.filter((button) => button.offsetTop === first).length);
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    <div ref={ref} className={classes.picker} role="dialog" aria-label={t("face")} onKeyDown={onKeyDown}>
      <div className={classes.faces}>
        {knownFaces.map((id, at) => (
          <button
            key={id}
            type="button"
            className={classes.faceOption}
            tabIndex={at === 0 ? 0 : -1}
            aria-label={nameOf(id)}
            title={nameOf(id)}
            onClick={() => {
              onPick(id);
              onClose();
            }}
          >
            {glyphOf(id)}
          </button>
        ))}
      </div>
    </div>
  );
}
