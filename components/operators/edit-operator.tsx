"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { builtInRoleNames } from "@/lib/role";
import type { OperatorRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import classes from "./edit-operator.module.css";
import { type GrantForm, RoleFields } from "./role-fields";

interface Line extends GrantForm {
  /** Tells lines apart while they are edited; not sent. */
  key: string;
}

/** What one operator may do and where; and whether they may come in at all. */
export function EditOperator({ operator, onClose }: { operator: OperatorRow; onClose: () => void }) {
  const t = useTranslations("operators");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [lines, setLines] = useState<Line[]>(() =>
    operator.grants.flatMap(({ id, roleId, botId }) => {
      const known = builtInRoleNames.find((name) => name === roleId);
      return known ? [{ key: id, roleId: known, botId }] : [];
    }),
  );
  const done = {
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries(trpc.operators.pathFilter()),
  };
  const save = useMutation(trpc.operators.setGrants.mutationOptions(done));
  const disable = useMutation(trpc.operators.disable.mutationOptions(done));
  const enable = useMutation(trpc.operators.enable.mutationOptions(done));
  const error = save.error ?? disable.error ?? enable.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id: operator.id, grants: lines.map(({ roleId, botId }) => ({ roleId, botId })) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={operator.name}
      size="lg"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form className={classes.form} onSubmit={submit}>
        {lines.length === 0 && <p className={classes.none}>{t("noGrantsText")}</p>}
        {lines.map((line) => (
          <fieldset key={line.key} className={classes.line}>
            <legend className={classes.hidden}>{t("grant")}</legend>
            <RoleFields
              value={line}
              onChange={(value) => setLines(lines.map((one) => (one.key === line.key ? { ...one, ...value } : one)))}
            />
            <ActionIcon
              size={34}
              aria-label={t("removeGrant")}
              onClick={() => setLines(lines.filter((one) => one.key !== line.key))}
            >
              <IconX size={16} />
            </ActionIcon>
          </fieldset>
        ))}
        <div>
          <Button
            leftSection={<IconPlus size={15} />}
            onClick={() =>
              setLines([...lines, { key: `${lines.length}-${Date.now()}`, roleId: "moderator", botId: null }])
            }
          >
            {t("addGrant")}
          </Button>
        </div>
        {error && <FailurePanel error={error} />}
        <div className={classes.buttons}>
          {operator.isDisabled ? (
            <Button size="sm" loading={enable.isPending} onClick={() => enable.mutate({ id: operator.id })}>
              {t("enable")}
            </Button>
          ) : (
            <Button
              size="sm"
              className={classes.danger}
              loading={disable.isPending}
              onClick={() => disable.mutate({ id: operator.id })}
            >
              {t("disable")}
            </Button>
          )}
          <span className={classes.gap} />
          <Button size="sm" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" size="sm" variant="filled" loading={save.isPending}>
            {common("save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
