"use client";

import { useTranslations } from "next-intl";
import type { Highlight } from "../api";

/** What a message says as one text; what is no text is named. */
export function usePiecesText(): (pieces: Highlight["pieces"]) => string {
  const t = useTranslations("groups");
  return (pieces) =>
    pieces
      .map((piece) => {
        switch (piece.type) {
          case "text":
            return piece.text;
          case "mention":
            return `@${piece.userId}`;
          case "file":
            return piece.name ? t("piece.fileNamed", { name: piece.name }) : t("piece.file");
          default:
            return t(`piece.${piece.type}`);
        }
      })
      .join(" ");
}
