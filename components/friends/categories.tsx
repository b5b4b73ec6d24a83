"use client";

import { ActionIcon, Button, NativeSelect, Skeleton, TextInput } from "@mantine/core";
import { IconCheck, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { FriendBot } from "../api";
import dialogue from "../dialogue.module.css";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useCanOn } from "../shell/access";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./friends-page.module.css";

/** The categories of one bot's friends: made, renamed and deleted. Who is in them stays a friend. */
export function Categories({ bots, onClose }: { bots: readonly FriendBot[]; onClose: () => void }) {
  const t = useTranslations("friends.categories");
  const common = useTranslations("common");
  const friends = useTranslations("friends");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [botId, setBot] = useState(bots[0]?.id ?? "");
  const [name, setName] = useState("");
  const list = useQuery(trpc.friends.categories.queryOptions({ botId }, { retry: false }));
  const onSettled = () => queryClient.invalidateQueries(trpc.friends.pathFilter());
  const create = useAct(trpc.friends.createCategory.mutationOptions({ onSettled }), {
    done: (_result, input) => t("created", { name: input.name }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "" && (await create.run({ botId, name: name.trim() })) !== null) setName("");
  };
  return (
    <Modal opened onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
      <div className={dialogue.form}>
        {bots.length > 1 && (
          <NativeSelect
            label={friends("bot")}
            value={botId}
            data={bots.map((bot) => ({ value: bot.id, label: bot.name }))}
            onChange={(event) => setBot(event.currentTarget.value)}
          />
        )}
        {list.isPending && <Skeleton height={96} role="status" aria-label={common("loading")} />}
        {list.isError && <FailurePanel error={list.error} />}
        {list.data?.map((category) => (
          <OneCategory key={`${category.id}/${category.name}`} botId={botId} category={category} />
        ))}
        <form className={classes.row} onSubmit={submit}>
          <TextInput
            label={t("new")}
            maxLength={60}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === ""} loading={create.isRunning}>
            {t("create")}
          </Button>
        </form>
      </div>
    </Modal>
  );
}

function OneCategory({ botId, category }: { botId: string; category: { id: string; name: string; count: number } }) {
  const t = useTranslations("friends.categories");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const support = useSupport(botId);
  const mayManage = useCanOn(botId)("friends.manage");
  const [name, setName] = useState(category.name);
  const [isAsked, setAsked] = useState(false);
  const onSettled = () => queryClient.invalidateQueries(trpc.friends.pathFilter());
  const rename = useAct(trpc.friends.renameCategory.mutationOptions({ onSettled }), {
    done: (_result, input) => t("renamed", { name: input.name }),
  });
  const remove = useAct(trpc.friends.removeCategory.mutationOptions({ onSettled }), {
    done: () => t("removed", { name: category.name }),
  });
  const canRename = mayManage && support("categories.rename") === "on";
  const canRemove = mayManage && support("categories.remove") === "on";
  const isChanged = name.trim() !== "" && name.trim() !== category.name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged) void rename.run({ botId, categoryId: category.id, name: name.trim() });
  };
  if (isAsked)
    return (
      <div className={dialogue.form}>
        <p className={dialogue.lead}>{t("removeText", { name: category.name, count: category.count })}</p>
        <div className={dialogue.buttons}>
          <Button onClick={() => setAsked(false)}>{common("cancel")}</Button>
          <Button
            variant="filled"
            color="red"
            loading={remove.isRunning}
            onClick={() => remove.run({ botId, categoryId: category.id })}
          >
            {t("remove")}
          </Button>
        </div>
      </div>
    );
  return (
    <form className={classes.row} onSubmit={submit}>
      <TextInput
        aria-label={t("nameOf", { name: category.name })}
        maxLength={60}
        autoComplete="off"
        readOnly={!canRename}
        value={name}
        rightSectionWidth={70}
        rightSection={<span className={classes.second}>{t("count", { count: category.count })}</span>}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {canRename && (
        <ActionIcon
          type="submit"
          size={30}
          aria-label={t("renameNamed", { name: category.name })}
          disabled={!isChanged}
          loading={rename.isRunning}
        >
          <IconCheck size={16} />
        </ActionIcon>
      )}
      {canRemove && (
        <ActionIcon size={30} aria-label={t("removeNamed", { name: category.name })} onClick={() => setAsked(true)}>
          <IconTrash size={15} stroke={1.7} />
        </ActionIcon>
      )}
    </form>
  );
}
