"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { personFlags } from "@/lib/person";
import type { PersonDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { RelativeTime } from "../relative-time";
import { useTRPC } from "../trpc";
import { FlagMark, flagLook } from "./flag-mark";
import classes from "./person-page.module.css";

/** The marks on a person: who put them, when, for whose team; and the ones the reader can put or take away. */
export function Flags({ person, team }: { person: PersonDetail; team: PersonDetail["noting"][number] | null }) {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { platform, personId, flags } = person;
  const set = useMutation(
    trpc.people.flag.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.people.get.queryFilter({ platform, personId })),
    }),
  );
  if (!team && flags.length === 0) return null;
  return (
    <Section title={t("flags")} description={t("flagsText")}>
      {team && (
        <div className={classes.flags}>
          {personFlags.map((flag) => {
            const isOn = flags.some((row) => row.flag === flag && row.bot.id === team.id);
            const { icon: Icon } = flagLook[flag];
            return (
              <Button
                key={flag}
                variant={isOn ? "light" : "default"}
                aria-pressed={isOn}
                leftSection={<Icon size={15} stroke={1.8} aria-hidden="true" />}
                loading={set.isPending && set.variables.flag === flag}
                onClick={() => set.mutate({ platform, personId, botId: team.id, flag, isOn: !isOn })}
              >
                {t(`flag.${flag}`)}
              </Button>
            );
          })}
        </div>
      )}
      {flags.length > 0 && (
        <ul className={classes.by}>
          {flags.map((row) => (
            <li key={`${row.bot.id}/${row.flag}`}>
              <FlagMark flag={row.flag} />
              <span>
                {t.rich("flagBy", { by: row.by, bot: row.bot.name, time: () => <RelativeTime at={row.at} /> })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {set.isError && <FailurePanel error={set.error} />}
    </Section>
  );
}
