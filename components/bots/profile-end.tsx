"use client";

import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { forgetsSignIn } from "@/lib/profile";
import type { BotDetail } from "../api";
import { Section } from "../page";
import { useCanOn } from "../shell/access";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./profile.module.css";

const ConfirmTyped = dynamic(() => import("../confirm-typed").then((part) => part.ConfirmTyped), { ssr: false });

type End = "restart" | "exit" | "forget";

/** What takes the account away, each with the bot's name typed: only what this platform has and the reader may. */
export function ProfileEnd({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots.end");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mayOn = useCanOn(bot.id);
  const [asked, setAsked] = useState<End | null>(null);
  const onSettled = () => queryClient.invalidateQueries(trpc.bots.pathFilter());
  const restart = useAct(trpc.profile.restart.mutationOptions({ onSettled }), { done: () => t("restart.done") });
  const exit = useAct(trpc.profile.exit.mutationOptions({ onSettled }), { done: () => t("exit.done") });
  const forget = useAct(trpc.profile.forget.mutationOptions({ onSettled }), { done: () => t("forget.done") });
  const has = (name: "clients.restart" | "clients.exit") =>
    mayOn("platform.manage") && bot.supports.some(({ capability, is }) => capability === name && is === "on");
  const ends: readonly End[] = [
    ...(has("clients.restart") ? (["restart"] as const) : []),
    ...(has("clients.exit") ? (["exit"] as const) : []),
    ...(forgetsSignIn[bot.platform] && bot.can.manage && bot.hasToken ? (["forget"] as const) : []),
  ];
  if (ends.length === 0) return null;
  const acts = { restart, exit, forget };
  return (
    <Section tone="danger" title={t("title")} description={t("text")}>
      <div className={classes.profile}>
        {ends.map((end) => (
          <div key={end} className={classes.row}>
            <div className={classes.field}>
              <p className={classes.label}>{t(`${end}.title`)}</p>
              <p className={classes.hint}>{t(`${end}.text`)}</p>
            </div>
            <Button className={classes.danger} onClick={() => setAsked(end)}>
              {t(`${end}.open`)}
            </Button>
          </div>
        ))}
      </div>
      {asked && (
        <ConfirmTyped
          isOpen
          onClose={() => setAsked(null)}
          title={t(`${asked}.title`)}
          text={t(`${asked}.text`)}
          name={bot.name}
          label={t(`${asked}.do`)}
          onConfirm={() => acts[asked].run({ botId: bot.id, name: bot.name })}
        />
      )}
    </Section>
  );
}
