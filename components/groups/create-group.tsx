"use client";

import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { href } from "@/lib/href";
import { TextBox } from "../text-box";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./groups.module.css";

/** Makes a group, and goes to it where the platform tells its number. */
export function CreateGroup({ botId, onClose }: { botId: string; onClose: () => void }) {
  const t = useTranslations("groups.find");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [intro, setIntro] = useState("");
  const create = useAct(trpc.groups.create.mutationOptions(), { done: () => t("created") });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || create.isRunning) return;
    const made = await create.run({ botId, name: name.trim(), ...(intro.trim() ? { intro: intro.trim() } : {}) });
    if (!made) return;
    void queryClient.invalidateQueries(trpc.groups.list.queryFilter());
    onClose();
    if (made.groupId !== null) router.push(href.group(botId, made.groupId));
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t("name")}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextBox
        label={t("intro")}
        minRows={2}
        maxLength={1_000}
        value={intro}
        onChange={(event) => setIntro(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" disabled={name.trim() === ""} loading={create.isRunning}>
          {t("create")}
        </Button>
      </div>
    </form>
  );
}
