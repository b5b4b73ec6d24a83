"use client";

import { IconMoodSmile, IconPaperclip, IconSend2, IconX } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { mostText } from "@/lib/piece";
import type { ChatDetail, ChatMessage } from "../api";
import { IconButton } from "../icon-button";
import { Tray } from "./attached";
import { mentionAt, nameToken, toContents } from "./compose";
import classes from "./composer.module.css";
import { type Token, useDraft } from "./draft";
import { useFaceName } from "./face";
import type { MentionKeys } from "./mention-picker";
import { Quote } from "./pieces";
import { useAttach } from "./use-attach";
import type { Send } from "./use-send";

const MentionPicker = dynamic(() => import("./mention-picker").then(({ MentionPicker }) => MentionPicker), {
  ssr: false,
});
const FacePicker = dynamic(() => import("./face-picker").then(({ FacePicker }) => FacePicker), { ssr: false });

interface ComposerProps {
  chat: ChatDetail;
  send: Send;
  /** Who spoke lately, the last one first: offered before the whole list. */
  speakers: readonly ChatMessage["sender"][];
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Where one writes: Enter sends, Shift+Enter breaks the line. Only what the platform takes is offered. */
export function Composer({ chat, send, speakers, field }: ComposerProps) {
  const t = useTranslations("chats");
  const faceName = useFaceName();
  const [draft, change, clear] = useDraft(chat.id);
  const [caret, setCaret] = useState(0);
  const [isPickingFace, setPickingFace] = useState(false);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const attach = useAttach(chat);
  const chooser = useRef<HTMLInputElement>(null);
  const keys = useRef<MentionKeys>(null);
  const { pieces: can } = chat.can;
  const isGroup = chat.peer.to === "group";
  const mention = isGroup && can.mention === "yes" ? mentionAt(draft.text, caret) : null;
  const isMentioning = mention !== null && mention.from !== dismissed;
  const isTooLong = draft.text.length > mostText;

  // As high as what is in it, up to a limit that the style sets; by itself where the browser can, because to measure it
  // here lays out the whole conversation with every letter.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every text.
  useLayoutEffect(() => {
    const box = field.current;
    if (!box || CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }, [draft.text, field]);

  const insert = (wanted: string, token: Token, from: number, to: number) => {
    const written = nameToken(wanted, token, draft.tokens);
    const text = `${draft.text.slice(0, from)}${written} ${draft.text.slice(to)}`;
    change({ text, tokens: { ...draft.tokens, [written]: token } });
    const end = from + written.length + 1;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(end, end);
      setCaret(end);
    });
  };

  const submit = () => {
    const contents = toContents(draft, attach.tray);
    if (isTooLong || contents.length === 0) return;
    for (const content of contents) send(content);
    clear();
    attach.clear();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // A key that chooses a word of an input method is not ours; some browsers say so by its number only.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (isMentioning && keys.current?.press(event.key)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && isMentioning) {
      event.preventDefault();
      setDismissed(mention.from);
    } else if (event.key === "Escape" && draft.reply) {
      event.preventDefault();
      change({ reply: null });
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  };
  if (!chat.can.send) return <p className={classes.closed}>{t("cannotSend")}</p>;
  return (
    <div className={classes.composer} {...attach.dropping}>
      {isMentioning && (
        <MentionPicker
          keys={keys}
          botId={chat.bot.id}
          groupId={chat.peer.id}
          words={mention.words}
          speakers={speakers}
          canAll={can.mention_all === "yes"}
          onPick={(name, token) => insert(`@${name}`, token, mention.from, caret)}
        />
      )}
      {isPickingFace && (
        <FacePicker
          onClose={() => {
            setPickingFace(false);
            field.current?.focus();
          }}
          onPick={(id) => insert(`[${faceName(id)}]`, { type: "face", id }, caret, caret)}
        />
      )}
      {draft.reply && (
        <div className={classes.reply}>
          <Quote of={{ id: draft.reply.id, senderName: draft.reply.name, text: draft.reply.text, isRecalled: false }} />
          <IconButton size={28} aria-label={t("noReply")} onClick={() => change({ reply: null })}>
            <IconX size={16} stroke={1.8} />
          </IconButton>
        </div>
      )}
      {attach.tray.length > 0 && <Tray tray={attach.tray} onRemove={attach.remove} />}
      <div className={classes.line}>
        {attach.isOffered && (
          <>
            <input
              ref={chooser}
              type="file"
              multiple
              hidden
              accept={attach.can.file ? undefined : "image/png,image/jpeg,image/gif,image/webp"}
              onChange={(event) => {
                attach.onChosen(event);
                field.current?.focus();
              }}
            />
            <IconButton
              size={34}
              aria-label={attach.can.file ? t("attach") : t("attachPicture")}
              title={t("attachUpTo", { kind: attach.can.file ? "file" : "picture", megabytes: attach.megabytes })}
              onClick={() => chooser.current?.click()}
            >
              <IconPaperclip size={18} stroke={1.7} />
            </IconButton>
          </>
        )}
        {can.face === "yes" && (
          <IconButton
            size={34}
            aria-label={t("face")}
            title={t("face")}
            aria-expanded={isPickingFace}
            onClick={() => setPickingFace(!isPickingFace)}
          >
            <IconMoodSmile size={18} stroke={1.7} />
          </IconButton>
        )}
        <textarea
          ref={field}
          className={classes.field}
          rows={1}
          aria-label={t("write", { name: chat.peer.name || chat.peer.id })}
          placeholder={t("placeholder")}
          aria-autocomplete={isGroup ? "list" : undefined}
          aria-controls={isMentioning ? "chat-mentions" : undefined}
          aria-invalid={isTooLong || undefined}
          value={draft.text}
          onChange={(event) => {
            setCaret(event.currentTarget.selectionStart);
            setDismissed(null);
            change({ text: event.currentTarget.value });
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={attach.onPaste}
        />
        <IconButton
          size={34}
          isFilled
          aria-label={t("send")}
          title={t("send")}
          disabled={(draft.text.trim() === "" && attach.tray.length === 0) || isTooLong}
          onClick={submit}
        >
          <IconSend2 size={17} stroke={1.8} />
        </IconButton>
      </div>
      {isTooLong && (
        <p className={classes.fault} role="alert">
          {t("tooLong", { most: mostText, over: draft.text.length - mostText })}
        </p>
      )}
    </div>
  );
}
