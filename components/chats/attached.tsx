"use client";

import { IconFile, IconPhoto, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useSize } from "../files/size";
import { IconButton } from "../icon-button";
import type { Attached } from "./attach";
import classes from "./attached.module.css";

/** Twice as many pixels as it is wide, for screens that have them. */
const side = 80;

/** A file in short: a small picture of it where it is one, its name and size. */
export function AttachedFile({ attached: { type, file } }: { attached: Attached }) {
  const size = useSize();
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    if (type !== "image") return;
    let isOver = false;
    const look = async () => {
      const { readPicture } = await import("../picture");
      const found = await readPicture(file, side);
      if (!isOver) setPicture(found);
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [type, file]);
  const Icon = type === "image" ? IconPhoto : IconFile;
  return (
    <span className={classes.file}>
      <span className={classes.face} aria-hidden="true">
        {picture === null ? (
          <Icon size={20} stroke={1.6} />
        ) : (
          // biome-ignore lint/performance/noImgElement: made in this tab; there is nothing to load.
          <img src={picture} alt="" />
        )}
      </span>
      <span className={classes.about}>
        <span className={classes.name}>{file.name}</span>
        <span className={classes.size}>{size(file.size)}</span>
      </span>
    </span>
  );
}

/** What goes out beside the words, each on its own. */
export function Tray({ tray, onRemove }: { tray: readonly Attached[]; onRemove: (key: string) => void }) {
  const t = useTranslations("chats");
  return (
    <ul className={classes.tray} aria-label={t("attached")}>
      {tray.map((attached) => (
        <li key={attached.key} className={classes.one}>
          <AttachedFile attached={attached} />
          <IconButton
            size={24}
            aria-label={t("detach", { name: attached.file.name })}
            onClick={() => onRemove(attached.key)}
          >
            <IconX size={15} stroke={1.8} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
