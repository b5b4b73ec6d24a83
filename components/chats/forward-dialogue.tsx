"use client";

import { Button, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChatDetail, ChatMessage } from "../api";
import { Avatar } from "../avatar";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import { useTypedAhead } from "../typed-ahead";
import { useAct } from "../use-act";
import classes from "./composer.module.css";

interface ForwardProps {
  chat: ChatDetail;
  message: ChatMessage;
  onClose: () => void;
}

const most = 30;

/** Chooses the conversation of the same bot that a message is sent on into. */
export function ForwardDialogue({ chat, message, onClose }: ForwardProps) {
  const t = useTranslations("chats");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [words, setWords] = useState("");
  const [text, change] = useTypedAhead(words, setWords);
  const found = useQuery(
    trpc.chats.list.queryOptions(
      { botId: chat.bot.id, ...(words ? { text: words } : {}), limit: most },
      { placeholderData: (previous) => previous, staleTime: 0 },
    ),
  );
  const forward = useAct(trpc.chats.forward.mutationOptions(), { done: () => t("done.forward") });
  const rows = (found.data?.items ?? []).filter(({ id }) => id !== chat.id);
  const pick = (to: string) => {
    void forward.run({ id: chat.id, message: message.id, to });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      returnFocus={false}
      title={t("forwardTo")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <TextInput
        type="search"
        data-autofocus
        label={t("findConversation")}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <div className={classes.targets}>
        {found.isPending && <Skeleton height={180} role="status" aria-label={common("loading")} />}
        {found.isError && (
          <FailurePanel error={found.error}>
            <Button onClick={() => found.refetch()}>{common("again")}</Button>
          </FailurePanel>
        )}
        {found.isSuccess && rows.length === 0 && <p className={classes.quiet}>{t("noneFound")}</p>}
        {rows.map(({ id, peer }) => (
          <button key={id} type="button" className={classes.option} onClick={() => pick(id)}>
            <Avatar id={peer.id} name={peer.name || peer.id} size={24} />
            <span className={classes.optionName}>{peer.name || peer.id}</span>
            <small>{peer.to === "group" ? t("group") : t("person")}</small>
          </button>
        ))}
      </div>
    </Modal>
  );
}
