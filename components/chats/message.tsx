"use client";

import { IconPinned } from "@tabler/icons-react";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { memo } from "react";
import { formatExact, formatTime } from "@/lib/format";
import { href } from "@/lib/href";
import type { ChatMessage } from "../api";
import { Avatar } from "../avatar";
import Link from "../link";
import classes from "./message.module.css";
import { Delivery } from "./message-state";
import { Pieces } from "./pieces";
import { Reactions } from "./reactions";

export interface MessageActs {
  onReply: (message: ChatMessage) => void;
  onMenu: (message: ChatMessage, opener: HTMLElement) => void;
  onJump: (id: string) => void;
  onReact: (message: ChatMessage, faceId: string, isOn: boolean) => void;
  /** Sends again what failed, or may not have gone out. */
  onAgain: (message: ChatMessage) => void;
  onDiscard: (message: ChatMessage) => void;
  /** Can it be sent again from here? A picture sent from another tab cannot. */
  canAgain: (message: ChatMessage) => boolean;
}

interface MessageProps {
  message: ChatMessage;
  platform: string;
  /** The first of several by the same sender: it bears the name. */
  isFirst: boolean;
  isSought: boolean;
  hasMenu: boolean;
  /** The one that Tab leads to. */
  isCurrent: boolean;
  acts: MessageActs;
}

/** One message. Its acts are a key, a menu, or a long press away. */
export const Message = memo(function Message(props: MessageProps) {
  const { message, platform, isFirst, isSought, hasMenu, isCurrent, acts } = props;
  const t = useTranslations("chats");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const { id, sender, isOwn, at, pieces, recalled, sent, isEssence } = message;
  const name = sender.name || sender.id || t("somebody");
  const clock = (
    <time dateTime={at.toISOString()} title={formatExact(at, locale, timeZone)}>
      {formatTime(at, locale, timeZone)}
    </time>
  );
  const isPoke = pieces.length === 1 && pieces[0]?.type === "poke";
  const common = {
    "data-message": id,
    "data-sought": isSought || undefined,
    "data-menu": hasMenu || undefined,
    tabIndex: isCurrent ? 0 : -1,
  };
  if (isPoke) {
    return (
      <article className={classes.message} data-whole {...common} aria-label={t("by", { name })}>
        <Pieces pieces={pieces} /> <span className={classes.meta}>{clock}</span>
      </article>
    );
  }
  return (
    <article className={classes.message} data-first={isFirst || undefined} {...common} aria-label={t("by", { name })}>
      <div className={classes.side}>
        {isFirst ? <Avatar id={sender.id ?? name} name={name} src={sender.avatar} size={32} /> : clock}
      </div>
      <div className={classes.body}>
        {isFirst && (
          <div className={classes.head}>
            {sender.id && !isOwn ? (
              <Link className={classes.name} href={href.person(platform, sender.id)} tabIndex={-1}>
                {name}
              </Link>
            ) : (
              <span className={classes.name} data-own={isOwn || undefined}>
                {name}
              </span>
            )}
            {sent?.operatorName && <span className={classes.meta}>{t("sentBy", { name: sent.operatorName })}</span>}
            <span className={classes.meta}>{clock}</span>
          </div>
        )}
        <div className={classes.text} data-recalled={recalled ? true : undefined} data-faint={isFaint(sent)}>
          {recalled && pieces.length === 0 ? t("recalledUnseen") : <Pieces pieces={pieces} onJump={acts.onJump} />}
          {sent && !recalled && <Delivery.Mark sent={sent} />}
        </div>
        {recalled && (
          <span className={classes.note} data-tone="wait">
            {t.rich("recalled", {
              name: recalled.byName || recalled.by || "none",
              time: () => (
                <time dateTime={recalled.at.toISOString()} title={formatExact(recalled.at, locale, timeZone)}>
                  {formatTime(recalled.at, locale, timeZone)}
                </time>
              ),
            })}
          </span>
        )}
        {sent && <Delivery.Note message={message} sent={sent} acts={acts} />}
        {isEssence && (
          <span className={classes.note}>
            <IconPinned size={13} stroke={1.8} aria-hidden="true" />
            {t("essence")}
          </span>
        )}
        <Reactions message={message} onReact={acts.onReact} />
      </div>
      <Tools message={message} isCurrent={isCurrent} acts={acts} />
    </article>
  );
});

function isFaint(sent: ChatMessage["sent"]): true | undefined {
  return sent?.state === "sending" || sent?.state === "failed" || undefined;
}

/** Made once: there are two in every message. */
const arrow = (
  <svg className={classes.icon} viewBox="0 0 24 24" aria-hidden="true">
    <path d="M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-2" />
  </svg>
);
const dots = (
  <svg className={classes.icon} viewBox="0 0 24 24" aria-hidden="true">
    <path d="M5 12h.01M12 12h.01M19 12h.01" />
  </svg>
);

function Tools({ message, isCurrent, acts }: Pick<MessageProps, "message" | "isCurrent" | "acts">) {
  const t = useTranslations("chats");
  const tabIndex = isCurrent ? 0 : -1;
  return (
    <div className={classes.tools}>
      {message.can.reply && (
        <button
          type="button"
          className={classes.tool}
          tabIndex={tabIndex}
          aria-label={t("act.reply")}
          title={t("act.reply")}
          onClick={() => acts.onReply(message)}
        >
          {arrow}
        </button>
      )}
      <button
        type="button"
        className={classes.tool}
        tabIndex={tabIndex}
        aria-label={t("act.more")}
        title={t("act.more")}
        aria-haspopup="menu"
        onClick={(event) => acts.onMenu(message, event.currentTarget)}
      >
        {dots}
      </button>
    </div>
  );
}
