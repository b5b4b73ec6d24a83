"use client";

import { Button } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { GroupRow } from "../api";
import { Initials } from "../initials";
import Link from "../link";
import { EmptyState, Section } from "../page";
import { RelativeTime } from "../relative-time";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import { GroupPart } from "./group-part";
import classes from "./groups.module.css";

/** Who may speak again first stands first; those of whom it is not told, last. */
const byEnd = (one: Mute, other: Mute) =>
  (one.until?.getTime() ?? Number.MAX_VALUE) - (other.until?.getTime() ?? Number.MAX_VALUE);

type Mute = { until: Date | null };

/** Who may not speak now, for how long, and the way to let them. */
export function GroupMuted({ group, mayLift }: { group: GroupRow; mayLift: boolean }) {
  const t = useTranslations("groups.mutedList");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const support = useSupport(group.bot.id);
  const at = { botId: group.bot.id, groupId: group.groupId };
  const list = useQuery(trpc.groups.muted.queryOptions(at, { staleTime: 0 }));
  const lift = useAct(
    trpc.members.mute.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.groups.muted.queryFilter(at)),
    }),
    { done: () => t("lifted") },
  );
  const canLift = mayLift && support("members.mute") === "on";
  return (
    <GroupPart list={list} empty={<EmptyState icon={<IconMessage size={22} stroke={1.6} />} title={t("empty")} />}>
      {(people) => (
        <Section title={t("title")}>
          <ul className={classes.rows}>
            {people.toSorted(byEnd).map(({ userId, name, until }) => (
              <li key={userId} className={classes.line}>
                <Initials id={userId} name={name || userId} size={30} />
                <span className={classes.names}>
                  <Link className={classes.lineName} href={href.person(group.bot.platform, userId)}>
                    {name || userId}
                  </Link>
                  <span className={classes.small}>
                    {until ? t.rich("until", { time: () => <RelativeTime at={until} /> }) : t("untold")}
                  </span>
                </span>
                {canLift && (
                  <Button
                    size="xs"
                    disabled={lift.isRunning}
                    onClick={() => void lift.run({ ...at, userId, seconds: 0 })}
                  >
                    {t("lift")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </GroupPart>
  );
}
