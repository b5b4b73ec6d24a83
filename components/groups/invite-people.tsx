"use client";

import { Button, Checkbox, Skeleton, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { GroupRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import { useTypedAhead } from "../typed-ahead";
import { useAct } from "../use-act";
import classes from "./groups.module.css";

/** Shown at once; further ones are found by their name. */
const shown = 50;
/** The most the API takes at once. */
const most = 50;

/** Brings friends of the account into a group. */
export function InvitePeople({ group, onClose }: { group: GroupRow; onClose: () => void }) {
  const t = useTranslations("groups.invite");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const botId = group.bot.id;
  const [words, setWords] = useState("");
  const [text, type] = useTypedAhead(words, setWords);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // Asking how the lists stand begins to read one that is old.
  const reading = useQuery(trpc.friends.bots.queryOptions()).data?.find(({ id }) => id === botId)?.list;
  const found = useQuery({
    ...trpc.friends.list.queryOptions({ botId, text: words, limit: shown }),
    placeholderData: keepPreviousData,
  });
  const invite = useAct(trpc.groups.invite.mutationOptions(), {
    done: ({ state }, { userIds }) =>
      state === "confirmed" ? t("done", { count: userIds.length }) : t("sent", { count: userIds.length }),
  });
  const toggle = (userId: string) => {
    const next = new Set(chosen);
    if (!next.delete(userId)) next.add(userId);
    setChosen(next);
  };
  const canInvite = chosen.size > 0 && chosen.size <= most;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canInvite || invite.isRunning) return;
    if (await invite.run({ botId, groupId: group.groupId, userIds: [...chosen] })) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          type="search"
          label={t("search")}
          data-autofocus
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
        />
        {found.isError && <FailurePanel error={found.error} />}
        {found.isPending && <Skeleton height={240} role="status" aria-label={common("loading")} />}
        {found.isSuccess && (
          <fieldset className={classes.friends}>
            <legend className={classes.hidden}>{t("friends")}</legend>
            {found.data.items.length === 0 && (
              <p className={classes.note}>{reading?.isReading ? common("loading") : t("nobody")}</p>
            )}
            {found.data.items.map(({ userId, name, remark }) => (
              <Checkbox
                key={userId}
                label={remark || name || userId}
                description={remark ? `${name} · ${userId}` : userId}
                checked={chosen.has(userId)}
                onChange={() => toggle(userId)}
              />
            ))}
          </fieldset>
        )}
        <div className={classes.buttons}>
          <span className={classes.note} role="status">
            {chosen.size > most ? t("tooMany", { most }) : t("chosen", { count: chosen.size })}
          </span>
          <Button type="submit" size="sm" variant="filled" disabled={!canInvite} loading={invite.isRunning}>
            {t("invite")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
