"use client";

import { UnstyledButton } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { IconButton } from "../icon-button";
import { openPalette, usePaletteTurn } from "./opener";
import classes from "./palette.module.css";

const Dialogue = dynamic(() => import("./palette-dialogue").then((module) => module.PaletteDialogue), { ssr: false });

/** The palette behind every page: nothing but its keys until it is first opened. */
export function Palette() {
  const turn = usePaletteTurn();
  // Once it is there, it listens for its keys itself.
  useEffect(() => {
    if (turn > 0) return;
    const listen = (event: KeyboardEvent) => {
      const { ctrlKey, metaKey, altKey, shiftKey, key } = event;
      if (ctrlKey === metaKey || altKey || shiftKey || key.toLowerCase() !== "k") return;
      event.preventDefault();
      openPalette();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [turn]);
  return turn === 0 ? null : <Dialogue turn={turn} />;
}

/** Where one would look for a search: a field in the column, its icon on a phone. */
export function PaletteButton({ compact = false }: { compact?: boolean }) {
  const t = useTranslations("palette");
  const isMounted = useMounted();
  const key = isMounted && /mac|iphone|ipad/i.test(navigator.platform) ? "⌘K" : "Ctrl K";
  if (compact)
    return (
      <IconButton className={classes.compact} size={32} aria-label={t("open")} onClick={openPalette}>
        <IconSearch size={18} stroke={1.8} />
      </IconButton>
    );
  return (
    <UnstyledButton
      className={classes.field}
      aria-label={t("open")}
      aria-keyshortcuts="Control+K"
      onClick={openPalette}
    >
      <IconSearch size={15} stroke={1.8} aria-hidden="true" />
      <span className={classes.word}>{t("find")}</span>
      <span className={classes.key} aria-hidden="true">
        {key}
      </span>
    </UnstyledButton>
  );
}
