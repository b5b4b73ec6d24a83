"use client";

import { Skeleton } from "@mantine/core";
import { IconCheck, IconLogout2, IconPlugConnectedX, IconRobot, IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { LameBot } from "../api";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { Section } from "../page";
import { RelativeTime } from "../relative-time";
import { PlatformLabel } from "../requests/platform-label";
import { useCan } from "../shell/access";
import { Tone, type ToneIcon } from "../tone";
import { useTRPC } from "../trpc";
import classes from "./overview.module.css";

const icons = {
  down: IconPlugConnectedX,
  signedOut: IconLogout2,
  offline: IconUserOff,
} as const satisfies Record<LameBot["is"], ToneIcon>;

/** Bots that are switched on and cannot work. */
export function LameBots() {
  const t = useTranslations("overview.bots");
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.overview.bots.queryOptions());
  const all = useQuery(trpc.bots.list.queryOptions(undefined, { enabled: useCan("bots.view") }));
  const hasNone = all.data?.length === 0;
  const canAdd = useCan("bots.manage");
  return (
    <Section title={t("title")}>
      <div className={classes.lines}>
        {error && !data && <FailurePanel error={error} />}
        {!data && !error && <Skeleton height={18} width="70%" />}
        {data?.length === 0 && hasNone && (
          <p className={classes.fine}>
            <IconRobot size={16} stroke={1.8} aria-hidden="true" />
            {t("noBots")}
            {canAdd && (
              <Link className={classes.link} href={href.newBot()}>
                {t("add")}
              </Link>
            )}
          </p>
        )}
        {data?.length === 0 && !hasNone && (
          <p className={classes.fine}>
            <IconCheck size={16} stroke={1.8} aria-hidden="true" />
            {t("none")}
          </p>
        )}
        {data && data.length > 0 && (
          <ul className={classes.list}>
            {data.map(({ id, name, platform, is, since }) => (
              <li key={id} className={classes.line}>
                <Link className={classes.link} href={href.bot(id)}>
                  {name}
                </Link>
                <PlatformLabel platform={platform} />
                <span className={classes.end}>
                  <Tone tone="bad" icon={icons[is]} explanation={t(`${is}Text`)}>
                    {t(is)}
                  </Tone>
                  {since && (
                    <span className={classes.quiet}>
                      {t.rich("since", { time: () => <RelativeTime at={since} /> })}
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}
