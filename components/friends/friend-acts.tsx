"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBan, IconThumbUp, IconUserMinus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import type { FriendDetail } from "../api";
import { useCanOn } from "../shell/access";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import { BlockFriend } from "./block-friend";
import classes from "./friend-drawer.module.css";
import { RemoveFriend } from "./remove-friend";

/** What can be done with a friend: only what the platform offers and the reader may. */
export function FriendActs({ friend, onGone }: { friend: FriendDetail; onGone: () => void }) {
  const t = useTranslations("friends");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { bot, userId } = friend;
  const support = useSupport(bot.id);
  const mayOn = useCanOn(bot.id);
  const [isRemoving, removing] = useDisclosure(false);
  const [isBlocking, blocking] = useDisclosure(false);
  const onSettled = () => queryClient.invalidateQueries(trpc.friends.pathFilter());
  const name = friend.remark || friend.name || userId;
  const remark = useAct(trpc.friends.remark.mutationOptions({ onSettled }), { done: () => t("done.remark", { name }) });
  const label = useAct(trpc.friends.label.mutationOptions({ onSettled }), { done: () => t("done.label", { name }) });
  const like = useAct(trpc.friends.like.mutationOptions(), { done: () => t("done.like", { name }) });
  const [manages, removes] = [mayOn("friends.manage"), mayOn("friends.remove")];
  const has = {
    remark: manages && support("friends.remark") === "on",
    label: manages && support("friends.label") === "on",
    sort: manages && support("categories.assign") === "on",
    like: manages && support("people.like") === "on",
    block: removes && support("friends.block") === "on",
    remove: removes && support("friends.remove") === "on",
  };
  if (!Object.values(has).some(Boolean)) return null;
  const who = { botId: bot.id, userId };
  return (
    <div className={classes.acts}>
      {has.remark && (
        <EditText
          label={t("remark")}
          value={friend.remark ?? ""}
          isRunning={remark.isRunning}
          onSave={(text) => remark.run({ ...who, remark: text })}
        />
      )}
      {has.label && (
        <EditText
          label={t("label")}
          value={friend.label ?? ""}
          isRunning={label.isRunning}
          onSave={(text) => label.run({ ...who, label: text })}
        />
      )}
      {has.sort && <Sorted friend={friend} />}
      {(has.like || has.block || has.remove) && (
        <div className={classes.buttons}>
          {has.like && (
            <Button
              leftSection={<IconThumbUp size={15} stroke={1.8} />}
              loading={like.isRunning}
              onClick={() => like.run({ ...who, times: 1 })}
            >
              {t("like")}
            </Button>
          )}
          {has.block && (
            <Button className={classes.danger} leftSection={<IconBan size={15} stroke={1.8} />} onClick={blocking.open}>
              {t("blocking.open")}
            </Button>
          )}
          {has.remove && (
            <Button
              className={classes.danger}
              leftSection={<IconUserMinus size={15} stroke={1.8} />}
              onClick={removing.open}
            >
              {t("remove.open")}
            </Button>
          )}
        </div>
      )}
      {isBlocking && <BlockFriend friend={friend} onClose={blocking.close} />}
      {isRemoving && <RemoveFriend friend={friend} onClose={removing.close} onGone={onGone} />}
    </div>
  );
}

interface EditTextProps {
  label: string;
  value: string;
  isRunning: boolean;
  onSave: (text: string) => Promise<unknown>;
}

/** A text of the account's own about somebody. What is being typed is not overwritten when the list is read again. */
function EditText({ label, value, isRunning, onSave }: EditTextProps) {
  const common = useTranslations("common");
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const isChanged = text.trim() !== value;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && !isRunning && (await onSave(text.trim())) !== null) setTyped(null);
  };
  return (
    <form className={classes.edit} onSubmit={submit}>
      <TextInput
        label={label}
        value={text}
        maxLength={60}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!isChanged} loading={isRunning}>
        {common("save")}
      </Button>
    </form>
  );
}

/** Which category they are sorted into. Moving takes them out of the one they are in. */
function Sorted({ friend }: { friend: FriendDetail }) {
  const t = useTranslations("friends");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { bot, userId } = friend;
  const id = useId();
  const categories = useQuery(trpc.friends.categories.queryOptions({ botId: bot.id }, { retry: false }));
  const onSettled = () => queryClient.invalidateQueries(trpc.friends.pathFilter());
  const done = () => t("done.sorted", { name: friend.remark || friend.name || userId });
  const assign = useAct(trpc.friends.assign.mutationOptions({ onSettled }), { done });
  const unassign = useAct(trpc.friends.unassign.mutationOptions({ onSettled }), { done });
  const isRunning = assign.isRunning || unassign.isRunning;
  const choose = async (to: string) => {
    const from = friend.categoryId;
    const who = { botId: bot.id, userId };
    // Out of the old one first: where somebody may be in two, they would stay in both.
    if (from !== null && (await unassign.run({ ...who, categoryId: from })) === null) return;
    if (to !== "") await assign.run({ ...who, categoryId: to });
  };
  const known = categories.data ?? [];
  const isMissing = friend.categoryId !== null && !known.some((one) => one.id === friend.categoryId);
  return (
    <NativeSelect
      id={id}
      label={t("category")}
      disabled={isRunning || categories.isPending}
      value={friend.categoryId ?? ""}
      data={[
        { value: "", label: t("noCategory") },
        ...known.map((one) => ({ value: one.id, label: one.name || one.id })),
        ...(isMissing ? [{ value: friend.categoryId ?? "", label: friend.categoryName ?? "" }] : []),
      ]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
