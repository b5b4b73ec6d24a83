"use client";

import { IconAward } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { GroupRow } from "../api";
import { Initials } from "../initials";
import Link from "../link";
import { EmptyState, Section } from "../page";
import { useTRPC } from "../trpc";
import { GroupPart } from "./group-part";
import classes from "./groups.module.css";

/** Distinctions the platform gives to members by itself, by their kind. */
export function GroupHonours({ group }: { group: GroupRow }) {
  const t = useTranslations("groups.honours");
  const trpc = useTRPC();
  const at = { botId: group.bot.id, groupId: group.groupId };
  const list = useQuery(trpc.groups.honors.queryOptions(at, { staleTime: 0 }));
  return (
    <GroupPart list={list} empty={<EmptyState icon={<IconAward size={22} stroke={1.6} />} title={t("empty")} />}>
      {(honours) =>
        [...new Set(honours.map(({ kind }) => kind))].map((kind) => (
          // The platform's own word where the desk has none.
          <Section key={kind} title={known(kind) ? t(`kind.${kind}`) : kind}>
            <ul className={classes.rows}>
              {honours
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
        ))
      }
    </GroupPart>
  );
}

const kinds = ["talkative", "performer", "legend", "strong_newbie", "emotion"] as const;

function known(kind: string): kind is (typeof kinds)[number] {
  return kinds.some((each) => each === kind);
}
