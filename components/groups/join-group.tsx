"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./groups.module.css";

/** Asks to be let into a group: one that was found, or with null by a number that is typed. */
export function JoinGroup({ botId, groupId }: { botId: string; groupId: string | null }) {
  const t = useTranslations("groups.find");
  const trpc = useTRPC();
  const [id, setId] = useState(groupId ?? "");
  const [reason, setReason] = useState("");
  const join = useAct(trpc.groups.join.mutationOptions(), {
    done: ({ state }) => (state === "confirmed" ? t("joined") : t("asked")),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (id.trim() === "" || join.isRunning) return;
    if (await join.run({ botId, groupId: id.trim(), reason: reason.trim() })) {
      setReason("");
      if (groupId === null) setId("");
    }
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {groupId === null && (
        <TextInput
          label={t("id")}
          autoComplete="off"
          maxLength={64}
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t("reason")}
        description={t("reasonText")}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" disabled={id.trim() === ""} loading={join.isRunning}>
          {t("ask")}
        </Button>
      </div>
    </form>
  );
}
