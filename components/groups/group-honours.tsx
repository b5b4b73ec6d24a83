"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconAward } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { GroupRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { Initials } from "../initials";
import { EmptyState, Section } from "../page";
import { useTRPC } from "../trpc";
import classes from "./groups.module.css";

/** Distinctions the platform gives to members by itself, by their kind. */
export function GroupHonours({ group }: { group: GroupRow }) {
  const t = useTranslations("groups.honours");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const at = { botId: group.bot.id, groupId: group.groupId };
  const list = useQuery(trpc.groups.honors.queryOptions(at, { staleTime: 0 }));
  if (list.isPending) return <Skeleton height={220} radius={10} role="status" aria-label={common("loading")} />;
  if (list.isError) {
    return (
      <FailurePanel error={list.error}>
        <Button onClick={() => list.refetch()}>{common("again")}</Button>
      </FailurePanel>
    );
  }
  if (list.data.length === 0) return <EmptyState icon={<IconAward size={22} stroke={1.6} />} title={t("empty")} />;
  const kinds = [...new Set(list.data.map(({ kind }) => kind))];
  return kinds.map((kind) => (
    // The platform's own word where the desk has none.
    <Section key={kind} title={known(kind) ? t(`kind.${kind}`) : kind}>
      <ul className={classes.rows}>
        {list.data
          .filter((honour) => honour.kind === kind)
          .map(({ userId, name, text }) => (
            <li key={userId} className={classes.line}>
              <Initials id={userId} name={name || userId} size={30} />
              <span className={classes.names}>
                <Link className={classes.lineName} href={href.person(group.bot.platform, userId)}>
                  {name || userId}
                </Link>
                <span className={classes.small}>{text || userId}</span>
              </span>
            </li>
          ))}
      </ul>
    </Section>
  ));
}

const kinds = ["talkative", "performer", "legend", "strong_newbie", "emotion"] as const;

function known(kind: string): kind is (typeof kinds)[number] {
  return kinds.some((each) => each === kind);
}
