"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Fragment, useState } from "react";
import { formatExact } from "@/lib/format";
import type { ChatPiece } from "../api";
import { Media } from "../media";
import { Face } from "./face";
import { toStretches } from "./link";
import classes from "./pieces.module.css";

/** A text with its addresses made into links. Only ever drawn as text; it cannot turn the direction of what is around it. */
export function Words({ text }: { text: string }) {
  return (
    <span className={classes.words}>
      {toStretches(text).map(({ text: part, href }, at) =>
        href === null ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one text never change their places.
          <Fragment key={at}>{part}</Fragment>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          <a key={at} className={classes.link} href={href} target="_blank" rel="noreferrer noopener nofollow">
            {part}
          </a>
        ),
      )}
    </span>
  );
}

interface PiecesProps {
  pieces: readonly ChatPiece[];
  /** Goes to the message that is answered. */
  onJump?: ((id: string) => void) | undefined;
}

/** What a message is made of, in its order. */
export function Pieces({ pieces, onJump }: PiecesProps) {
  return pieces.map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one message never change their places.
    <Piece key={at} piece={piece} onJump={onJump} />
  ));
}

function Piece({ piece, onJump }: { piece: ChatPiece; onJump: PiecesProps["onJump"] }) {
  const t = useTranslations("chats");
  switch (piece.type) {
    case "text":
      return <Words text={piece.text} />;
    case "mention":
      return <span className={classes.mention}>{`@${piece.name || piece.userId}`}</span>;
    case "mention_all":
      return <span className={classes.mention}>{t("mentionAll")}</span>;
    case "reply":
      return <Quote of={piece.of} onJump={onJump} />;
    case "face":
      return <Face id={piece.id} />;
    case "image":
    case "voice":
    case "video":
      return (
        <span className={classes.block}>
          <Media piece={piece} />
        </span>
      );
    case "file":
      return (
        <span className={classes.block}>
          <Media piece={piece} />
        </span>
      );
    case "bundle":
      return <Bundle messages={piece.messages} />;
    case "poke":
      return (
        <span className={classes.quiet}>
          {t("poked", { user: piece.userName || piece.userId, target: piece.targetName || piece.targetId })}
        </span>
      );
    case "other":
      return <span className={classes.unknown}>{`[${piece.name}]`}</span>;
  }
}

type Answered = Extract<ChatPiece, { type: "reply" }>["of"];

/** The answered message, in short. */
export function Quote({ of, onJump }: { of: Answered; onJump?: ((id: string) => void) | undefined }) {
  const t = useTranslations("chats");
  if (of === null) return <span className={classes.quote}>{t("answeredGone")}</span>;
  const text = of.isRecalled ? t("answeredRecalled") : of.text || t("answeredNoText");
  return (
    <button type="button" className={classes.quote} onClick={() => onJump?.(of.id)} disabled={!onJump}>
      <span className={classes.quoted}>{of.senderName}</span>
      <span className={classes.quoteText}>{text}</span>
    </button>
  );
}

/** Forwarded messages, folded until somebody wants them. */
function Bundle({ messages }: Pick<Extract<ChatPiece, { type: "bundle" }>, "messages">) {
  const t = useTranslations("chats");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const [isOpen, setOpen] = useState(false);
  if (messages === null) return <span className={classes.unknown}>{t("bundleUnread")}</span>;
  return (
    <span className={classes.bundle}>
      <button type="button" className={classes.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t("bundle", { count: messages.length })}
      </button>
      {isOpen &&
        messages.map(({ senderName, at, pieces }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is forwarded is told once and never changes.
          <span className={classes.inner} key={index}>
            <span className={classes.quoted} title={at ? formatExact(new Date(at), locale, timeZone) : undefined}>
              {senderName || t("somebody")}
            </span>
            <span>
              <Pieces pieces={pieces} />
            </span>
          </span>
        ))}
    </span>
  );
}
