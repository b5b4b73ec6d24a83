"use client";

import { Button } from "@mantine/core";
import { IconArrowsExchange, IconDoorExit, IconTrash } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "../page";
import classes from "./groups.module.css";
import type { GroupPartProps } from "./summary";

const EndDialogue = dynamic(() => import("./end-dialogue").then((module) => module.EndDialogue), { ssr: false });

export type End = "leave" | "transfer" | "dissolve";

const icons = { leave: IconDoorExit, transfer: IconArrowsExchange, dissolve: IconTrash } as const;

/** What ends something: leaving, handing over, dissolving. Each asks for the group's name. */
export function EndGroup({ group, detail: { may }, support }: GroupPartProps) {
  const t = useTranslations("groups.end");
  const [open, setOpen] = useState<End | null>(null);
  const ownsIt = group.ownRole === null || group.ownRole === "owner";
  const shown: End[] = [
    ...(support("groups.leave") === "on" ? (["leave"] as const) : []),
    ...(ownsIt && support("groups.transfer") === "on" ? (["transfer"] as const) : []),
    ...(ownsIt && support("groups.dissolve") === "on" ? (["dissolve"] as const) : []),
  ];
  if (!may.leave || shown.length === 0) return null;
  return (
    <Section tone="danger" title={t("title")} description={t("text")}>
      <ul className={classes.ends}>
        {shown.map((end) => {
          const Icon = icons[end];
          return (
            <li key={end} className={classes.setting}>
              <div className={classes.wide}>
                <p className={classes.settingName}>{t(`${end}.title`)}</p>
                <p className={classes.settingText}>{t(`${end}.about`)}</p>
              </div>
              <Button
                size="sm"
                className={classes.danger}
                leftSection={<Icon size={15} />}
                onClick={() => setOpen(end)}
              >
                {t(`${end}.open`)}
              </Button>
            </li>
          );
        })}
      </ul>
      {open !== null && <EndDialogue group={group} end={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
