"use client";

import { Button, Checkbox } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FriendDetail } from "../api";
import dialogue from "../dialogue.module.css";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";

/** Ends a friendship, after saying what that means on this platform: whether the other side keeps the account. */
export function RemoveFriend({
  friend,
  onClose,
  onGone,
}: {
  friend: FriendDetail;
  onClose: () => void;
  onGone: () => void;
}) {
  const t = useTranslations("friends");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { bot, userId } = friend;
  const name = friend.remark || friend.name || userId;
  const [also, setAlso] = useState({ block: false, vanish: false });
  const remove = useAct(
    trpc.friends.remove.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.friends.pathFilter()) }),
    { done: () => t("done.removed", { name }) },
  );
  // QQ alone takes either along; elsewhere the server refuses them.
  const hasMore = bot.platform === "napcat";
  const submit = async () => {
    const result = await remove.run({ botId: bot.id, userId, ...also });
    if (result === null) return;
    onClose();
    if (result.state === "confirmed") onGone();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("remove.title", { name })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <div className={dialogue.form}>
        <p className={dialogue.lead}>{t(`remove.side.${bot.platform}`, { name, bot: bot.name })}</p>
        {hasMore && (
          <>
            <Checkbox
              label={t("remove.vanish")}
              checked={also.vanish}
              onChange={(event) => setAlso({ ...also, vanish: event.currentTarget.checked })}
            />
            <Checkbox
              label={t("remove.block")}
              checked={also.block}
              onChange={(event) => setAlso({ ...also, block: event.currentTarget.checked })}
            />
          </>
        )}
        <div className={dialogue.buttons}>
          <Button size="sm" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button size="sm" variant="filled" color="red" loading={remove.isRunning} onClick={submit}>
            {t("remove.do")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
