"use client";

import { Button, NativeSelect, Skeleton } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { href } from "@/lib/href";
import type { Platform } from "@/lib/platform";
import type { PersonDetail } from "../api";
import { Avatar } from "../avatar";
import { ChatLink } from "../chat-link";
import { CopyField } from "../copy-field";
import { FailurePanel } from "../failure-panel";
import { Page, Section } from "../page";
import { PastRequest } from "../requests/history";
import past from "../requests/history.module.css";
import { PlatformLabel } from "../requests/platform-label";
import { useTRPC } from "../trpc";
import { Flags } from "./flags";
import { PersonEvents } from "./person-events";
import { PersonNotes } from "./person-notes";
import classes from "./person-page.module.css";
import { Said } from "./said";
import { Standing } from "./standing";

/** One person of a platform: where they are known from, what they asked, said and what was noted of them. */
export function PersonPage({ platform, personId }: { platform: Platform; personId: string }) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const person = useQuery(trpc.people.get.queryOptions({ platform, personId }));
  return (
    <Page title={person.data?.name || personId} wide>
      {person.isPending && (
        <div className={classes.columns} role="status" aria-label={common("loading")}>
          <Skeleton height={420} radius={10} />
          <Skeleton height={260} radius={10} />
        </div>
      )}
      {person.isError && (
        <FailurePanel error={person.error}>
          <Button onClick={() => person.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {person.data && (
        <>
          <div className={classes.person}>
            <Avatar id={personId} name={person.data.name} src={person.data.avatar} size={48} />
            <div className={classes.who}>
              <div className={classes.line}>
                <PlatformLabel platform={platform} />
                <CopyField label={t("id")} value={personId} />
                {person.data.sex && <span>{t("sex", { sex: person.data.sex })}</span>}
              </div>
              <Talks person={person.data} />
              {person.data.aliases.length > 0 && (
                <p className={classes.quiet}>{t("aliases", { names: person.data.aliases.join(t("listComma")) })}</p>
              )}
              {person.data.signature && <p className={classes.signature}>{person.data.signature}</p>}
            </div>
          </div>
          <Parts person={person.data} />
        </>
      )}
    </Page>
  );
}

/** What each bot that knows them from its lists has said with them. */
function Talks({ person: { friends, members, personId } }: { person: PersonDetail }) {
  const t = useTranslations("people");
  const bots = new Map([...(friends ?? []), ...(members?.items ?? [])].map(({ bot }) => [bot.id, bot.name]));
  if (bots.size === 0) return null;
  return (
    <div className={classes.talks}>
      {[...bots].map(([id, bot]) => (
        <ChatLink key={id} botId={id} to="person" peerId={personId}>
          <IconMessage size={14} stroke={1.8} aria-hidden="true" /> {t("conversationOf", { bot })}
        </ChatLink>
      ))}
    </div>
  );
}

function Parts({ person }: { person: PersonDetail }) {
  const t = useTranslations("people");
  const { requests, noting } = person;
  const [chosen, choose] = useState<string | null>(null);
  const team = noting.find(({ id }) => id === chosen) ?? noting[0] ?? null;
  return (
    <div className={classes.columns}>
      <div>
        <Standing person={person} />
        {requests && (
          <Section title={t("requests", { count: requests.count })}>
            {requests.items.length === 0 ? (
              <p className={classes.none}>{t("requestsNone")}</p>
            ) : (
              <ul className={past.list}>
                {requests.items.map((request) => (
                  <li key={request.requestId}>
                    <PastRequest past={request} to={href.requests({ state: "all", open: request.requestId })} />
                  </li>
                ))}
              </ul>
            )}
          </Section>
        )}
        {person.canSeeMessages && <Said person={person} />}
        {person.canSeeRecord && <PersonEvents person={person} />}
      </div>
      <div className={classes.aside}>
        {noting.length > 1 && (
          <NativeSelect
            className={classes.team}
            label={t("team")}
            description={t("teamHint")}
            value={team?.id ?? ""}
            data={noting.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => choose(event.currentTarget.value)}
          />
        )}
        <Flags person={person} team={team} />
        <PersonNotes person={person} team={team} />
      </div>
    </div>
  );
}
