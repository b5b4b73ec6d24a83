"use client";

import { Button, Skeleton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { href } from "@/lib/href";
import { builtInRoleNames } from "@/lib/role";
import { FailurePanel } from "../failure-panel";
import { RelativeTime } from "../relative-time";
import { useSentenceGap } from "../sentence-gap";
import { useTRPC } from "../trpc";
import classes from "./door.module.css";
import { useFaults } from "./faults";
import { PersonFields } from "./person-fields";
import { enterWithPassword } from "./sign-in";

/** Who invites and to what, then name and password. A link that is used up, withdrawn or too old says so. */
export function InviteForm({ token }: { token: string }) {
  const t = useTranslations("door");
  const label = useTranslations("vocabulary");
  const gap = useSentenceGap();
  const trpc = useTRPC();
  const preview = useQuery(trpc.invite.preview.queryOptions({ token }));
  const [person, setPerson] = useState({ name: "", email: "", password: "" });
  const accept = useMutation(trpc.invite.accept.mutationOptions());
  const finish = useMutation({
    mutationFn: async () => {
      await accept.mutateAsync({ ...person, token });
      // The account exists now; if signing in fails the door says so and takes the same password.
      await enterWithPassword(person.email, person.password).catch(() => undefined);
    },
    onSuccess: () => window.location.assign(href.home()),
  });
  const { fields, rest } = useFaults(["name", "email", "password"])(finish.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finish.mutate();
  };
  if (preview.isPending) return <Skeleton height={320} aria-label={t("invite.loading")} />;
  if (preview.isError) {
    return (
      <>
        <h1 className={classes.title}>{t("invite.title")}</h1>
        <p className={classes.lead} />
        <FailurePanel error={preview.error} />
      </>
    );
  }
  const role = builtInRoleNames.find((name) => name === preview.data.role);
  return (
    <>
      <h1 className={classes.title}>{t("invite.title")}</h1>
      <p className={classes.lead}>
        {t.rich("invite.lead", {
          inviter: preview.data.inviterName,
          role: role ? label(`role.${role}`) : preview.data.role,
          scope: preview.data.botName ?? label("wholeDesk"),
          strong: (chunks) => <strong>{chunks}</strong>,
        })}
        {gap}
        {role && t(`invite.means.${role}`)}
        {gap}
        {t.rich("invite.expires", { time: () => <RelativeTime at={preview.data.expiresAt} /> })}
      </p>
      <form className={classes.form} onSubmit={submit} method="post">
        <PersonFields value={person} onChange={setPerson} faults={fields} />
        {rest !== null && <FailurePanel error={rest} />}
        <Button type="submit" size="sm" variant="filled" loading={finish.isPending || finish.isSuccess}>
          {t("invite.submit")}
        </Button>
      </form>
    </>
  );
}
