"use client";

import { useTranslations } from "next-intl";
import Link from "../link";
import classes from "./navigation.module.css";
import type { Place } from "./places";

/** A place with what waits there. */
export function PlaceLink({ place, isHere }: { place: Place; isHere: boolean }) {
  const t = useTranslations("navigation");
  const { name, to, icon: Icon, count: Count } = place;
  return (
    <Link href={to} className={classes.link} aria-current={isHere ? "page" : undefined} data-here={isHere || undefined}>
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      <span className={classes.label}>{t(name)}</span>
      {Count && <Count />}
    </Link>
  );
}
