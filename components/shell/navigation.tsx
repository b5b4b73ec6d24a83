"use client";

import { UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useSessionInfo } from "./access";
import classes from "./navigation.module.css";
import { PlaceLink } from "./place-link";
import { isAt, placesOf } from "./places";

const MoreSheet = dynamic(() => import("./more-sheet").then(({ MoreSheet }) => MoreSheet), { ssr: false });

/**
 * The places of the desk the operator can go to: a column beside the page; on a phone a bar below it with the four most
 * used, and a sheet with the rest.
 */
export function Navigation() {
  const t = useTranslations("navigation");
  const path = usePathname();
  const { open, bar } = placesOf(useSessionInfo());
  const [isMore, more] = useDisclosure(false);
  const rest = open.filter((place) => !bar.has(place));
  // biome-ignore lint/correctness/useExhaustiveDependencies: wherever one went, the sheet has done its part.
  useEffect(() => more.close(), [path]);
  return (
    <nav className={classes.nav} aria-label={t("label")}>
      <ul className={classes.list}>
        {open.map((place, at) => (
          <li
            key={place.name}
            className={classes.item}
            data-bar={bar.has(place) || undefined}
            data-begins={(at > 0 && open[at - 1]?.kind !== place.kind) || undefined}
          >
            <PlaceLink place={place} isHere={isAt(path, place)} />
          </li>
        ))}
        {rest.length > 0 && (
          <li className={classes.moreItem}>
            <UnstyledButton
              className={classes.link}
              data-here={rest.some((place) => isAt(path, place)) || undefined}
              aria-haspopup="dialog"
              aria-expanded={isMore}
              onClick={more.open}
            >
              <IconDots size={18} stroke={1.7} aria-hidden="true" />
              <span className={classes.label}>{t("more")}</span>
            </UnstyledButton>
          </li>
        )}
      </ul>
      {isMore && <MoreSheet places={rest} onClose={more.close} />}
    </nav>
  );
}
