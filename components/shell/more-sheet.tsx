"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Drawer } from "../drawer";
import classes from "./more-sheet.module.css";
import { PlaceLink } from "./place-link";
import { isAt, type Place } from "./places";

/** The places that do not fit a phone's bar, from below, where the thumb is. Whatever stands below the column of places on a wide screen belongs here too. */
export function MoreSheet({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const t = useTranslations("navigation");
  const common = useTranslations("common");
  const path = usePathname();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      title={t("more")}
      closeButtonProps={{ "aria-label": common("close"), size: 44 }}
      classNames={{ content: classes.sheet }}
    >
      <ul className={classes.list}>
        {places.map((place) => (
          <li key={place.name} className={classes.item}>
            <PlaceLink place={place} isHere={isAt(path, place)} />
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
