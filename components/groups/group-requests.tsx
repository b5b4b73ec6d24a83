"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { calledOf } from "@/lib/applicant";
import { href } from "@/lib/href";
import type { GroupRow, RequestRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { Initials } from "../initials";
import Link from "../link";
import { EmptyState, Section } from "../page";
import { RelativeTime } from "../relative-time";
import { StateTone } from "../requests/state-tone";
import { useHeard } from "../shell/live";
import { useTRPC } from "../trpc";
import classes from "./groups.module.css";

const most = 50;

/** Who asks to be let into this group, and who asked before. Each leads into the queue, where it is decided. */
export function GroupRequests({ group }: { group: GroupRow }) {
  const t = useTranslations("groups.requests");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const of = { botId: group.bot.id, groupId: group.groupId, set: "all", limit: most } as const;
  const open = useQuery(trpc.requests.list.queryOptions({ ...of, state: "open" }, { staleTime: 0 }));
  const all = useQuery(trpc.requests.list.queryOptions({ ...of, state: "all" }, { staleTime: 0 }));
  useHeard(({ facts }) => {
    if (facts.some(({ topic, botId }) => topic === "request" && botId === group.bot.id))
      for (const list of [open, all]) void list.refetch();
  });
  if (open.isError || all.isError) {
    return (
      <FailurePanel error={open.error ?? all.error}>
        <Button onClick={() => Promise.all([open.refetch(), all.refetch()])}>{common("again")}</Button>
      </FailurePanel>
    );
  }
  if (open.isPending || all.isPending)
    return <Skeleton height={220} radius={10} role="status" aria-label={common("loading")} />;
  const waiting = open.data.items;
  const past = all.data.items.filter(({ id }) => !waiting.some((each) => each.id === id));
  const queue = href.requests({ bot: group.bot.id, group: group.groupId });
  if (waiting.length === 0 && past.length === 0) {
    return (
      <EmptyState icon={<IconInbox size={22} stroke={1.6} />} title={t("empty")}>
        {t("emptyText")}
      </EmptyState>
    );
  }
  return (
    <>
      <Section
        title={t("waiting")}
        actions={
          <Button component={Link} href={queue} size="sm">
            {t("inQueue")}
          </Button>
        }
      >
        {waiting.length === 0 ? <p className={classes.note}>{t("none")}</p> : <Rows rows={waiting} group={group} />}
      </Section>
      {past.length > 0 && (
        <Section title={t("past")}>
          <Rows rows={past} group={group} />
        </Section>
      )}
    </>
  );
}

function Rows({ rows, group }: { rows: readonly RequestRow[]; group: GroupRow }) {
  return (
    <ul className={classes.rows}>
      {rows.map((row) => (
        <li key={row.id} className={classes.line}>
          <Initials id={row.applicantId} name={row.applicantName} size={30} />
          <span className={classes.names}>
            <Link
              className={classes.lineName}
              href={href.requests({ state: "all", bot: group.bot.id, group: group.groupId, open: row.id })}
            >
              {calledOf(row)}
            </Link>
            <span className={classes.small}>{row.message || row.applicantId}</span>
          </span>
          <span className={classes.lineEnd}>
            <StateTone state={row.state} verb={row.decision?.verb} />
            <span className={classes.small}>
              <RelativeTime at={row.arrivedAt} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
