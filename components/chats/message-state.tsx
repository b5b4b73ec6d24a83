"use client";

import { IconAlertTriangle, IconCheck, IconClock } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ChatMessage } from "../api";
import { useFailureText } from "../failure";
import type { MessageActs } from "./message";
import classes from "./message.module.css";

type Sent = NonNullable<ChatMessage["sent"]>;

/** A quiet sign behind the words: on its way, taken by the platform, or seen there. */
function Mark({ sent: { state } }: { sent: Sent }) {
  const t = useTranslations("chats");
  if (state === "failed" || state === "unknown") return null;
  const Icon = state === "confirmed" ? IconCheck : state === "sending" ? IconClock : null;
  return (
    <span className={classes.state} title={t(`delivery.${state}`)}>
      {Icon ? (
        <>
          <Icon size={13} stroke={2} aria-hidden="true" role="presentation" />
          <span className={classes.hidden}>{t(`delivery.${state}`)}</span>
        </>
      ) : (
        t(`delivery.${state}`)
      )}
    </span>
  );
}

/** Why one did not go out, or may have, and what can be done about it. */
function Note({ message, sent, acts }: { message: ChatMessage; sent: Sent; acts: MessageActs }) {
  const t = useTranslations("chats");
  const textOf = useFailureText();
  const { state, error, platformText } = sent;
  if (state !== "failed" && state !== "unknown") return null;
  const isFailed = state === "failed";
  const why = platformText || (error ? textOf({ code: error, detail: {} }).what : "");
  return (
    <div className={classes.note} data-tone={isFailed ? "bad" : "odd"}>
      <IconAlertTriangle size={14} stroke={1.9} aria-hidden="true" />
      <span>{isFailed ? t("notSent", { why }) : t("maybeSent", { why })}</span>
      {acts.canAgain(message) && (
        <button type="button" className={classes.do} onClick={() => acts.onAgain(message)}>
          {isFailed ? t("again") : t("againAnyway")}
        </button>
      )}
      {isFailed && (
        <button type="button" className={classes.do} onClick={() => acts.onDiscard(message)}>
          {t("discard")}
        </button>
      )}
    </div>
  );
}

/** How far a message of one's own is known to have gone. */
export const Delivery = { Mark, Note };
