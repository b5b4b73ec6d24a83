"use client";

import { useMediaQuery } from "@mantine/hooks";
import { createSpotlight, SpotlightRoot } from "@mantine/spotlight";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import classes from "./palette.module.css";
import { PaletteList } from "./palette-list";

const [store, palette] = createSpotlight();

/** The palette itself, loaded when it is first asked for. Opens with each `turn`. */
export function PaletteDialogue({ turn }: { turn: number }) {
  const t = useTranslations("palette");
  const isPhone = useMediaQuery("(max-width: 47.99em)") ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new `turn` is the wish to open it.
  useEffect(() => palette.open(), [turn]);
  return (
    <SpotlightRoot
      store={store}
      shortcut="mod + K"
      tagsToIgnore={[]}
      triggerOnContentEditable
      aria-label={t("open")}
      size={600}
      yOffset="12vh"
      fullScreen={isPhone}
      radius={isPhone ? 0 : "lg"}
      shadow="none"
      centered={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      transitionProps={{ transition: "fade", duration: 80 }}
      classNames={{ content: classes.content ?? "", body: classes.body ?? "" }}
    >
      <PaletteList onDone={palette.close} />
    </SpotlightRoot>
  );
}
