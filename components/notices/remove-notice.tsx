"use client";

import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import dialogue from "../dialogue.module.css";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./notices.module.css";

interface RemoveNoticeProps {
  at: { botId: string; groupId: string };
  notice: { id: string; text: string };
  onClose: () => void;
}

/** Asks before a notice is taken down: it cannot be put back as it was. */
export function RemoveNotice({ at, notice, onClose }: RemoveNoticeProps) {
  const t = useTranslations("notices");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useAct(
    trpc.notices.remove.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.notices.pathFilter()) }),
    { done: () => t("remove.done") },
  );
  const run = async () => {
    if (await remove.run({ ...at, noticeId: notice.id })) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("remove.title")} closeButtonProps={{ "aria-label": common("close") }}>
      <div className={dialogue.form}>
        <blockquote className={classes.quote}>{notice.text}</blockquote>
        <p className={dialogue.lead}>{t("remove.text")}</p>
        <div className={dialogue.buttons}>
          <Button size="sm" data-autofocus onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button size="sm" variant="filled" color="red" loading={remove.isRunning} onClick={() => void run()}>
            {t("remove.act")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
