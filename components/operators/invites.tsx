"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconClockOff, IconMail } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { InviteRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { RelativeTime } from "../relative-time";
import { Tone, type ToneIcon, type ToneName } from "../tone";
import { useTRPC } from "../trpc";
import { GrantTags } from "./grant-tags";
import classes from "./operators-page.module.css";

const looks: Record<InviteRow["state"], { tone: ToneName; icon: ToneIcon }> = {
  open: { tone: "busy", icon: IconMail },
  used: { tone: "calm", icon: IconCircleCheck },
  expired: { tone: "calm", icon: IconClockOff },
  revoked: { tone: "calm", icon: IconCircleX },
};

/** Invites and what became of them. The links themselves are not here: only their hashes are stored. */
export function Invites({ canManage }: { canManage: boolean }) {
  const t = useTranslations("operators");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const invites = useQuery(trpc.invites.list.queryOptions());
  const revoke = useMutation(
    trpc.invites.revoke.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.invites.pathFilter()) }),
  );
  return (
    <Section title={t("invites")} description={t("invitesText")}>
      {invites.isPending && <Skeleton height={60} />}
      {invites.isError && <FailurePanel error={invites.error} />}
      {invites.data?.length === 0 && <span className={classes.small}>{t("invitesNone")}</span>}
      {revoke.isError && <FailurePanel error={revoke.error} />}
      <ul className={classes.list}>
        {invites.data?.map((invite) => (
          <li key={invite.id} className={`${classes.row} ${classes.invite}`}>
            <span className={classes.who}>
              <span className={classes.name}>{invite.label || t("unnamed")}</span>
              <span className={classes.small}>
                {t.rich("invitedBy", { by: invite.createdByName, time: () => <RelativeTime at={invite.createdAt} /> })}
              </span>
            </span>
            <span className={classes.grants}>
              <GrantTags
                grants={[{ id: invite.id, roleId: invite.role, botId: invite.botId, botName: invite.botName }]}
              />
              {invite.state === "open" && (
                <span className={classes.small}>
                  {t.rich("expires", { time: () => <RelativeTime at={invite.expiresAt} /> })}
                </span>
              )}
            </span>
            <Tone tone={looks[invite.state].tone} icon={looks[invite.state].icon}>
              {t(`inviteState.${invite.state}`)}
            </Tone>
            {canManage && invite.state === "open" && (
              <Button
                aria-label={t("revokeNamed", { name: invite.label || t("unnamed") })}
                loading={revoke.isPending && revoke.variables.id === invite.id}
                onClick={() => revoke.mutate({ id: invite.id })}
              >
                {t("revoke")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
