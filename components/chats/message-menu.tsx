"use client";

import {
  IconArrowForwardUp,
  IconCopy,
  IconCornerUpLeft,
  IconHandFinger,
  IconPinned,
  IconPinnedOff,
  IconTrashX,
  IconUser,
  IconVolumeOff,
} from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { href } from "@/lib/href";
import type { ChatDetail, ChatMessage } from "../api";
import { Menu } from "../menu";
import { toast } from "../toast";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import { useFaceName } from "./face";
import { glyphOf, quickFaces } from "./faces";
import type { MessageActs } from "./message";
import classes from "./message-menu.module.css";

const ForwardDialogue = dynamic(() => import("./forward-dialogue").then(({ ForwardDialogue }) => ForwardDialogue), {
  ssr: false,
});

interface MessageMenuProps {
  chat: ChatDetail;
  message: ChatMessage;
  opener: HTMLElement;
  acts: MessageActs;
  onClose: () => void;
}

const minute = 60;
const mutes = { tenMinutes: 10 * minute, hour: 60 * minute, day: 1_440 * minute, week: 10_080 * minute } as const;
// Object.keys forgets the literal keys; the table above is the only source of them.
const muteNames = Object.keys(mutes) as (keyof typeof mutes)[];
const icon = { size: 16, stroke: 1.7, "aria-hidden": "true" } as const;

/** What can be done with one message, as far as the platform, the account's rank and one's permissions go. */
export function MessageMenu({ chat, message, opener, acts, onClose }: MessageMenuProps) {
  const t = useTranslations("chats");
  const trpc = useTRPC();
  const router = useRouter();
  const faceName = useFaceName();
  const [part, setPart] = useState<"all" | "mute" | "forward">("all");
  const recall = useAct(trpc.chats.recall.mutationOptions(), { done: () => t("done.recall") });
  const add = useAct(trpc.chats.addEssence.mutationOptions(), { done: () => t("done.addEssence") });
  const remove = useAct(trpc.chats.removeEssence.mutationOptions(), { done: () => t("done.removeEssence") });
  const poke = useAct(trpc.chats.poke.mutationOptions(), { done: () => t("done.poke") });
  const mute = useAct(trpc.members.mute.mutationOptions(), {
    done: (_result, { seconds }) => (seconds === 0 ? t("done.unmute") : t("done.mute")),
  });
  const { can, sender } = message;
  const ref = { id: chat.id, message: message.id };
  const name = sender.name || sender.id || t("somebody");
  const text = message.pieces.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
  const [box] = useState(() => opener.getBoundingClientRect());

  const close = () => {
    onClose();
    opener.focus({ preventScroll: true });
  };
  if (part === "forward") return <ForwardDialogue chat={chat} message={message} onClose={close} />;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast({ tone: "calm", title: t("done.copy") });
  };
  const muteFor = (seconds: number) => {
    if (sender.id !== null) void mute.run({ botId: chat.bot.id, groupId: chat.peer.id, userId: sender.id, seconds });
  };
  return (
    <Menu key={part} opened onChange={(isOpen) => !isOpen && close()} position="bottom-end" width={220}>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          className={classes.anchor}
          style={{ top: box.top, left: box.right - Math.min(box.width, 40), height: Math.min(box.height, 32) }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {part === "mute" ? (
          <>
            <Menu.Label>{t("muteFor", { name })}</Menu.Label>
            {muteNames.map((each) => (
              <Menu.Item key={each} onClick={() => muteFor(mutes[each])}>
                {t(`mute.${each}`)}
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => muteFor(0)}>{t("mute.lift")}</Menu.Item>
          </>
        ) : (
          <>
            {can.react && (
              <div className={classes.quick}>
                {quickFaces.map((faceId) => {
                  const isOwn = message.reactions.some((each) => each.faceId === faceId && each.isOwn);
                  return (
                    <button
                      key={faceId}
                      type="button"
                      role="menuitem"
                      tabIndex={-1}
                      className={classes.face}
                      data-own={isOwn || undefined}
                      aria-label={
                        isOwn
                          ? t("unreactWith", { name: faceName(faceId) })
                          : t("reactWith", { name: faceName(faceId) })
                      }
                      onClick={() => {
                        acts.onReact(message, faceId, !isOwn);
                        close();
                      }}
                    >
                      {glyphOf(faceId)}
                    </button>
                  );
                })}
              </div>
            )}
            {can.reply && (
              <Menu.Item leftSection={<IconCornerUpLeft {...icon} />} onClick={() => acts.onReply(message)}>
                {t("act.reply")}
              </Menu.Item>
            )}
            {text !== "" && (
              <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void copy()}>
                {t("act.copy")}
              </Menu.Item>
            )}
            {can.forward && (
              <Menu.Item
                leftSection={<IconArrowForwardUp {...icon} />}
                closeMenuOnClick={false}
                onClick={() => setPart("forward")}
              >
                {t("act.forward")}
              </Menu.Item>
            )}
            {(can.addEssence || can.removeEssence) && (
              <Menu.Item
                leftSection={can.addEssence ? <IconPinned {...icon} /> : <IconPinnedOff {...icon} />}
                onClick={() => void (can.addEssence ? add : remove).run(ref)}
              >
                {can.addEssence ? t("act.addEssence") : t("act.removeEssence")}
              </Menu.Item>
            )}
            {can.poke && (
              <Menu.Item leftSection={<IconHandFinger {...icon} />} onClick={() => void poke.run(ref)}>
                {t("act.poke")}
              </Menu.Item>
            )}
            {sender.id !== null && !message.isOwn && (
              <Menu.Item
                leftSection={<IconUser {...icon} />}
                onClick={() => router.push(href.person(chat.bot.platform, sender.id ?? ""))}
              >
                {t("act.person")}
              </Menu.Item>
            )}
            {can.muteSender && (
              <Menu.Item
                leftSection={<IconVolumeOff {...icon} />}
                closeMenuOnClick={false}
                onClick={() => setPart("mute")}
              >
                {t("act.mute")}
              </Menu.Item>
            )}
            {can.recall && (
              <Menu.Item leftSection={<IconTrashX {...icon} />} onClick={() => void recall.run(ref)}>
                <span className={classes.danger}>{t("act.recall")}</span>
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
