"use client";

import { IconAlertTriangle, IconClock } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ChatSending } from "../api";
import { useFailureText } from "../failure";
import { AttachedFile } from "./attached";
import { Face } from "./face";
import classes from "./message.module.css";
import type { Outgoing as OutgoingMessage } from "./outbox";
import { Words } from "./pieces";
import piece from "./pieces.module.css";

interface OutgoingProps {
  message: OutgoingMessage;
  nameOf: (userId: string) => string;
  onAgain: (message: OutgoingMessage) => void;
  onDiscard: (message: OutgoingMessage) => void;
}

/** A message on its way that the desk itself does not show yet. Sent again it is still the same one, never a second. */
export function Outgoing({ message, nameOf, onAgain, onDiscard }: OutgoingProps) {
  const t = useTranslations("chats");
  const textOf = useFailureText();
  const { failure, pieces, attached, part } = message;
  const percent = part === null ? null : Math.round(part * 100);
  return (
    <article className={classes.message} aria-label={t("onItsWay")} data-outgoing>
      <div className={classes.side} />
      <div className={classes.body}>
        <div className={classes.text} data-faint>
          {pieces.map((each, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what is sent does not change any more.
            <Sent key={at} piece={each} nameOf={nameOf} />
          ))}
          {attached && (
            <span className={piece.block}>
              <AttachedFile attached={attached} />
            </span>
          )}
          {failure === null && percent === null && (
            <span className={classes.state}>
              <IconClock size={13} stroke={2} aria-hidden="true" />
              <span className={classes.hidden}>{t("delivery.sending")}</span>
            </span>
          )}
        </div>
        {failure === null && percent !== null && (
          <div className={classes.going}>
            <progress max={100} value={percent} aria-label={t("bringing", { name: attached?.file.name ?? "" })} />
            <span>{t("percent", { percent })}</span>
            <button type="button" className={classes.do} onClick={() => onDiscard(message)}>
              {t("stop")}
            </button>
          </div>
        )}
        {failure !== null && (
          <div className={classes.note} data-tone={failure.isOpen ? "odd" : "bad"} role="alert">
            <IconAlertTriangle size={14} stroke={1.9} aria-hidden="true" />
            <span>{t(failure.isOpen ? "maybeSent" : "notSent", { why: textOf(failure).what })}</span>
            <button type="button" className={classes.do} onClick={() => onAgain(message)}>
              {t("again")}
            </button>
            <button type="button" className={classes.do} onClick={() => onDiscard(message)}>
              {t("discard")}
            </button>
          </div>
        )}
      </div>
    </article>
  );
}

function Sent({ piece: sent, nameOf }: { piece: ChatSending; nameOf: OutgoingProps["nameOf"] }) {
  const t = useTranslations("chats");
  switch (sent.type) {
    case "text":
      return <Words text={sent.text} />;
    case "mention":
      return <span className={piece.mention}>{`@${nameOf(sent.userId)}`}</span>;
    case "mention_all":
      return <span className={piece.mention}>{t("mentionAll")}</span>;
    case "face":
      return <Face id={sent.id} />;
    // The file itself stands behind the pieces.
    case "image":
    case "file":
    case "reply":
      return null;
  }
}
