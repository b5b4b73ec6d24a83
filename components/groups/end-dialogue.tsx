"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { href } from "@/lib/href";
import type { GroupRow } from "../api";
import { ConfirmTyped } from "../confirm-typed";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import type { End } from "./end-group";
import { HeirField } from "./heir-field";

/** Asks for the group's name, then leaves, hands over or dissolves it. */
export function EndDialogue({ group, end, onClose }: { group: GroupRow; end: End; onClose: () => void }) {
  const t = useTranslations("groups.end");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [heir, setHeir] = useState<string | null>(null);
  const name = group.name.trim() || group.groupId;
  const told = { done: () => t(`${end}.done`, { name }) };
  const leave = useAct(trpc.groups.leave.mutationOptions(), told);
  const transfer = useAct(trpc.groups.transfer.mutationOptions(), told);
  const dissolve = useAct(trpc.groups.dissolve.mutationOptions(), told);
  const confirm = async () => {
    const act = { botId: group.bot.id, groupId: group.groupId, name };
    if (end === "transfer") {
      if (heir === null) return null;
      return await transfer.run({ ...act, userId: heir });
    }
    const done = await (end === "leave" ? leave : dissolve).run(act);
    if (done) {
      router.push(href.groups({ bot: group.bot.id }));
      void queryClient.invalidateQueries(trpc.groups.list.queryFilter());
    }
    return done;
  };
  return (
    <ConfirmTyped
      isOpen
      onClose={onClose}
      title={t(`${end}.title`)}
      text={t(`${end}.text`, { name, bot: group.bot.name })}
      name={name}
      label={t(`${end}.confirm`)}
      canConfirm={end !== "transfer" || heir !== null}
      onConfirm={confirm}
    >
      {end === "transfer" && <HeirField group={group} value={heir} onChange={setHeir} />}
    </ConfirmTyped>
  );
}
