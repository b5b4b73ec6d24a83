"use client";

import { IconCheck, IconMinus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { Platform } from "@/lib/platform";
import type { PlatformRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { useTRPC } from "../trpc";
import classes from "./platform-choice.module.css";

/** What somebody who chooses wants to know first. */
const telling = ["requests.answer", "messages.send", "members.kick"] as const;

/** The platforms as cards, each with what it can do, told by the server from the code that does it. */
export function PlatformChoice({ value, onChange }: { value: Platform; onChange: (platform: Platform) => void }) {
  const t = useTranslations("bots");
  const trpc = useTRPC();
  const platforms = useQuery(trpc.bots.platforms.queryOptions());
  if (platforms.isError) return <FailurePanel error={platforms.error} />;
  return (
    <fieldset className={classes.choice}>
      <legend className={classes.legend}>{t("new.platform")}</legend>
      <div className={classes.cards}>
        {platforms.data?.map((row) => (
          <Card
            key={row.platform}
            row={row}
            isChosen={row.platform === value}
            onChoose={() => onChange(row.platform)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Card({ row, isChosen, onChoose }: { row: PlatformRow; isChosen: boolean; onChoose: () => void }) {
  const t = useTranslations("bots");
  const label = useTranslations("vocabulary");
  const is = new Map(row.supports.map((support) => [support.capability, support.is]));
  const count = (which: string) => row.supports.filter((support) => support.is === which).length;
  return (
    <label className={classes.card} data-chosen={isChosen || undefined}>
      <span className={classes.head}>
        <input type="radio" name="platform" value={row.platform} checked={isChosen} onChange={onChoose} />
        <span className={classes.name}>{label(`platform.${row.platform}`)}</span>
      </span>
      <span className={classes.text}>{t(`platform.${row.platform}`)}</span>
      <span className={classes.abilities}>
        {telling.map((capability) => (
          <span key={capability} className={classes.ability} data-has={is.get(capability) === "on" || undefined}>
            {is.get(capability) === "on" ? (
              <IconCheck size={14} stroke={2} aria-hidden="true" />
            ) : (
              <IconMinus size={14} aria-hidden="true" />
            )}
            {t("platform.ability", { name: t(`capability.${capability}`), is: is.get(capability) ?? "none" })}
          </span>
        ))}
      </span>
      <span className={classes.count}>
        {t("platform.count", { on: count("on"), all: row.supports.length, off: count("off") })}
      </span>
    </label>
  );
}
