"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { SessionRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { RelativeTime } from "../relative-time";
import { Tip } from "../tip";
import { useTRPC } from "../trpc";
import classes from "./account-page.module.css";
import { readUserAgent } from "./user-agent";

/** Where the operator is signed in, each of which can be ended at once. */
export function Sessions() {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const sessions = useQuery(trpc.account.sessions.queryOptions());
  const done = { onSettled: () => queryClient.invalidateQueries(trpc.account.sessions.queryFilter()) };
  const revoke = useMutation(trpc.account.revokeSession.mutationOptions(done));
  const revokeOthers = useMutation(trpc.account.revokeOthers.mutationOptions(done));
  const hasOthers = sessions.data?.some((session) => !session.isCurrent) ?? false;
  return (
    <Section
      title={t("sessions")}
      description={t("sessionsText")}
      actions={
        hasOthers && (
          <Button loading={revokeOthers.isPending} onClick={() => revokeOthers.mutate()}>
            {t("revokeOthers")}
          </Button>
        )
      }
    >
      {sessions.isPending && <Skeleton height={110} />}
      {sessions.isError && <FailurePanel error={sessions.error} />}
      {(revoke.error ?? revokeOthers.error) && <FailurePanel error={revoke.error ?? revokeOthers.error} />}
      <ul className={classes.list}>
        {sessions.data?.map((session) => (
          <li key={session.id} className={classes.row}>
            <One
              session={session}
              isEnding={revoke.isPending && revoke.variables.id === session.id}
              onEnd={() => revoke.mutate({ id: session.id })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function One({ session, isEnding, onEnd }: { session: SessionRow; isEnding: boolean; onEnd: () => void }) {
  const t = useTranslations("account");
  const { browser, system, isPhone } = readUserAgent(session.userAgent);
  const Icon = isPhone ? IconDeviceMobile : IconDeviceDesktop;
  const name = [browser, system].filter(Boolean).join(" · ") || t("unknownAgent");
  return (
    <>
      <Icon className={classes.icon} size={20} stroke={1.6} aria-hidden="true" />
      <span className={classes.who}>
        <Tip label={session.userAgent}>
          <span className={classes.name}>{name}</span>
        </Tip>
        <span className={classes.small}>
          {t.rich("sessionLine", {
            address: session.address,
            seen: () => <RelativeTime at={session.lastSeenAt} />,
            since: () => <RelativeTime at={session.createdAt} />,
          })}
        </span>
      </span>
      {session.isCurrent ? (
        <span className={classes.here}>{t("thisOne")}</span>
      ) : (
        <Button aria-label={t("endNamed", { name })} loading={isEnding} onClick={onEnd}>
          {t("end")}
        </Button>
      )}
    </>
  );
}
