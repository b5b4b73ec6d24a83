"use client";

import { Skeleton } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./conversation.module.css";
import list from "./message-list.module.css";

const ghosts = ["62%", "40%", "78%", "52%", "34%", "66%"];

/** Messages that are on their way. */
export function MessagesSkeleton() {
  const t = useTranslations("common");
  return (
    <div className={classes.ghostBox} role="status" aria-label={t("loading")}>
      <div className={list.ghosts}>
        {ghosts.map((width) => (
          <div key={width} className={list.ghost}>
            <Skeleton width={32} height={32} radius={10} />
            <div className={list.lines}>
              <Skeleton height={12} width="7rem" />
              <Skeleton height={13} width={width} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

/** A conversation that is on its way. */
export function ConversationSkeleton() {
  return (
    <div className={classes.conversation}>
      <div className={classes.head}>
        <Skeleton width={32} height={32} radius={10} />
        <Skeleton height={14} width="9rem" />
      </div>
      <MessagesSkeleton />
    </div>
  );
}
