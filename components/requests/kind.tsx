"use client";

import { IconMailOpened, IconUserPlus, IconUserQuestion, IconUsersPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { RequestKind } from "@/lib/request";
import type { ToneIcon } from "../tone";
import classes from "./kind.module.css";

const icons: Record<RequestKind, ToneIcon> = {
  friend: IconUserPlus,
  filtered_friend: IconUserQuestion,
  group_join: IconUsersPlus,
  group_invite: IconMailOpened,
};

/** What kind of request, with its icon. */
export function Kind({ kind }: { kind: RequestKind }) {
  const t = useTranslations("vocabulary");
  const Icon = icons[kind];
  return (
    <span className={classes.kind}>
      <Icon size={14} stroke={1.8} aria-hidden="true" />
      {t(`kind.${kind}`)}
    </span>
  );
}
