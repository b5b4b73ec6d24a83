"use client";

import { useTranslations } from "next-intl";
import type { ChatMessage } from "../api";
import { useFaceName } from "./face";
import { glyphOf } from "./faces";
import type { MessageActs } from "./message";
import classes from "./message.module.css";

/** Faces under a message with how many set each; one's own can be set and taken away. */
export function Reactions({ message, onReact }: { message: ChatMessage } & Pick<MessageActs, "onReact">) {
  const t = useTranslations("chats");
  const nameOf = useFaceName();
  if (message.reactions.length === 0) return null;
  return (
    <div className={classes.reactions}>
      {message.reactions.map(({ faceId, count, isOwn }) => {
        const name = nameOf(faceId);
        const drawn = (
          <>
            <span aria-hidden="true">{glyphOf(faceId) ?? name}</span>
            <span aria-hidden="true">{count}</span>
            <span className={classes.hidden}>{t("reaction", { name, count })}</span>
          </>
        );
        if (!message.can.react)
          return (
            <span key={faceId} className={classes.reaction} title={name}>
              {drawn}
            </span>
          );
        return (
          <button
            key={faceId}
            type="button"
            className={classes.reaction}
            aria-pressed={isOwn}
            title={name}
            onClick={() => onReact(message, faceId, !isOwn)}
          >
            {drawn}
          </button>
        );
      })}
    </div>
  );
}
