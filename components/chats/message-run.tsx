"use client";

import { useTranslations } from "next-intl";
import { memo } from "react";
import { Day } from "./day";
import type { PlacedMessage } from "./days";
import { Message, type MessageActs } from "./message";
import classes from "./message-list.module.css";

interface MessageRunProps {
  run: readonly PlacedMessage[];
  platform: string;
  /** Each of these is an id where it is one of the run's. */
  unreadFrom: string | null;
  sought: string | null;
  menuOf: string | null;
  tabId: string | null;
  acts: MessageActs;
}

/** About as high is a message that was never in sight, rem. */
const height = 2.25;

/** A few messages that follow each other: drawn again when one of them changed, not with every one that is said. */
export const MessageRun = memo(function MessageRun(props: MessageRunProps) {
  const { run, platform, unreadFrom, sought, menuOf, tabId, acts } = props;
  const t = useTranslations("chats");
  return (
    <div className={classes.run} style={{ containIntrinsicHeight: `auto ${run.length * height}rem` }}>
      {run.map(({ message, isFirst }) => (
        <div key={message.id}>
          {message.id === unreadFrom && <Day isUnread>{t("unreadFrom")}</Day>}
          <Message
            message={message}
            platform={platform}
            isFirst={isFirst || message.id === unreadFrom}
            isSought={message.id === sought}
            hasMenu={message.id === menuOf}
            isCurrent={message.id === tabId}
            acts={acts}
          />
        </div>
      ))}
    </div>
  );
}, isSame);

function isSame(before: MessageRunProps, now: MessageRunProps): boolean {
  return (
    before.run.length === now.run.length &&
    before.run.every(
      ({ message, isFirst }, at) => message === now.run[at]?.message && isFirst === now.run[at]?.isFirst,
    ) &&
    before.platform === now.platform &&
    before.unreadFrom === now.unreadFrom &&
    before.sought === now.sought &&
    before.menuOf === now.menuOf &&
    before.tabId === now.tabId &&
    before.acts === now.acts
  );
}
