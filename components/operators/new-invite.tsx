"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { CopyField } from "../copy-field";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import classes from "./edit-operator.module.css";
import { type GrantForm, RoleFields } from "./role-fields";

const hours = [24, 72, 168, 720] as const;

/** Makes an invite link. It is shown here once: the desk keeps only its hash. */
export function NewInvite({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations("operators");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [grant, setGrant] = useState<GrantForm>({ roleId: "moderator", botId: null });
  const [label, setLabel] = useState("");
  const [lasts, setLasts] = useState<number>(72);
  const create = useMutation(
    trpc.invites.create.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.invites.pathFilter()) }),
  );
  const close = () => {
    onClose();
    create.reset();
    setLabel("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ role: grant.roleId, botId: grant.botId, label: label.trim(), hours: lasts });
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t("inviteTitle")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {create.isSuccess ? (
        <div className={classes.form} role="status">
          <p className={classes.none}>{t("inviteOnce")}</p>
          <CopyField label={t("inviteLink")} value={create.data.url} />
          <div className={classes.buttons}>
            <span className={classes.gap} />
            <Button size="sm" variant="filled" onClick={close}>
              {common("done")}
            </Button>
          </div>
        </div>
      ) : (
        <form className={classes.form} onSubmit={submit}>
          <RoleFields value={grant} onChange={setGrant} />
          <NativeSelect
            label={t("lasts")}
            value={String(lasts)}
            data={hours.map((value) => ({ value: String(value), label: t("lastsHours", { hours: value }) }))}
            onChange={(event) => setLasts(Number(event.currentTarget.value))}
          />
          <TextInput
            label={t("label")}
            description={t("labelHint")}
            maxLength={120}
            autoComplete="off"
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          {create.isError && <FailurePanel error={create.error} />}
          <div className={classes.buttons}>
            <span className={classes.gap} />
            <Button size="sm" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" size="sm" variant="filled" loading={create.isPending}>
              {t("inviteCreate")}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
