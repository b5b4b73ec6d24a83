"use client";

import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ownProfile } from "@/lib/profile";
import type { BotDetail } from "../api";
import { Avatar } from "../avatar";
import { FailurePanel } from "../failure-panel";
import { useCanOn } from "../shell/access";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import classes from "./profile.module.css";
import { ProfileLikes } from "./profile-likes";
import { ProfilePicture } from "./profile-picture";
import { ProfileStatus } from "./profile-status";
import { ProfileText } from "./profile-text";

/** The account as the platform tells it now, with what of it can be changed there. */
export function ProfileBody({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots.profile");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const support = useSupport(bot.id);
  const mayOn = useCanOn(bot.id);
  const profile = useQuery(trpc.profile.get.queryOptions({ botId: bot.id }, { retry: false }));
  if (profile.isPending) {
    const has = (name: "presence.get" | "presence.presets" | "profile.likes") => Number(support(name) === "on");
    const [fields, facts] = mayOn("profile.manage")
      ? [ownProfile[bot.platform].length + has("presence.presets"), has("presence.get") + has("profile.likes")]
      : [0, 2];
    return <Loading fields={fields} facts={facts} />;
  }
  if (profile.isError)
    return (
      <FailurePanel error={profile.error}>
        <Button onClick={() => profile.refetch()}>{common("again")}</Button>
      </FailurePanel>
    );
  const own = profile.data;
  const mayChange = mayOn("profile.manage") && support("profile.update") === "on";
  const fields = mayChange ? ownProfile[bot.platform] : [];
  return (
    <div className={classes.profile}>
      {fields.includes("name") ? (
        <ProfileText bot={bot} field="name" stored={own?.name ?? ""} />
      ) : (
        <Fact name={t("name.label")} value={own?.name ?? ""} />
      )}
      {fields.includes("signature") ? (
        <ProfileText bot={bot} field="signature" stored={own?.signature ?? ""} />
      ) : (
        <Fact name={t("signature.label")} value={own?.signature ?? ""} />
      )}
      {fields.includes("avatar") && <ProfilePicture bot={bot} own={own} />}
      {!fields.includes("avatar") && own?.avatar && (
        <dl className={classes.fact}>
          <dt>{t("avatar.label")}</dt>
          <dd>
            <Avatar id={own.id} name={own.name} src={own.avatar} size={48} />
          </dd>
        </dl>
      )}
      {(support("presence.get") === "on" || support("presence.set") === "on") && (
        <ProfileStatus bot={bot} maySet={mayOn("profile.manage")} />
      )}
      {support("profile.likes") === "on" && mayOn("friends.view") && <ProfileLikes bot={bot} />}
    </div>
  );
}

/** A field for each that can be changed, and a line for each that is read. */
function Loading({ fields, facts }: { fields: number; facts: number }) {
  const common = useTranslations("common");
  return (
    <div className={classes.profile} role="status" aria-label={common("loading")}>
      {Array.from({ length: fields + facts }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are alike and stay where they are.
        <div key={at}>
          <Skeleton width={at < fields ? 72 : 180} height={14} my={3} />
          {at < fields && <Skeleton className={classes.field} height={36} />}
        </div>
      ))}
    </div>
  );
}

/** A text that is read only; one that the platform does not tell is left out. */
function Fact({ name, value }: { name: string; value: string }) {
  if (value === "") return null;
  return (
    <dl className={classes.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </dl>
  );
}
