"use client";

import { ActionIcon, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { CannedRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { Tip } from "../tip";
import { useTRPC } from "../trpc";
import classes from "./canned-texts.module.css";

/** Removes a text after a question: it is rare, and what was written is gone with it. */
export function RemoveText({ row, icon }: { row: CannedRow; icon: ReactNode }) {
  const t = useTranslations("settings.texts");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isOpen, dialogue] = useDisclosure(false);
  const remove = useMutation(
    trpc.texts.remove.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.texts.pathFilter()) }),
  );
  return (
    <>
      <Tip label={t("remove")}>
        <ActionIcon size={30} aria-label={t("removeNamed", { title: row.title })} onClick={dialogue.open}>
          {icon}
        </ActionIcon>
      </Tip>
      <Modal
        opened={isOpen}
        onClose={dialogue.close}
        title={t("removeNamed", { title: row.title })}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <div className={classes.question}>
          <p>{t("removeText")}</p>
          {remove.isError && <FailurePanel error={remove.error} />}
          <div className={classes.buttons}>
            <Button size="sm" onClick={dialogue.close}>
              {common("cancel")}
            </Button>
            <Button
              size="sm"
              className={classes.danger}
              data-autofocus
              loading={remove.isPending || remove.isSuccess}
              onClick={() => remove.mutate({ id: row.id })}
            >
              {t("remove")}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
