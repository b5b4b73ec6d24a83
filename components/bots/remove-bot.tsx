"use client";

import { Button, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { href } from "@/lib/href";
import type { BotDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { Section } from "../page";
import { useTRPC } from "../trpc";
import classes from "./remove-bot.module.css";

/** Cannot be undone, so the bot's name has to be typed. */
export function RemoveBot({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots.remove");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [isOpen, dialogue] = useDisclosure(false);
  const [name, setName] = useState("");
  const remove = useMutation(
    trpc.bots.remove.mutationOptions({
      onSuccess: () => {
        router.push(href.bots());
        queryClient.invalidateQueries(trpc.bots.list.queryFilter());
        queryClient.invalidateQueries(trpc.requests.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate({ id: bot.id, name: name.trim() });
  };
  return (
    <Section
      tone="danger"
      title={t("title")}
      description={t("text")}
      actions={
        <Button className={classes.danger} leftSection={<IconTrash size={15} />} onClick={dialogue.open}>
          {t("open")}
        </Button>
      }
    >
      <Modal
        opened={isOpen}
        onClose={dialogue.close}
        title={t("title")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <form className={classes.form} onSubmit={submit}>
          <p className={classes.text}>{t("text")}</p>
          <TextInput
            label={t("type", { name: bot.name })}
            autoComplete="off"
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {remove.isError && <FailurePanel error={remove.error} />}
          <div className={classes.buttons}>
            <Button size="sm" onClick={dialogue.close}>
              {common("cancel")}
            </Button>
            <Button
              type="submit"
              size="sm"
              className={classes.danger}
              disabled={name.trim() !== bot.name}
              loading={remove.isPending || remove.isSuccess}
            >
              {t("confirm")}
            </Button>
          </div>
        </form>
      </Modal>
    </Section>
  );
}
