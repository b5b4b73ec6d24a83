"use client";

import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { FriendDetail } from "../api";
import dialogue from "../dialogue.module.css";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";

/** Asks before a friend is blocked: they leave the list of friends with it. */
export function BlockFriend({ friend, onClose }: { friend: FriendDetail; onClose: () => void }) {
  const t = useTranslations("friends");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { bot, userId } = friend;
  const name = friend.remark || friend.name || userId;
  const block = useAct(
    trpc.friends.block.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.friends.pathFilter()) }),
    { done: () => t("done.block", { name }) },
  );
  const submit = async () => {
    if ((await block.run({ botId: bot.id, userId })) !== null) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("blocking.title", { name })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <div className={dialogue.form}>
        <p className={dialogue.lead}>{t("blocking.text", { name, bot: bot.name })}</p>
        <div className={dialogue.buttons}>
          <Button size="sm" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button size="sm" variant="filled" color="red" loading={block.isRunning} onClick={submit}>
            {t("block")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
