"use client";

import { useTranslations } from "next-intl";
import { glyphOf, isKnownFace } from "./faces";
import classes from "./pieces.module.css";

/** The name of a face; by its number where it has none here. */
export function useFaceName(): (id: string) => string {
  const t = useTranslations("chats");
  return (id) => (isKnownFace(id) ? t(`faces.${id}`) : t("faceNumber", { id }));
}

/** A face inside a text. */
export function Face({ id }: { id: string }) {
  const nameOf = useFaceName();
  const glyph = glyphOf(id);
  const name = nameOf(id);
  if (glyph === null) return <span className={classes.unknown}>{name}</span>;
  return (
    <span className={classes.face} role="img" aria-label={name} title={name}>
      {glyph}
    </span>
  );
}
