"use client";

import { useTranslations } from "next-intl";
import { platforms } from "@/lib/platform";
import classes from "./platform-label.module.css";

/** By which platform a request came, in words. One that a later version knows is shown as it is stored. */
export function PlatformLabel({ platform }: { platform: string }) {
  const t = useTranslations("vocabulary");
  const known = platforms.find((name) => name === platform);
  return <span className={classes.platform}>{known ? t(`platform.${known}`) : platform}</span>;
}
